/** The queries that have arrived at a server in this process. */
export interface Arrivals {
  /** Counts a query. */
  add(): void;
  /** Tells the parent process the counts, now and each time that it sends a message. */
  report(): void;
}

/** Counts queries for the parent process, with which this process ends. */
export function countArrivals(): Arrivals {
  let received = 0;
  /** When queries have arrived since the last report, in milliseconds. */
  let times: number[] = [];
  const send = () => {
    process.send?.(`${received} ${mostInASecond(times)}`);
    times = [];
  };
  process.on('disconnect', () => process.exit());
  return {
    add() {
      received++;
      times.push(performance.now());
    },
    report() {
      process.on('message', send);
      send();
    },
  };
}

/** Finds the most of some moments, which are in order, that lie in one second, wherever it begins. */
function mostInASecond(times: readonly number[]): number {
  let most = 0;
  let first = 0;
  for (const [index, time] of times.entries()) {
    while (time - (times[first] ?? time) >= 1000) first++;
    most = Math.max(most, index + 1 - first);
  }
  return most;
}
