/** The transports that are compared. */
export type Contender = 'udp' | 'tcp';

/**
 * One step of a comparison: a number of replies over one transport. The first ones are not timed, as code warms up and
 * windows grow.
 */
export interface ComparisonStep {
  readonly over: Contender;
  readonly untimed: number;
  readonly timed: number;
  /** Milliseconds that the first replies may take. */
  readonly limit?: number;
}

/** Milliseconds for each timed reply; infinite if the step took too long or lost too many queries. */
export type TimePerReply = number;

const firstStep: ComparisonStep = { over: 'udp', untimed: 400, timed: 600 };
/** The first step over TCP is long, since its code has to warm up. Fewer replies are enough for the others. */
const longStep = { untimed: 4000, timed: 8000 } as const;
const shortStep = { untimed: 500, timed: 1000 } as const;
/**
 * UDP is kept if this many first steps lose too much: over TCP, a lost packet holds up all queries on the connection.
 */
const lossySteps = 4;
/** The untimed replies over TCP may take this many times as long as over UDP, and this many milliseconds more. */
const maximumSlowdown = 4;
const grace = 1000;
/** TCP is kept without another step over UDP if it takes at most this share of the time that UDP took. */
const clearly = 0.5;
/** Replies until the next comparison. Each time, there are four times as many. */
const firstInterval = 50_000;
const growth = 4;

/**
 * Yields the steps of a comparison, and is told the result of each: first over UDP, then over TCP, and over UDP again,
 * since its first queries were slow. Then the faster transport is used until the next comparison.
 *
 * @returns UDP, once TCP turns out to be of no use.
 */
export function* compare(): Generator<ComparisonStep, Contender, TimePerReply> {
  let first = yield firstStep;
  for (let step = 1; first === Number.POSITIVE_INFINITY; step++) {
    if (step === lossySteps) return 'udp';
    first = yield firstStep;
  }
  const limit = maximumSlowdown * first * longStep.untimed + grace;
  let tcp = yield { over: 'tcp', ...longStep, limit };
  let udp = 0;
  for (let interval = firstInterval; tcp !== Number.POSITIVE_INFINITY; interval *= growth) {
    if (tcp > clearly * udp) udp = yield { over: 'udp', ...shortStep };
    yield { over: tcp <= udp ? 'tcp' : 'udp', untimed: interval, timed: 0 };
    tcp = yield { over: 'tcp', ...shortStep, limit };
  }
  return 'udp';
}
