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
const longRound = { untimed: 4000, timed: 8000 } as const;
/** Rounds that may lose too much before UDP is kept: a lost packet holds up all queries on a connection. */
const lossyRounds = 4;
/** TCP may take this many times as long as UDP, and these milliseconds, for the replies with which it warms up. */
const maximumSlowdown = 4;
const grace = 1000;
/** Replies after which the comparison is made again; for each further one, four times as many. */
const firstInterval = 200_000;
const growth = 4;

/**
 * The script of the comparison: over UDP at first, then over TCP and over UDP again, which by then is as warm; then over the
 * faster one, until the next comparison.
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
  for (let interval = firstInterval; ; interval *= growth) {
    const tcp = yield { over: 'tcp', ...longRound, limit };
    if (tcp === Number.POSITIVE_INFINITY) return 'udp';
    const udp = yield { over: 'udp', ...longRound };
    yield { over: tcp <= udp ? 'tcp' : 'udp', untimed: interval, timed: 0 };
  }
}
