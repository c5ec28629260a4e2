import { createSocket } from 'node:dgram';
import { isIPv6 } from '../../util/ip-address.js';
import { describeNetworkError, isExhaustion } from '../../util/network-failure.js';
import { encodeQuery } from '../wire/query.js';
import { createInFlightQueries } from './shared/in-flight-queries.js';
import { enlargeReceiveBuffer } from './shared/receive-buffer.js';
import { openTcp, overTcp } from './tcp.js';
import type { Endpoint, Failed, OnSettled, Query, Transport } from './transport.js';

/**
 * The number of sockets for each server. With several, a forger has to guess which port a query was sent from as well as
 * its id (RFC 5452 section 9.2), and ids do not run out.
 */
const socketCount = 4;
/** The number of consecutive queries that share a socket. Opening one takes time, so a few names do not open them all. */
const queriesInARow = 16;

/** A socket that no reply has reached since this many queries were given up is replaced by a new one. */
const maximumUnanswered = 16;

/** One of the sockets to a server. */
interface UdpSocket<Q extends Query> {
  ask(query: Q): void;
  forget(query: Q): void;
  /** Whether queries can be sent on it now. */
  isConnected(): boolean;
  /** Whether it may be dead: sockets keep the address that the machine had when they were connected. */
  isStale(): boolean;
  close(): void;
}

/**
 * Opens a transport over UDP (RFC 1035 section 4.2.1). A query whose reply does not fit into a datagram is sent again
 * over TCP (RFC 7766 section 5).
 *
 * @param stray is called when a message arrives that replies to no query, such as one that comes late.
 */
export function openUdp<Q extends Query>(
  endpoint: Endpoint,
  timeout: number,
  settled: OnSettled<Q>,
  stray: () => void = () => {},
): Transport<Q> {
  const tcp = openTcp(overTcp(endpoint), timeout, settled);
  const sockets: (UdpSocket<Q> | undefined)[] = [];
  let asked = 0;

  const open = (index: number): UdpSocket<Q> => {
    const socket = openSocket(endpoint, settled, stray, tcp.ask, (error, queries) => {
      socket.close();
      if (sockets[index] === socket) delete sockets[index];
      const other = isExhaustion(error) ? sockets.find((each) => each?.isConnected()) : undefined;
      for (const query of queries) {
        if (other) other.ask(query);
        else settled(query, failureOf(error, endpoint));
      }
    });
    sockets[index] = socket;
    return socket;
  };

  return {
    reliable: false,
    enforcesTimeout: false,
    ask(query) {
      const index = Math.floor(asked++ / queriesInARow) % socketCount;
      const socket = sockets[index];
      const isUsable = socket !== undefined && !socket.isStale();
      if (!isUsable) socket?.close();
      (isUsable ? socket : open(index)).ask(query);
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

const failureOf = (error: Error, endpoint: Endpoint): Failed => ({
  failure: describeNetworkError(error, endpoint),
  server: endpoint.url,
});

/**
 * @param truncated takes over a query whose reply was truncated.
 * @param broken called if the socket cannot be used, with the queries that it had; another socket may work.
 */
function openSocket<Q extends Query>(
  endpoint: Endpoint,
  settled: OnSettled<Q>,
  stray: () => void,
  truncated: (query: Q) => void,
  broken: (error: Error, queries: Q[]) => void,
): UdpSocket<Q> {
  const { url, address, port } = endpoint;
  const inFlight = createInFlightQueries(url, settled, truncated);
  const socket = createSocket({
    type: isIPv6(address) ? 'udp6' : 'udp4',
    // An address needs no look-up, and without a look-up the socket is ready sooner.
    lookup: (hostname, _options, callback) => callback(null, hostname, isIPv6(hostname) ? 6 : 4),
  });
  const unsent: Q[] = [];
  let state: 'connecting' | 'connected' | 'broken' | 'closed' = 'connecting';
  let unanswered = 0;

  const breakDown = (error: Error) => {
    if (state === 'broken' || state === 'closed') return;
    state = 'broken';
    // Later, because the query that the socket was opened for may not have been added yet.
    setImmediate(() => {
      if (state === 'broken') broken(error, inFlight.forgetAll());
    });
  };
  const fail = (error: NodeJS.ErrnoException) => {
    // That nothing is listening says nothing about the socket.
    if (state !== 'connected' || error.code !== 'ECONNREFUSED') return breakDown(error);
    // The system may report the error of an earlier query when a later one is sent, so an error fails all of them.
    for (const query of inFlight.forgetAll()) settled(query, failureOf(error, endpoint));
  };
  const send = (query: Q) =>
    socket.send(encodeQuery(query.id, query.question), (error) => {
      if (error === null) return;
      // The error of this query alone: there was no room for it.
      if (!isExhaustion(error)) fail(error);
      else if (inFlight.forget(query)) settled(query, failureOf(error, endpoint));
    });
  const connected = () => {
    if (state !== 'connecting') return;
    state = 'connected';
    enlargeReceiveBuffer(socket);
    for (const query of unsent) send(query);
  };

  // Messages are handled together, which takes 8 % less time than one by one.
  let received: Uint8Array[] = [];
  const handleReceived = () => {
    const messages = received;
    received = [];
    unanswered = 0;
    for (const message of messages) if (!inFlight.receive(message)) stray();
  };
  // A Uint8Array, as over TCP: if the decoder were also given Buffers, V8 would have to optimize it again for both.
  socket.on('message', ({ buffer, byteOffset, length }) => {
    const message = new Uint8Array(buffer, byteOffset, length);
    if (received.push(message) === 1) setImmediate(handleReceived);
  });
  socket.on('error', fail);
  try {
    // A connected socket receives only what comes from the server's own address and port.
    socket.connect(port, address, (error?: Error) => (error ? fail(error) : connected()));
  } catch (error) {
    breakDown(error instanceof Error ? error : new Error('no socket'));
  }

  return {
    ask(query) {
      query.reliable = false;
      inFlight.add(query);
      if (state === 'connected') send(query);
      else unsent.push(query);
    },
    forget(query) {
      if (inFlight.forget(query)) unanswered++;
    },
    isConnected: () => state === 'connected',
    isStale: () => unanswered >= maximumUnanswered && inFlight.count() === 0,
    close() {
      inFlight.forgetAll();
      if (state !== 'closed') socket.close();
      state = 'closed';
    },
  };
}
