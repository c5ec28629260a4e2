import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startFaultyServer } from './child-server.js';
import { blogdomWith, type Contender } from './contenders.js';
import { printGoals, runTrials } from './goals.js';
import { listOf } from './many-servers.js';
import type { Bench } from './race.js';

const serverCount = 400;
/** The most files that the process may have open. */
const openFiles = 256;

/** Measures more servers over UDP than a process may open sockets for, with some names that need TCP. */
export async function sockets(bench: Bench): Promise<void> {
  const [port] = bench.ports;
  const list = join(bench.folder, 'servers');
  await writeFile(list, listOf(serverCount, port, 'udp://'));
  const blogdom = blogdomWith('blogdom', ['--server-file', list]);
  const contender: Contender = {
    ...blogdom,
    command: (files) => ['sh', '-c', `ulimit -n ${openFiles}; exec "$0" "$@"`, ...blogdom.command(files)],
  };
  const server = startFaultyServer(port, {
    roundTrip: [0, 0],
    addresses: serverCount,
    truncated: 0.01,
    tcp: 'all',
  });
  const what = `${serverCount} servers, 1 % of the replies truncated, ulimit -n ${openFiles}`;
  const trial = { what, contender, count: 100_000, quickCount: 10_000, goal: {} };
  printGoals('More servers than files that may be open', await runTrials(bench, server, () => [trial]));
}
