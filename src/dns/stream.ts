import type { Duplex } from 'node:stream';
import type { Connection, Events, Request } from './connection.js';
import { openExchanges } from './exchanges.js';
import { readFrames } from './frames.js';
import { openReconnecting } from './reconnecting.js';
import { isLoss, socketFailure } from './socket-failure.js';
import type { Server, Transport } from './transport.js';

/** Half of the ids that there are, so that random ones are found soon that are free. */
const maximumInFlight = 0x8000;

/**
 * Asks over a stream, many questions at once (RFC 7766 section 6.2.1.1), all that is asked within one turn of
 * the event loop in one write.
 *
 * @param connect opens a connection, which buffers what is written until it is ready.
 */
export const openStream = (server: Server, timeout: number, connect: () => Duplex): Transport =>
  openReconnecting(server, timeout, (events) => openConnection(server, connect(), events));

function openConnection<R extends Request>(
  server: Server,
  socket: Duplex,
  { answered, ended }: Events<R>,
): Connection<R> {
  const exchanges = openExchanges(server.url);
  let failure = `connection closed by ${server.url}`;
  let hopeless = false;
  socket.on('data', readFrames(exchanges.receive));
  socket.on('error', (error) => {
    failure = socketFailure(error, server);
    hopeless = !isLoss(error);
  });
  socket.on('end', () => socket.destroy());
  socket.on('close', () => ended(failure, hopeless));

  const encode = (request: R): Buffer => {
    const { query, forget } = exchanges.open(request.question, (outcome) => answered(request, outcome));
    request.forget = forget;
    return query;
  };

  return {
    get room() {
      return maximumInFlight - exchanges.count;
    },
    send: (requests) => socket.write(inFrames(requests.map(encode))),
    destroy: () => socket.destroy(),
  };
}

/** Over a stream a message comes behind its length (RFC 1035 section 4.2.2). */
function inFrames(messages: readonly Buffer[]): Buffer {
  const length = messages.reduce((sum, message) => sum + 2 + message.length, 0);
  const frames = Buffer.allocUnsafe(length);
  let offset = 0;
  for (const message of messages) {
    frames.writeUInt16BE(message.length, offset);
    message.copy(frames, offset + 2);
    offset += 2 + message.length;
  }
  return frames;
}
