import { createSocket } from 'node:dgram';
import { isIPv6 } from '../../util/ip-address.js';
import { socketFailure } from '../../util/network-failure.js';
import { encodeQuery } from '../wire/query.js';
import { openExchanges } from './in-flight-queries.js';
import { openTcp, overTcp } from './tcp.js';
import type { Query, Server, Settled, Transport } from './transport.js';

/** A guess at a query has to hit its port as well as its id (RFC 5452 section 9.2), and ids do not run out. */
const socketsPerServer = 4;
/** So many go by the same one, so that few names need few sockets, each of which takes time to open. */
const queriesInARow = 16;

/** Octets, as far as the system allows: replies that come while the process is busy would be lost otherwise. */
const receiveBuffer = 4 * 1024 * 1024;

/** One of a server's sockets. */
interface UdpSocket<Q extends Query> {
  ask(query: Q): void;
  forget(query: Q): void;
  close(): void;
}

/** Asks over UDP, and over TCP what does not fit into a datagram (RFC 1035 section 4.2.1, RFC 7766). */
export function openUdp<Q extends Query>(server: Server, timeout: number, settled: Settled<Q>): Transport<Q> {
  const tcp = openTcp(overTcp(server), timeout, settled);
  const sockets: (UdpSocket<Q> | undefined)[] = [];
  let turn = 0;
  return {
    reliable: false,
    keepsTime: false,
    ask(query) {
      const index = Math.floor(turn++ / queriesInARow) % socketsPerServer;
      const socket = sockets[index] ?? openSocket(server, settled, tcp.ask, () => delete sockets[index]);
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
 * @param truncated takes over the query of a reply that did not fit.
 * @param broken is called where the socket cannot be used and another one may be.
 */
function openSocket<Q extends Query>(
  server: Server,
  settled: Settled<Q>,
  truncated: (query: Q) => void,
  broken: () => void,
): UdpSocket<Q> {
  const exchanges = openExchanges(server.url, settled, truncated);
  const socket = createSocket({
    type: isIPv6(server.address) ? 'udp6' : 'udp4',
    recvBufferSize: receiveBuffer,
    // The address needs no looking up, and the socket is ready sooner without.
    lookup: (hostname, _options, callback) => callback(null, hostname, isIPv6(hostname) ? 6 : 4),
  });
  const unsent: Q[] = [];
  let state: 'connecting' | 'connected' | 'closed' = 'connecting';

  const close = () => {
    if (state !== 'closed') socket.close();
    state = 'closed';
  };
  const failed = (error: Error | null) => {
    if (error === null) return;
    const failure = socketFailure(error, server);
    for (const query of exchanges.takeAll()) settled(query, { failure, server: server.url });
  };
  // A refusal of an earlier query may be told to the sender of a later one.
  const send = ({ id, question }: Q) => socket.send(encodeQuery(id, question), failed);

  // Plain as what comes over TCP: optimized code that met both kinds would have to be compiled once more.
  socket.on('message', ({ buffer, byteOffset, length }) =>
    exchanges.receive(new Uint8Array(buffer, byteOffset, length)),
  );
  socket.on('error', failed);
  // Only what comes from the server's address and port arrives at a connected socket.
  socket.connect(server.port, server.address, (error?: Error) => {
    if (state === 'closed') return;
    if (error) {
      broken();
      close();
      failed(error);
      return;
    }
    state = 'connected';
    for (const query of unsent) send(query);
  });

  return {
    ask(query) {
      query.reliable = false;
      exchanges.open(query);
      if (state === 'connected') send(query);
      else unsent.push(query);
    },
    forget: exchanges.forget,
    close() {
      exchanges.takeAll();
      close();
    },
  };
}
