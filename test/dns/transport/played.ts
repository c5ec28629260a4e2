import type { Platform } from '../../../src/dns/transport/platform.js';
import type { Outcome, Query, Transport, TransportContext } from '../../../src/dns/transport/transport.js';
import type { Question } from '../../../src/dns/wire/query.js';
import { createFakeSockets, type FakeSockets } from '../../helpers/fake-sockets.js';
import { createManualClock, type ManualClock } from '../../helpers/manual-clock.js';
import { createSeededRandom } from '../../simulation/random.js';

/** The question for a name's IPv4 addresses. */
export const question = (name: string): Question => ({ name, type: 'A' });

/** A query for a name's IPv4 addresses. */
export const queryFor = (name: string, needsStream = false): Query => ({
  question: question(name),
  needsStream,
  id: 0,
  position: 0,
  socket: 0,
  letterCase: 0,
});

/** Queries for `x1.dev`, `x2.dev` and so on. */
export const queries = (count: number): Query[] =>
  Array.from({ length: count }, (_, index) => queryFor(`x${index + 1}.dev`));

/** A platform on which nothing happens unless the test says so. */
export interface TestPlatform extends Platform {
  readonly clock: ManualClock;
  readonly sockets: FakeSockets;
}

/** Where a transport is opened by a test, and the outcomes that it reports, in order. */
export interface TestContext extends TransportContext<Query> {
  readonly platform: TestPlatform;
  readonly outcomes: readonly { readonly name: string; readonly outcome: Outcome }[];
  /** The outcomes in words: the name, and the response code or the failure. */
  said(): string[];
}

/** Creates a context of which nothing has been reported. */
export function createContext(): TestContext {
  const outcomes: { name: string; outcome: Outcome }[] = [];
  return {
    platform: { clock: createManualClock(), random: createSeededRandom(1), sockets: createFakeSockets() },
    timeout: 1000,
    outcomes,
    settled: ({ question: { name } }, outcome) => void outcomes.push({ name, outcome }),
    said: () => outcomes.map(({ name, outcome }) => `${name}: ${inWords(outcome)}`),
  };
}

const inWords = (outcome: Outcome) => ('reply' in outcome ? outcome.reply.rcode : outcome.failure);

/** A transport that records what it is told, and does nothing. */
export interface RecordingTransport extends Transport<Query> {
  /** The calls in words. */
  readonly calls: readonly string[];
  /** Whether it has been closed. */
  readonly isClosed: boolean;
}

/** Creates a transport over a stream that records what it is told. */
export function createRecordingTransport(capacity = 7): RecordingTransport {
  const calls: string[] = [];
  const transport: RecordingTransport & { isClosed: boolean } = {
    calls,
    isClosed: false,
    kind: 'stream',
    capacity: (needsStream) => (needsStream ? capacity : 0),
    ask: ({ question: { name } }) => void calls.push(`ask ${name}`),
    suspect({ question: { name } }, sentAt) {
      calls.push(`suspect ${name} of ${sentAt} ms`);
      return undefined;
    },
    forget: ({ question: { name } }) => void calls.push(`forget ${name}`),
    close() {
      transport.isClosed = true;
    },
  };
  return transport;
}

/** A copy of a query with some of its flags set. */
function withFlags(message: Uint8Array, flags: number): Buffer {
  const copy = Buffer.from(message);
  copy.writeUInt8(copy.readUInt8(2) | flags, 2);
  return copy;
}

/** A reply without an answer to a query in a message. */
export const emptyReplyTo = (message: Uint8Array): Buffer => withFlags(message, 0x80);

/** A reply that does not fit into a datagram. */
export const truncatedReplyTo = (message: Uint8Array): Buffer => withFlags(message, 0x82);

/** Puts its length before each message, as on a byte stream. */
export const inFrames = (...messages: readonly Uint8Array[]): Buffer =>
  Buffer.concat(
    messages.flatMap((message) => [Buffer.of(message.length >> 8, message.length & 0xff), message]),
  );

/** The messages in octets that were written to a byte stream. */
export function messagesIn(octets: Uint8Array): Buffer[] {
  const buffer = Buffer.from(octets);
  const messages: Buffer[] = [];
  for (let offset = 0; offset < buffer.length; ) {
    const end = offset + 2 + buffer.readUInt16BE(offset);
    messages.push(buffer.subarray(offset + 2, end));
    offset = end;
  }
  return messages;
}
