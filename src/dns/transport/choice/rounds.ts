import type { Clock } from '../../../util/clock.js';
import type { Contender, Round, TimePerReply } from './comparison.js';

/** Plays the rounds of a comparison with the queries that are sent anyway. */
export interface Rounds {
  /** The transport to send the next query over. */
  current(): Contender;
  /** When the present round began: milliseconds, on the clock. */
  startedAt(): number;
  countReply(over: Contender): void;
  /** Counts a query whose reply is overdue. */
  countLoss(): void;
  /** Ends the comparison: TCP is of no use. */
  end(): void;
  /** Stops the timer. */
  close(): void;
}

/** A round that loses more than this share of its queries says nothing. */
const tolerableLoss = 0.1;

/** Plays the rounds of a script, which is told the result of each. */
export function playRounds(script: Generator<Round, Contender, TimePerReply>, clock: Clock): Rounds {
  let round: Round | undefined;
  let current: Contender = 'udp';
  let replies = 0;
  let losses = 0;
  let startedAt = 0;
  let timedFrom = 0;
  let cancelTimer: () => void = () => {};

  const next = (result: TimePerReply) => {
    const { value, done } = script.next(result);
    round = done ? undefined : value;
    current = done ? value : value.over;
    replies = 0;
    losses = 0;
    startedAt = clock.now();
    timedFrom = startedAt;
    if (round?.limit !== undefined) cancelTimer = clock.setTimer(round.limit, giveUp);
  };
  const giveUp = () => next(Number.POSITIVE_INFINITY);
  next(0);

  return {
    current: () => current,
    startedAt: () => startedAt,
    countReply(over) {
      // Replies to queries of the round before do not count.
      if (round?.over !== over) return;
      replies++;
      const { untimed, timed } = round;
      if (replies === untimed) {
        cancelTimer();
        timedFrom = clock.now();
      }
      if (replies < untimed + timed) return;
      const isLossy = over === 'udp' && losses > tolerableLoss * replies;
      next(isLossy ? Number.POSITIVE_INFINITY : (clock.now() - timedFrom) / timed);
    },
    countLoss() {
      losses++;
    },
    end() {
      cancelTimer();
      round = undefined;
      current = 'udp';
    },
    close: () => cancelTimer(),
  };
}
