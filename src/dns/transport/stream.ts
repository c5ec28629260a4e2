import type { Duplex } from 'node:stream';
import { isLoss, socketFailure } from '../../util/network-failure.js';
import { createFrameReader } from '../wire/frames.js';
import { writeUint16 } from '../wire/octets.js';
import { queryLength, writeQuery } from '../wire/query.js';
import type { Connection, Events } from './connection.js';
import { openExchanges } from './in-flight-queries.js';
import { openReconnecting } from './reconnecting.js';
import type { Query, Server, Settled, Transport } from './transport.js';

/** Half of the ids that there are, so that random ones are found soon that are free. */
const maximumInFlight = 0x8000;

/**
 * Asks over a stream, many questions at once (RFC 7766 section 6.2.1.1), all that is asked within one turn of
 * the event loop in one write.
 *
 * @param connect opens a connection, which buffers what is written until it is ready.
 */
export const openStream = <Q extends Query>(
  server: Server,
  timeout: number,
  settled: Settled<Q>,
  connect: () => Duplex,
): Transport<Q> =>
  openReconnecting(server, timeout, settled, (events) => openConnection(server, connect(), events));

function openConnection<Q extends Query>(
  server: Server,
  socket: Duplex,
  { answered, ended }: Events<Q>,
): Connection<Q> {
  const exchanges = openExchanges(server.url, answered);
  let failure = `connection closed by ${server.url}`;
  let hopeless = false;
  socket.on('data', createFrameReader(exchanges.receive));
  socket.on('error', (error) => {
    failure = socketFailure(error, server);
    hopeless = !isLoss(error);
  });
  socket.on('end', () => socket.destroy());
  socket.on('close', () => ended(failure, hopeless));

  return {
    room: () => maximumInFlight - exchanges.count(),
    send(queries) {
      for (const query of queries) exchanges.open(query);
      socket.write(inFrames(queries));
    },
    forget: exchanges.forget,
    takeAll: exchanges.takeAll,
    destroy: () => socket.destroy(),
  };
}

/** Over a stream a message comes behind its length (RFC 1035 section 4.2.2). */
function inFrames(queries: readonly Query[]): Buffer {
  let length = 0;
  for (const { question } of queries) length += 2 + queryLength(question);
  const frames = Buffer.allocUnsafe(length);
  let start = 0;
  for (const { id, question } of queries) {
    const end = writeQuery(frames, start + 2, id, question);
    writeUint16(frames, start, end - start - 2);
    start = end;
  }
  return frames;
}
