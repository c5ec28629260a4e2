import { type Faults, isSilentAbout, type Rate } from './faults.js';
import { labelOf, refusalOf, replyTo } from './reply.js';
import { timerWheel } from './timer-wheel.js';

/** Sends a reply to the sender of a query. */
export type Send = (reply: Buffer) => void;

/** Creates a function that answers queries as a server with these faults does, whatever the transport. */
export function createAnswering(faults: Faults): (query: Buffer, send: Send) => void {
  const { roundTrip, rate, atOnce = Number.POSITIVE_INFINITY, refusal, silence } = faults;
  const [least, most] = roundTrip;
  const random = seededRandom(2);
  const isWithinRate = rate === undefined ? () => true : tokenBucket(rate);
  const delay = timerWheel();
  let atWork = 0;
  return (query, send) => {
    if (silence && isSilentAbout(silence, labelOf(query))) return;
    if (atWork >= atOnce || !isWithinRate()) {
      if (refusal) send(refusalOf(query, refusal));
      return;
    }
    const reply = replyTo(query);
    if (most === 0) {
      send(reply);
      return;
    }
    atWork++;
    delay(least + random() * (most - least), () => {
      atWork--;
      send(reply);
    });
  };
}

/** xorshift32, seeded so that the losses are the same in every run. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function tokenBucket({ perSecond, burst }: Rate): () => boolean {
  let tokens = burst;
  let last = performance.now();
  return () => {
    const now = performance.now();
    tokens = Math.min(burst, tokens + ((now - last) / 1000) * perSecond);
    last = now;
    if (tokens < 1) return false;
    tokens--;
    return true;
  };
}
