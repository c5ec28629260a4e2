import { createSocket } from 'node:dgram';
import { isLive, suffix } from './names.js';

/** The faults of a server that answers over UDP only. */
export interface Faults {
  /** Milliseconds between a query and its reply, uniformly distributed: the least and the most. */
  readonly roundTrip: readonly [number, number];
  /** The share of queries that are lost, and of replies. */
  readonly loss: number;
  /** Queries that it answers in a second; the others are dropped. */
  readonly rate?: number;
}

/** The burst that the token bucket allows, in seconds of `rate`. */
const burstSeconds = 0.02;

/** The suffix in wire format (RFC 1035 section 3.1). */
const wireSuffix = Buffer.from(`\x03${suffix}\0`);

/** An address record that points to the question's name (RFC 1035 sections 4.1.3 and 4.1.4). */
const addressRecord = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 14, 16, 0, 4, 192, 0, 2, 1]);

const typeA = 1;
const nxdomain = 3;

/** Serves on a loopback port in this process. For each message from the parent process, sends it the count of queries. */
export function runFaultyServer(port: number, { roundTrip, loss, rate }: Faults): void {
  const random = seededRandom(1);
  const allows = rate === undefined ? () => true : tokenBucket(rate);
  // Without this, each send looks up the address on the thread pool.
  const lookup = (
    host: string,
    _: unknown,
    done: (error: null, address: string, family: number) => void,
  ): void => done(null, host, 4);
  const socket = createSocket({ type: 'udp4', lookup, recvBufferSize: 4_000_000 });
  const delay = timerWheel();
  let received = 0;
  socket.on('message', (query, from) => {
    received++;
    const drop = random() < loss || random() < loss;
    if (drop || !allows()) return;
    const reply = replyTo(query);
    const [least, most] = roundTrip;
    const send = () => socket.send(reply, from.port, from.address);
    if (most === 0) send();
    else delay(least + random() * (most - least), send);
  });
  process.on('message', () => process.send?.(received));
  process.on('disconnect', () => process.exit());
  socket.bind(port, '127.0.0.1', () => process.send?.(received));
}

/** Turns the query's own buffer into the reply. */
function replyTo(query: Buffer): Buffer {
  const end = query.indexOf(0, 12);
  const label = query.toString('latin1', 13, 13 + (query[12] ?? 0));
  const known = query.subarray(12 + 1 + label.length, end + 1).equals(wireSuffix) && isLive(label);
  const exists = known || query.subarray(12, end + 1).equals(wireSuffix);
  const hasAddress = known && query.readUInt16BE(end + 1) === typeA;
  const question = query.subarray(0, end + 5);
  const reply = hasAddress ? Buffer.concat([question, addressRecord]) : question;
  // The flags QR, AA and RA, and the query's RD.
  reply[2] = 0x84 | ((query[2] ?? 0) & 1);
  reply[3] = 0x80 | (exists ? 0 : nxdomain);
  reply.writeUInt16BE(hasAddress ? 1 : 0, 6);
  reply.writeUInt32BE(0, 8);
  return reply;
}

/** xorshift32, seeded so that the losses are the same in every run. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function tokenBucket(rate: number): () => boolean {
  const depth = rate * burstSeconds;
  let tokens = depth;
  let last = performance.now();
  return () => {
    const now = performance.now();
    tokens = Math.min(depth, tokens + ((now - last) / 1000) * rate);
    last = now;
    if (tokens < 1) return false;
    tokens--;
    return true;
  };
}

/** One timer for all delayed replies, in slots of a millisecond; a timer for each would cost more than the reply. */
function timerWheel(): (milliseconds: number, action: () => void) => void {
  const slots: (() => void)[][] = Array.from({ length: 1024 }, () => []);
  const slotOf = (time: number) => Math.floor(time) % slots.length;
  let next = Math.floor(performance.now());
  const turn = () => {
    for (const now = performance.now(); next < now; next++) {
      const due = slots[slotOf(next)] ?? [];
      slots[slotOf(next)] = [];
      for (const action of due) action();
    }
  };
  setInterval(turn, 1);
  return (milliseconds, action) => void slots[slotOf(performance.now() + milliseconds)]?.push(action);
}
