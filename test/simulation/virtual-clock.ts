import type { Clock } from '../../src/util/clock.js';

/** A clock that stands still until its next event, and tells how many events there were. */
export interface VirtualClock extends Clock {
  /** Plays events in the order of their times, until there is none or a promise is settled. */
  play(end: Promise<unknown>, longest: number): Promise<void>;
  /** Timers that have neither run nor been cancelled. */
  pending(): number;
  /** A hash of the times of all events, in their order. */
  hash(): number;
  events(): number;
  /** Mixes something that has happened into the hash. */
  note(value: number): void;
}

interface Timed {
  readonly time: number;
  /** Events at the same time are played in the order in which they were set. */
  readonly order: number;
  callback: (() => void) | undefined;
}

/** More turns at the same time, and more events, than any world needs. */
const mostTurns = 10_000;
const mostEvents = 3_000_000;

/** Creates a clock at 0. */
export function createVirtualClock(): VirtualClock {
  const heap: Timed[] = [];
  let now = 0;
  let order = 0;
  let live = 0;
  let turn: (() => void)[] = [];
  let hash = 0x811c9dc5;
  let events = 0;

  const note = (value: number) => {
    hash = Math.imul(hash ^ (value | 0), 0x01000193) >>> 0;
  };

  const isBefore = (one: Timed, other: Timed) =>
    one.time < other.time || (one.time === other.time && one.order < other.order);

  const push = (item: Timed) => {
    let index = heap.push(item) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(item, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = item;
  };

  const pop = (): Timed | undefined => {
    const [top] = heap;
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      const [left, right] = [heap[child], heap[child + 1]];
      if (left === undefined) break;
      if (right !== undefined && isBefore(right, left)) child++;
      const smaller = heap[child];
      if (smaller === undefined || !isBefore(smaller, last)) break;
      heap[index] = smaller;
      index = child;
    }
    heap[index] = last;
    return top;
  };

  /** The next event, if any; timers that have been cancelled are dropped. */
  const next = (): Timed | undefined => {
    while (heap[0] && heap[0].callback === undefined) pop();
    return heap[0];
  };

  /** Runs the callbacks at the end of this turn, and of the turns that follow at the same time. */
  const endTurns = async () => {
    await microtasks();
    for (let turns = 0; turn.length > 0; turns++) {
      if (turns > mostTurns) throw new Error(`stuck in a turn at ${now} ms`);
      const callbacks = turn;
      turn = [];
      for (const callback of callbacks) callback();
      await microtasks();
    }
  };

  return {
    now: () => now,
    date: () => new Date(Date.UTC(2026, 0, 1) + now),
    setTimer(milliseconds, callback) {
      const item: Timed = { time: now + Math.max(milliseconds, 0), order: order++, callback };
      live++;
      push(item);
      return () => {
        if (item.callback) live--;
        item.callback = undefined;
      };
    },
    endOfTurn: (callback) => void turn.push(callback),
    async play(end, longest) {
      let isOver = false;
      const finish = () => {
        isOver = true;
      };
      end.then(finish, finish);
      await endTurns();
      while (!isOver) {
        const item = next();
        if (item?.callback === undefined || item.time > longest || events > mostEvents)
          throw new Error(`stuck at ${Math.round(now)} ms`);
        pop();
        const { callback } = item;
        item.callback = undefined;
        live--;
        now = item.time;
        events++;
        note(now * 1000);
        callback();
        // Events at the same time share a turn.
        if (next()?.time !== now) await endTurns();
      }
    },
    pending: () => live,
    hash: () => hash,
    events: () => events,
    note,
  };
}

/** Lets all promises that can be settled be settled. */
const microtasks = () => new Promise<void>((resolve) => process.nextTick(resolve));
