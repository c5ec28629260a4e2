import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { openExchanges } from './exchanges.js';
import { socketFailure } from './socket-failure.js';
import { openTcp } from './tcp.js';
import type { OpenTransport, Server, Transport } from './transport.js';

/** A guess at a query has to hit its port as well as its id (RFC 5452 section 9.2), and ids do not run out. */
const socketsPerServer = 4;

/** Asks over UDP, and over TCP what does not fit into a datagram (RFC 1035 section 4.2.1, RFC 7766). */
export const openUdp: OpenTransport = (server, timeout) => {
  const tcp = openTcp({ ...server, scheme: 'tcp', url: server.url.replace('udp:', 'tcp:') }, timeout);
  const sockets: (Transport | undefined)[] = [];
  let turn = 0;
  return {
    reliable: false,
    keepsTime: false,
    ask(question, settle) {
      const index = turn++ % socketsPerServer;
      const socket = sockets[index] ?? openSocket(server, tcp, () => delete sockets[index]);
      sockets[index] = socket;
      return socket.ask(question, settle);
    },
    close() {
      for (const socket of sockets) socket?.close();
      tcp.close();
    },
  };
};

/** @param broken is called where the socket cannot be used and another one may be. */
function openSocket(server: Server, tcp: Transport, broken: () => void): Transport {
  const exchanges = openExchanges(server.url, tcp.ask);
  const socket = createSocket({
    type: isIPv6(server.address) ? 'udp6' : 'udp4',
    // The address needs no looking up, and the socket is ready sooner without.
    lookup: (hostname, _options, callback) => callback(null, hostname, isIPv6(hostname) ? 6 : 4),
  });
  const unsent: Buffer[] = [];
  let state: 'connecting' | 'connected' | 'closed' = 'connecting';

  const close = () => {
    if (state !== 'closed') socket.close();
    state = 'closed';
  };

  socket.on('message', exchanges.receive);
  const failed = (error: Error | null) => {
    if (error) exchanges.fail(socketFailure(error, server));
  };
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
    for (const query of unsent) socket.send(query, failed);
  });

  return {
    reliable: false,
    keepsTime: false,
    ask(question, settle) {
      const { query, forget } = exchanges.open(question, settle);
      // A refusal of an earlier query may be told to the sender of a later one.
      if (state === 'connected') socket.send(query, failed);
      else unsent.push(query);
      return forget;
    },
    close() {
      exchanges.clear();
      close();
    },
  };
}
