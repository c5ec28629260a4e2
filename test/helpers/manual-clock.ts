import type { Clock } from '../../src/util/clock.js';

/** A clock that a test moves by hand. */
export interface ManualClock extends Clock {
  /** Lets time pass, and calls the timers that are due, each at its own time. */
  pass(milliseconds: number): void;
  /** Calls what was to be called at the end of this turn, and at the end of the turns that follow from it. */
  endTurn(): void;
  /** Timers that have neither run nor been cancelled. */
  timers(): number;
}

interface Timer {
  readonly time: number;
  readonly callback: () => void;
}

/** Creates a clock at 0, which is the first moment of 2026. */
export function createManualClock(): ManualClock {
  let now = 0;
  let timers: Timer[] = [];
  const turn: (() => void)[] = [];

  const nextTimer = (before: number) =>
    timers.filter(({ time }) => time <= before).toSorted((one, other) => one.time - other.time)[0];

  return {
    now: () => now,
    date: () => new Date(Date.UTC(2026, 0, 1) + now),
    setTimer(milliseconds, callback) {
      const timer = { time: now + milliseconds, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    endOfTurn: (callback) => void turn.push(callback),
    pass(milliseconds) {
      const end = now + milliseconds;
      for (let timer = nextTimer(end); timer !== undefined; timer = nextTimer(end)) {
        const { time, callback } = timer;
        now = time;
        timers = timers.filter((other) => other !== timer);
        callback();
      }
      now = end;
    },
    endTurn() {
      while (turn.length > 0) for (const callback of turn.splice(0)) callback();
    },
    timers: () => timers.length,
  };
}
