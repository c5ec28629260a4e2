/** Sends queries one after the other, and again and again until they have an outcome. */
export interface Resender<Q> {
  /**
   * Adds queries.
   *
   * @param rate the number of queries to send each second, of all that were added.
   */
  add(queries: readonly Q[], rate: number): void;
  /** Drops a query. Returns false if it was not added, or has been dropped. */
  delete(query: Q): boolean;
  /** Drops all queries. */
  clear(): void;
}

/** Milliseconds between two times at which queries are sent. */
const interval = 5;
/** Milliseconds after which all queries without an outcome are sent again. */
const pause = 500;

/** Creates a resender. */
export function createResender<Q>(send: (query: Q) => void): Resender<Q> {
  /** The queries that are sent next, and those that have been sent. */
  let unsent = new Set<Q>();
  let sent = new Set<Q>();
  let perInterval = 0;
  let credit = 0;
  let timer: NodeJS.Timeout | undefined;

  const run = () => {
    timer = undefined;
    credit = Math.min(credit + perInterval, Math.max(perInterval, 1));
    for (const query of unsent) {
      if (credit < 1) break;
      credit--;
      unsent.delete(query);
      sent.add(query);
      send(query);
    }
    if (unsent.size > 0) return start(interval);
    [unsent, sent] = [sent, unsent];
    if (unsent.size > 0) start(pause);
  };
  const start = (milliseconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(run, milliseconds);
  };

  return {
    add(queries, rate) {
      for (const query of queries) unsent.add(query);
      perInterval = (rate * interval) / 1000;
      if (unsent.size > 0) start(0);
    },
    delete: (query) => unsent.delete(query) || sent.delete(query),
    clear() {
      unsent.clear();
      sent.clear();
      clearTimeout(timer);
    },
  };
}
