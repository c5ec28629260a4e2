import type { Duplex } from 'node:stream';
import { createFrameReader } from '../../wire/frames.js';
import { writeUint16 } from '../../wire/octets.js';
import { queryLength, writeQuery } from '../../wire/query.js';
import type { ConnectedTransport, Endpoint, OnSettled, Query } from '../transport.js';
import type { Connection, ConnectionEvents } from './connection.js';
import { createEnding } from './ending.js';
import { createInFlightQueries } from './in-flight-queries.js';
import { openReconnecting } from './reconnecting.js';

/** Half of all ids, so that a random id is free at least half of the time. */
const maximumInFlight = 0x8000;

/**
 * Opens a transport that sends many queries on one byte stream at once (RFC 7766 section 6.2.1.1). Queries that are
 * asked in the same turn of the event loop share one write.
 *
 * @param connect opens a stream, which buffers what is written before it is connected.
 */
export const openStreamTransport = <Q extends Query>(
  endpoint: Endpoint,
  timeout: number,
  settled: OnSettled<Q>,
  connect: () => Duplex,
): ConnectedTransport<Q> =>
  openReconnecting(endpoint, timeout, settled, (events) => openConnection(endpoint, connect(), events));

function openConnection<Q extends Query>(
  endpoint: Endpoint,
  socket: Duplex,
  { answered, ended }: ConnectionEvents<Q>,
): Connection<Q> {
  const inFlight = createInFlightQueries(endpoint.url, answered);
  const endingOf = createEnding(endpoint, socket);
  let ending = endingOf();
  socket.on('data', createFrameReader(inFlight.receive));
  socket.on('error', (error) => {
    ending = endingOf(error);
  });
  socket.on('end', () => socket.destroy());
  socket.on('close', () => ended(ending));

  return {
    room: () => maximumInFlight - inFlight.count(),
    send(queries) {
      for (const query of queries) inFlight.add(query);
      socket.write(encodeFrames(queries));
    },
    forget: inFlight.forget,
    forgetAll: inFlight.forgetAll,
    inFlight: inFlight.all,
    destroy: () => socket.destroy(),
  };
}

/** Encodes queries for a byte stream, on which each message follows its length (RFC 1035 section 4.2.2). */
function encodeFrames(queries: readonly Query[]): Buffer {
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
