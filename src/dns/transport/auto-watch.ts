// The global `performance` is a getter, which costs a lookup at each use.
import { performance } from 'node:perf_hooks';

/** Watches the queries in flight over TCP, each of which would be answered soon if TCP did what it should. */
export interface TcpWatch {
  /** Looks at regular intervals, as long as there are queries in flight. */
  start(): void;
  /** Counts a query that has an outcome. */
  countSettled(): void;
  /** Stops looking. */
  stop(): void;
}

/** TCP is of no use if it leaves more queries unanswered than this share of those that it answers. */
const tolerableShare = 0.005;

/**
 * Creates a watch, which has not started yet.
 *
 * @param interval returns the time, in milliseconds, in which a reply should have come.
 * @param inFlight returns the queries in flight: to look at them now and then costs less than to follow each of them.
 * @param overdue receives the queries that have waited for one to two intervals, whether they are too many for TCP to be of
 * use, and how many queries a second were answered. If none was, it receives all queries.
 */
export function createTcpWatch<Q>(
  interval: () => number,
  inFlight: () => readonly Q[],
  overdue: (queries: readonly Q[], areTooMany: boolean, rate: number) => void,
): TcpWatch {
  /** The queries that were in flight at the last look. */
  let earlier = new Set<Q>();
  let settled = 0;
  let timer: NodeJS.Timeout | undefined;

  const look = (startedAt: number, milliseconds: number) => {
    // Without a timer, the watch was stopped.
    if (timer === undefined) return;
    timer = undefined;
    // After a pause of the process, replies may be waiting to be read.
    const elapsed = performance.now() - startedAt;
    if (elapsed < 1.5 * milliseconds) lookNow(elapsed);
    if (inFlight().length > 0) start();
  };

  const lookNow = (elapsed: number) => {
    const present = inFlight();
    const waited = present.filter((query) => earlier.has(query));
    const areTooMany = waited.length > tolerableShare * settled;
    // TCP has fallen silent, so the others need not wait for as long.
    const all = areTooMany && settled === 0 ? present : waited;
    earlier = new Set(present);
    const rate = (settled / elapsed) * 1000;
    settled = 0;
    if (all.length > 0) overdue(all, areTooMany, rate);
  };

  const start = () => {
    if (timer !== undefined) return;
    const startedAt = performance.now();
    const milliseconds = interval();
    timer = setTimeout(() => setImmediate(look, startedAt, milliseconds), milliseconds);
  };

  return {
    start,
    countSettled() {
      settled++;
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
