import { createSocket } from 'node:dgram';
import { isIPv6 } from '../../util/ip-address.js';
import { describeNetworkError } from '../../util/network-failure.js';
import { encodeQuery } from '../wire/query.js';
import { createInFlightQueries } from './shared/in-flight-queries.js';
import { openTcp, overTcp } from './tcp.js';
import type { Endpoint, OnSettled, Query, Transport } from './transport.js';

/**
 * The number of sockets for each server. With several, a forger has to guess which port a query was sent from as well as
 * its id (RFC 5452 section 9.2), and ids do not run out.
 */
const socketCount = 4;
/** The number of consecutive queries that share a socket. Opening one takes time, so a few names do not open them all. */
const queriesInARow = 16;

/**
 * Octets of the receive buffer; the system may grant less. If it is small, replies that arrive while the process is busy
 * are lost.
 */
const receiveBufferSize = 4 * 1024 * 1024;

/** One of the sockets to a server. */
interface UdpSocket<Q extends Query> {
  ask(query: Q): void;
  forget(query: Q): void;
  close(): void;
}

/**
 * Opens a transport over UDP (RFC 1035 section 4.2.1). A query whose reply does not fit into a datagram is sent again
 * over TCP (RFC 7766 section 5).
 */
export function openUdp<Q extends Query>(
  endpoint: Endpoint,
  timeout: number,
  settled: OnSettled<Q>,
): Transport<Q> {
  const tcp = openTcp(overTcp(endpoint), timeout, settled);
  const sockets: (UdpSocket<Q> | undefined)[] = [];
  let asked = 0;
  return {
    reliable: false,
    enforcesTimeout: false,
    ask(query) {
      const index = Math.floor(asked++ / queriesInARow) % socketCount;
      const socket = sockets[index] ?? openSocket(endpoint, settled, tcp.ask, () => delete sockets[index]);
      sockets[index] = socket;
      socket.ask(query);
    },
    forget(query) {
      for (const socket of sockets) socket?.forget(query);
      tcp.forget(query);
    },
    close() {
      for (const socket of sockets) socket?.close();
      tcp.close();
    },
  };
}

/**
 * @param truncated takes over a query whose reply was truncated.
 * @param broken called if the socket cannot be used; another socket may work.
 */
function openSocket<Q extends Query>(
  endpoint: Endpoint,
  settled: OnSettled<Q>,
  truncated: (query: Q) => void,
  broken: () => void,
): UdpSocket<Q> {
  const { url, address, port } = endpoint;
  const inFlight = createInFlightQueries(url, settled, truncated);
  const socket = createSocket({
    type: isIPv6(address) ? 'udp6' : 'udp4',
    recvBufferSize: receiveBufferSize,
    // An address needs no look-up, and without a look-up the socket is ready sooner.
    lookup: (hostname, _options, callback) => callback(null, hostname, isIPv6(hostname) ? 6 : 4),
  });
  const unsent: Q[] = [];
  let state: 'connecting' | 'connected' | 'closed' = 'connecting';

  const close = () => {
    if (state !== 'closed') socket.close();
    state = 'closed';
  };
  // The system may report the error of an earlier query when a later one is sent, so an error fails all of them.
  const failAll = (error: Error | null) => {
    if (error === null) return;
    const failure = describeNetworkError(error, endpoint);
    for (const query of inFlight.forgetAll()) settled(query, { failure, server: url });
  };
  const send = ({ id, question }: Q) => socket.send(encodeQuery(id, question), failAll);

  // A Uint8Array, as over TCP: if the decoder were also given Buffers, V8 would have to optimize it again for both.
  socket.on('message', ({ buffer, byteOffset, length }) =>
    inFlight.receive(new Uint8Array(buffer, byteOffset, length)),
  );
  socket.on('error', failAll);
  // A connected socket receives only what comes from the server's own address and port.
  socket.connect(port, address, (error?: Error) => {
    if (state === 'closed') return;
    if (error) {
      broken();
      close();
      failAll(error);
      return;
    }
    state = 'connected';
    for (const query of unsent) send(query);
  });

  return {
    ask(query) {
      query.reliable = false;
      inFlight.add(query);
      if (state === 'connected') send(query);
      else unsent.push(query);
    },
    forget: inFlight.forget,
    close() {
      inFlight.forgetAll();
      close();
    },
  };
}
