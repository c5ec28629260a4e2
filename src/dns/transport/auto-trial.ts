/** The transports that are compared. */
export type Contender = 'udp' | 'tcp';

/** One part of the trial: first replies that are not timed, while code warms up and windows grow, then timed replies. */
interface Round {
  readonly over: Contender;
  readonly untimed: number;
  readonly timed: number;
}

/** How long the trial is. */
export interface TrialPlan {
  /** Over UDP, over TCP, and over UDP again, which by then is as warm as TCP was. */
  readonly rounds: readonly [Round, Round, Round];
  /** Milliseconds that TCP may take to warm up in addition to what `maximumSlowdown` allows. */
  readonly grace: number;
  /** Replies after which the last two rounds are repeated; for each further repetition, four times as many. */
  readonly repeatAfter: number;
}

const defaultPlan: TrialPlan = {
  rounds: [
    { over: 'udp', untimed: 400, timed: 600 },
    { over: 'tcp', untimed: 4000, timed: 8000 },
    { over: 'udp', untimed: 4000, timed: 8000 },
  ],
  grace: 1000,
  repeatAfter: 12_000,
};

/**
 * TCP is chosen without a second round over UDP if it keeps the event loop busy for more than this share of its round.
 * A name costs about twice as much processor time over UDP, which can therefore be faster only if TCP leaves the
 * process idle.
 */
const busyShare = 0.7;
/** TCP may take this many times as long as UDP for the replies with which it warms up. */
const maximumSlowdown = 4;

/**
 * The first round is repeated if more than this share of the queries is lost in it, and UDP is chosen if that happens again
 * and again: a lost packet holds up all queries on a connection, and a server that drops what exceeds its limit may do so
 * over TCP, too.
 */
const tolerableLoss = 0.1;
const maximumLossyRounds = 4;

/** A comparison of UDP with TCP, made on queries that have to be sent anyway. */
export interface Trial {
  /** The transport to send the next query over. */
  readonly current: Contender;
  /** Whether the trial is still running; if not, `current` is its result. */
  readonly running: boolean;
  /** Counts a reply. */
  countReply(over: Contender): void;
  /** Counts a query that was given up. */
  countLoss(): void;
  /** Counts the reply to a query that was given up: it was not lost. */
  countLateReply(): void;
  /** Ends the trial with this result, or changes the result. */
  decide(result: Contender): void;
  /** Stops the timer. */
  close(): void;
}

/**
 * Opens a trial, at the start of its first round.
 *
 * @param stalled called after the trial has been decided for UDP because TCP took too long to warm up.
 */
export function openTrial(
  stalled: () => void,
  { rounds, grace, repeatAfter }: TrialPlan = defaultPlan,
): Trial {
  let round: Round | undefined = rounds[0];
  let current: Contender = round.over;
  let replies = 0;
  let losses = 0;
  let lossyRounds = 0;
  let startedAt = 0;
  let utilizationAtStart = performance.eventLoopUtilization();
  /** Milliseconds per timed reply, in the most recent round that has ended. */
  let timePerReply = 0;
  let timer: NodeJS.Timeout | undefined;
  let nextRepeatAfter = repeatAfter;
  /** Replies until the next repetition; infinite if something else than a comparison was decisive. */
  let untilRepeat = Number.POSITIVE_INFINITY;

  const startRound = (next: Round) => {
    round = next;
    current = next.over;
    replies = 0;
  };

  const decide = (result: Contender) => {
    clearTimeout(timer);
    round = undefined;
    current = result;
    untilRepeat = Number.POSITIVE_INFINITY;
  };

  const endRound = (ended: Round) => {
    const timePerReplyBefore = timePerReply;
    timePerReply = (performance.now() - startedAt) / ended.timed;
    const [first, second, third] = rounds;
    if (ended === third) {
      decide(timePerReply < timePerReplyBefore ? 'udp' : 'tcp');
      untilRepeat = nextRepeatAfter;
      nextRepeatAfter *= 4;
    } else if (ended === second) {
      if (performance.eventLoopUtilization(utilizationAtStart).utilization > busyShare) decide('tcp');
      else startRound(third);
    } else if (losses > tolerableLoss * (ended.untimed + ended.timed)) {
      losses = 0;
      if (++lossyRounds < maximumLossyRounds) startRound(first);
      else decide('udp');
    } else {
      startRoundOverTcp();
    }
  };

  const startRoundOverTcp = () => {
    const [, second] = rounds;
    startRound(second);
    timer = setTimeout(giveUp, maximumSlowdown * timePerReply * second.untimed + grace);
  };

  const giveUp = () => {
    decide('udp');
    stalled();
  };

  return {
    get current() {
      return current;
    },
    get running() {
      return round !== undefined;
    },
    countReply(over) {
      if (round === undefined && --untilRepeat <= 0) return startRoundOverTcp();
      // Replies to queries of the round before do not count.
      if (round?.over !== over) return;
      replies++;
      if (replies === round.untimed) {
        clearTimeout(timer);
        startedAt = performance.now();
        utilizationAtStart = performance.eventLoopUtilization();
      } else if (replies === round.untimed + round.timed) {
        endRound(round);
      }
    },
    countLoss() {
      losses++;
    },
    countLateReply() {
      losses--;
    },
    decide,
    close: () => clearTimeout(timer),
  };
}
