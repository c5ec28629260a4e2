// The global `performance` is a getter, which costs a lookup at each use.
import { performance } from 'node:perf_hooks';

/** Tells the time, and calls back later. */
export interface Clock {
  /** Milliseconds since some moment in the past. They never run backwards. */
  now(): number;
  /** The time of day. */
  date(): Date;
  /**
   * Calls a function once, after a number of milliseconds.
   *
   * @returns a function that cancels the call.
   */
  setTimer(milliseconds: number, callback: () => void): CancelTimer;
  /** Calls a function once at the end of this turn of the event loop, after the sockets have been read. */
  endOfTurn(callback: () => void): void;
}

/** Cancels a timer; does nothing if it has run. */
export type CancelTimer = () => void;

/** The clock of the system. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  setTimer(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
  endOfTurn: (callback) => void setImmediate(callback),
};
