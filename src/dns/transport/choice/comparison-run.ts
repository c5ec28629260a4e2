import type { Clock } from '../../../util/clock.js';
import type { ComparisonStep, Contender, TimePerReply } from './comparison-steps.js';

/** A comparison in progress. It uses the queries that are sent anyway. */
export interface ComparisonRun {
  /** The transport to send the next query over. */
  current(): Contender;
  /** When the present step began: milliseconds, on the clock of the platform. */
  startedAt(): number;
  countReply(over: Contender): void;
  /** Counts a query whose reply is overdue. */
  countLoss(): void;
  /** Ends the comparison: TCP is of no use. */
  end(): void;
  /** Stops the timer. */
  close(): void;
}

/** The time of a step that loses more than this share of its queries is not used. */
const tolerableLoss = 0.1;

/**
 * Runs a comparison.
 *
 * @param steps yields the steps; it is told the result of each, and returns the transport to use in the end.
 */
export function runComparison(
  steps: Generator<ComparisonStep, Contender, TimePerReply>,
  clock: Clock,
): ComparisonRun {
  let step: ComparisonStep | undefined;
  let current: Contender = 'udp';
  let replies = 0;
  let losses = 0;
  let startedAt = 0;
  let timedFrom = 0;
  let cancelTimer: () => void = () => {};

  const next = (result: TimePerReply) => {
    const { value, done } = steps.next(result);
    step = done ? undefined : value;
    current = done ? value : value.over;
    replies = 0;
    losses = 0;
    startedAt = clock.now();
    timedFrom = startedAt;
    if (step?.limit !== undefined) cancelTimer = clock.setTimer(step.limit, giveUp);
  };
  const giveUp = () => next(Number.POSITIVE_INFINITY);
  next(0);

  return {
    current: () => current,
    startedAt: () => startedAt,
    countReply(over) {
      // Replies to queries of the step before do not count.
      if (step?.over !== over) return;
      replies++;
      const { untimed, timed } = step;
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
      step = undefined;
      current = 'udp';
    },
    close: () => cancelTimer(),
  };
}
