import { createFrameReader } from '../../src/dns/wire/frames.js';
import { encodeQuery, type Question } from '../../src/dns/wire/query.js';
import { makeServer, type ServerSketch } from './make-world.js';
import { createNetwork } from './network.js';
import { createSeededRandom } from './random.js';
import { replyText } from './reply-text.js';
import { createServer } from './server.js';
import { createVirtualClock } from './virtual-clock.js';

export const address = '10.0.0.0';
export const port = 53;
const question: Question = { name: 'n1-l.dev', type: 'A' };
export const query = encodeQuery(1, question);
export const answer = 'NOERROR 192.0.2.1';

/** Queries as they go through a stream, all in one segment. */
export const segment = (count: number, asked: Question = question): Buffer => {
  const octets = encodeQuery(1, asked);
  const framed = Buffer.concat([Buffer.from([0, octets.length]), octets]);
  return Buffer.concat(Array.from({ length: count }, () => framed));
};

/** Creates a line to a server, and sockets that record what they get, and when. */
export function openLine(sketch: ServerSketch = {}) {
  const clock = createVirtualClock();
  const random = createSeededRandom(1);
  const server = createServer(makeServer(sketch), clock, random);
  const network = createNetwork(new Map([[address, server]]), clock, random);
  const received: string[] = [];
  const note = (what: string) => void received.push(`${clock.now()} ${what}`);
  const message = (octets: Uint8Array) => note(replyText(octets, question));
  const failed = (error: Error) => note(error.message);
  const socket = network.connectDatagram(address, port, { message, failed });
  const unconnected = network.openDatagram('udp4', { message, failed });
  const connect = () =>
    network.connectStream(address, port, {
      data: createFrameReader(message),
      closed: (error, wasEstablished) =>
        note(`${error?.message ?? 'closed'} ${wasEstablished ? 'after' : 'before'} it was established`),
    });
  return {
    clock,
    server,
    network,
    received,
    connect,
    close: () => socket.close(),
    send: () => socket.send(query, failed),
    sendUnconnected: () => unconnected.send(query, port, address, failed),
    closeUnconnected: () => unconnected.close(),
    wait: (milliseconds: number) =>
      clock.play(new Promise<void>((resolve) => void clock.setTimer(milliseconds, resolve)), 1e6),
  };
}
