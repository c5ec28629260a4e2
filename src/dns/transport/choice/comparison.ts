/** The transports that are compared. */
export type Contender = 'udp' | 'tcp';

/** So many replies, of which the first are not timed: code warms up, and windows grow. */
export interface Round {
  readonly over: Contender;
  readonly untimed: number;
  readonly timed: number;
  /** Milliseconds that the first replies may take. */
  readonly limit?: number;
}

/** Milliseconds for each timed reply; infinite if the round took too long or lost too much. */
export type TimePerReply = number;

const firstRound: Round = { over: 'udp', untimed: 400, timed: 600 };
/** The first round over TCP is long, since its code has to warm up; for the others, fewer replies will do. */
const longRound = { untimed: 4000, timed: 8000 } as const;
const shortRound = { untimed: 500, timed: 1000 } as const;
/** Rounds that may lose too much before UDP is kept: a lost packet holds up all queries on a connection. */
const lossyRounds = 4;
/** TCP may take this many times as long as UDP, and these milliseconds, for the replies with which it warms up. */
const maximumSlowdown = 4;
const grace = 1000;
/** TCP is kept without another round over UDP if it takes at most this part of the time that UDP took. */
const clearly = 0.5;
/** Replies after which the comparison is made again; for each further one, four times as many. */
const firstInterval = 50_000;
const growth = 4;

/**
 * The script of the comparison: over UDP at first, then over TCP and over UDP again, as its first queries were slow; then over
 * the faster one, until the next comparison.
 *
 * @returns UDP, if TCP is of no use.
 */
export function* compare(): Generator<Round, Contender, TimePerReply> {
  let first = yield firstRound;
  for (let round = 1; first === Number.POSITIVE_INFINITY; round++) {
    if (round === lossyRounds) return 'udp';
    first = yield firstRound;
  }
  const limit = maximumSlowdown * first * longRound.untimed + grace;
  let tcp = yield { over: 'tcp', ...longRound, limit };
  let udp = 0;
  for (let interval = firstInterval; tcp !== Number.POSITIVE_INFINITY; interval *= growth) {
    if (tcp > clearly * udp) udp = yield { over: 'udp', ...shortRound };
    yield { over: tcp <= udp ? 'tcp' : 'udp', untimed: interval, timed: 0 };
    tcp = yield { over: 'tcp', ...shortRound, limit };
  }
  return 'udp';
}
