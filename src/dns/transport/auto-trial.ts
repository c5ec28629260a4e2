import { performance } from 'node:perf_hooks';

/** The transports that are compared. */
export type Contender = 'udp' | 'tcp';

/** A part of the trial: some replies while code warms up and windows grow, then those whose time is measured. */
interface Round {
  readonly over: Contender;
  readonly untimed: number;
  readonly timed: number;
}

/** The size of the trial. */
export interface TrialPlan {
  /** Over UDP, over TCP, and over UDP again now that it is warm, too. */
  readonly rounds: readonly [Round, Round, Round];
  /** Milliseconds that TCP may take to warm up in addition to `maximumSlowdown` times as long as UDP took. */
  readonly grace: number;
}

const defaultPlan: TrialPlan = {
  rounds: [
    { over: 'udp', untimed: 1000, timed: 1000 },
    { over: 'tcp', untimed: 4000, timed: 8000 },
    { over: 'udp', untimed: 4000, timed: 8000 },
  ],
  grace: 1000,
};

/**
 * A name costs about twice as much processor time over UDP as over TCP. UDP can therefore be faster only if the process is
 * idle for a good part of the time over TCP. If it is busy for more than this share, there is no second round over UDP.
 */
const busyShare = 0.7;
const maximumSlowdown = 4;

/** A comparison of UDP with TCP, made on queries that have to be sent anyway. */
export interface Trial {
  /** The transport to send the next query over. */
  readonly current: Contender;
  /** Whether the trial goes on; if not, `current` is its result. */
  readonly running: boolean;
  /** Counts a reply. Replies that do not belong to the current round are ignored. */
  countReply(over: Contender): void;
  /** Ends the trial with this result, or changes the result. */
  decide(result: Contender): void;
  /** Stops the timer. */
  close(): void;
}

/** @param stalled called after the trial has been decided for UDP because TCP took too long to warm up. */
export function openTrial(stalled: () => void, { rounds, grace }: TrialPlan = defaultPlan): Trial {
  let round: Round | undefined = rounds[0];
  let current: Contender = round.over;
  let replies = 0;
  let startedAt = 0;
  let utilization = performance.eventLoopUtilization();
  /** Milliseconds for each reply of the last round. */
  let pace = 0;
  let timer: NodeJS.Timeout | undefined;

  const startRound = (next: Round) => {
    round = next;
    current = next.over;
    replies = 0;
  };

  const decide = (result: Contender) => {
    clearTimeout(timer);
    round = undefined;
    current = result;
  };

  const endRound = (last: Round) => {
    const lastPace = pace;
    pace = (performance.now() - startedAt) / last.timed;
    const [, second, third] = rounds;
    if (last === third) {
      decide(pace < lastPace ? 'udp' : 'tcp');
    } else if (last === second) {
      if (performance.eventLoopUtilization(utilization).utilization > busyShare) decide('tcp');
      else startRound(third);
    } else {
      startRound(second);
      timer = setTimeout(giveUp, maximumSlowdown * pace * second.untimed + grace);
    }
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
      if (round?.over !== over) return;
      replies++;
      if (replies === round.untimed) {
        clearTimeout(timer);
        startedAt = performance.now();
        utilization = performance.eventLoopUtilization();
      } else if (replies === round.untimed + round.timed) {
        endRound(round);
      }
    },
    decide,
    close: () => clearTimeout(timer),
  };
}
