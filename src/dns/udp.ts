import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { openExchanges } from './exchanges.js';
import { socketFailure } from './socket-failure.js';
import { openTcp } from './tcp.js';
import type { OpenTransport, Server, Transport } from './transport.js';

/** A guess at a query has to hit its port as well as its id (RFC 5452 section 9.2), and ids do not run out. */
const socketsPerServer = 4;

/** Asks over UDP, and over TCP what does not fit into a datagram (RFC 1035 section 4.2.1, RFC 7766). */
export const openUdp: OpenTransport = (server, timeout) => {
  const tcp = openTcp({ ...server, url: server.url.replace('udp:', 'tcp:') }, timeout);
  const sockets: Transport[] = [];
  let turn = 0;
  return {
    keepsTime: false,
    ask(question, settle) {
      const index = turn++ % socketsPerServer;
      sockets[index] ??= openSocket(server, tcp);
      return sockets[index].ask(question, settle);
    },
    close() {
      for (const socket of sockets) socket.close();
      tcp.close();
    },
  };
};

function openSocket(server: Server, tcp: Transport): Transport {
  const exchanges = openExchanges(server.url, tcp.ask);
  const socket = createSocket({
    type: isIPv6(server.address) ? 'udp6' : 'udp4',
    // The address needs no looking up, and the socket is ready sooner without.
    lookup: (hostname, _options, callback) => callback(null, hostname, isIPv6(hostname) ? 6 : 4),
  });
  let unsent: Buffer[] | undefined = [];
  socket.on('message', exchanges.receive);
  socket.on('error', (error) => exchanges.fail(socketFailure(error, server)));
  // Only what comes from the server's address and port arrives at a connected socket.
  socket.connect(server.port, server.address, () => {
    for (const query of unsent ?? []) socket.send(query);
    unsent = undefined;
  });
  return {
    keepsTime: false,
    ask(question, settle) {
      const { query, forget } = exchanges.open(question, settle);
      if (unsent) unsent.push(query);
      else socket.send(query);
      return forget;
    },
    close() {
      exchanges.clear();
      closeSocket(socket);
    },
  };
}

function closeSocket(socket: Socket): void {
  try {
    socket.close();
  } catch {
    // A socket that could not be opened is closed already.
  }
}
