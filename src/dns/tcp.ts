import { connect, type Socket } from 'node:net';
import { openExchanges } from './exchanges.js';
import { readFrames } from './frames.js';
import { socketFailure } from './socket-failure.js';
import type { OpenTransport, Server } from './transport.js';

/**
 * Asks over one TCP connection, many questions at once (RFC 7766 section 6.2.1.1). The connection is made
 * when it is needed. What is in flight when a server closes it is asked again on a new one (section 6.2.4),
 * unless the server had not answered anything on it.
 */
export const openTcp: OpenTransport = (server) => {
  const exchanges = openExchanges(server.url);
  let connection: Socket | undefined;

  const reconnect = (): Socket => {
    let answered = false;
    const receive = (message: Buffer) => {
      answered = true;
      exchanges.receive(message);
    };
    const socket = openConnection(server, receive, (failure) => {
      // What was asked since on a newer connection is not this one's to fail.
      if (connection !== socket) return;
      connection = undefined;
      const unanswered = exchanges.queries();
      if (!answered) exchanges.fail(failure);
      else if (unanswered.length > 0) connection = reconnect();
      for (const query of unanswered) connection?.write(frame(query));
    });
    return socket;
  };

  return {
    keepsTime: false,
    ask(question, settle) {
      const { query, forget } = exchanges.open(question, settle);
      connection ??= reconnect();
      connection.write(frame(query));
      return forget;
    },
    close() {
      exchanges.clear();
      connection?.destroy();
      connection = undefined;
    },
  };
};

function openConnection(
  server: Server,
  receive: (message: Buffer) => void,
  ended: (failure: string) => void,
): Socket {
  const socket = connect({ host: server.address, port: server.port, noDelay: true });
  let failure = `connection closed by ${server.url}`;
  socket.on('data', readFrames(receive));
  socket.on('error', (error) => {
    failure = socketFailure(error, server);
  });
  socket.on('end', () => socket.destroy());
  socket.on('close', () => ended(failure));
  return socket;
}

/** Over a stream a message comes behind its length (RFC 1035 section 4.2.2), in one write (RFC 7766 section 8). */
function frame(message: Buffer): Buffer {
  const framed = Buffer.allocUnsafe(message.length + 2);
  framed.writeUInt16BE(message.length, 0);
  message.copy(framed, 2);
  return framed;
}
