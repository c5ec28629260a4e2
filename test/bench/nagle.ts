import { startFastServer, together } from './child-server.js';
import { blogdomAt } from './contenders.js';
import { type Goal, printGoals, runTrials, type Trial } from './goals.js';
import type { Bench } from './race.js';

/** Compares the same server over TCP with Nagle's algorithm (RFC 896) off and on. */
export async function nagle(bench: Bench): Promise<void> {
  const [offPort, onPort] = bench.ports;
  const trial = (how: string, port: number, more: { isReference: true } | { goal: Goal }): Trial => ({
    what: `blogdom, tcp://, Nagle's algorithm ${how}`,
    contender: blogdomAt('blogdom', `tcp://127.0.0.1:${port}`),
    ...{ count: 1_000_000, quickCount: 50_000 },
    ...more,
  });
  const servers = Promise.all([
    startFastServer(offPort, bench.zoneSize),
    startFastServer(onPort, bench.zoneSize, false),
  ]).then(together);
  const trials = [
    trial('off', offPort, { isReference: true }),
    trial('on', onPort, { goal: { times: 1.2 } }),
  ];
  printGoals(
    'A server over TCP that answers at once',
    await runTrials(bench, servers, () => trials, bench.quick ? 1 : 3),
  );
}
