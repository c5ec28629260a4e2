// The global `performance` is a getter, which costs a lookup at each use.
import { performance } from 'node:perf_hooks';

/** Watches the queries in flight over TCP, each of which would be answered soon if TCP did what it should. */
export interface TcpWatch<Q> {
  /** Starts watching a query. */
  add(query: Q): void;
  /** Stops watching a query because it has an outcome. */
  settle(query: Q): void;
  /** Stops watching a query. Returns false if it was not watched. */
  forget(query: Q): boolean;
  /** Stops watching all queries, and returns them. */
  takeAll(): Q[];
}

/** TCP is of no use if it leaves more queries unanswered than this share of those that it answers. */
const tolerableShare = 0.005;

/**
 * Creates a watch. It looks at regular intervals, as long as there are queries.
 *
 * @param interval returns the time, in milliseconds, in which a reply should have come.
 * @param overdue receives the queries that have waited for one to two intervals, which are no longer watched, whether they
 * are too many for TCP to be of use, and how many queries a second were answered. If none was, it receives all queries.
 */
export function createTcpWatch<Q>(
  interval: () => number,
  overdue: (queries: readonly Q[], areTooMany: boolean, rate: number) => void,
): TcpWatch<Q> {
  /** The queries added since the last look, and those that were there already. */
  let recent = new Set<Q>();
  let earlier = new Set<Q>();
  let settled = 0;
  let timer: NodeJS.Timeout | undefined;

  const look = (startedAt: number, milliseconds: number) => {
    timer = undefined;
    // After a pause of the process, replies may be waiting to be read.
    const elapsed = performance.now() - startedAt;
    if (elapsed < 1.5 * milliseconds) lookNow(elapsed);
    if (recent.size + earlier.size > 0) start();
  };

  const lookNow = (elapsed: number) => {
    const waited = [...earlier];
    const areTooMany = waited.length > tolerableShare * settled;
    // TCP has fallen silent, so the others need not wait for as long.
    if (areTooMany && settled === 0) waited.push(...recent);
    earlier = waited.length > earlier.size ? new Set() : recent;
    recent = new Set();
    const rate = (settled / elapsed) * 1000;
    settled = 0;
    if (waited.length > 0) overdue(waited, areTooMany, rate);
  };

  const start = () => {
    const startedAt = performance.now();
    const milliseconds = interval();
    timer = setTimeout(() => setImmediate(look, startedAt, milliseconds), milliseconds);
  };

  return {
    add(query) {
      recent.add(query);
      if (timer === undefined) start();
    },
    settle(query) {
      settled++;
      if (!earlier.delete(query)) recent.delete(query);
    },
    forget: (query) => earlier.delete(query) || recent.delete(query),
    takeAll() {
      clearTimeout(timer);
      timer = undefined;
      const all = [...earlier, ...recent];
      recent.clear();
      earlier.clear();
      return all;
    },
  };
}
