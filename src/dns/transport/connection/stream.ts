import { createFrameReader } from '../../wire/frames.js';
import { writeUint16 } from '../../wire/octets.js';
import { queryLength, writeQuery } from '../../wire/query.js';
import type { ByteStream, ByteStreamEvents } from '../sockets.js';
import type { Endpoint, Query, Transport, TransportContext } from '../transport.js';
import type { Connection, ConnectionEvents } from './connection.js';
import { endingOf } from './ending.js';
import { createInFlightQueries } from './in-flight-queries.js';
import { openReconnecting } from './reconnecting.js';

/** Half of all ids, so that a random id is free with a probability of at least one half. */
const maximumInFlight = 0x8000;

/**
 * Opens a transport with many queries in flight on one byte stream (RFC 7766 section 6.2.1.1). Queries that are
 * asked in the same turn of the event loop share one write.
 *
 * @param connect opens a stream.
 */
export const openStreamTransport = <Q extends Query>(
  endpoint: Endpoint,
  context: TransportContext<Q>,
  connect: (events: ByteStreamEvents) => ByteStream,
): Transport<Q> =>
  openReconnecting(endpoint, context, (events) => openConnection(endpoint, context, connect, events));

function openConnection<Q extends Query>(
  endpoint: Endpoint,
  { platform: { random } }: TransportContext<Q>,
  connect: (events: ByteStreamEvents) => ByteStream,
  { settled, ended }: ConnectionEvents<Q>,
): Connection<Q> {
  const inFlight = createInFlightQueries(endpoint.url, settled, random, true);
  const stream = connect({
    data: createFrameReader(inFlight.receive),
    closed: (error, wasEstablished) => ended(endingOf(endpoint, error, wasEstablished)),
  });
  return {
    ...inFlight,
    capacity: () => maximumInFlight - inFlight.count(),
    send(queries) {
      for (const query of queries) inFlight.add(query);
      stream.write(encodeFrames(queries));
    },
    destroy: stream.destroy,
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
