import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startManyServers, together } from './child-server.js';
import { blogdomAt, blogdomWith, type Contender, massdns } from './contenders.js';
import { type Goal, printGoals, runTrials, type Trial } from './goals.js';
import { addressesOf, listOf } from './many-servers.js';
import type { Bench } from './race.js';

const serverCount = 1000;
/** One in so many servers of the bad list is of no use. */
const badShare = 3;

/** Measures lists of 1,000 servers, good ones and a third of them bad, against one good server. */
export async function manyServers(bench: Bench): Promise<void> {
  const { folder, ports } = bench;
  const [goodPort, badPort] = ports;
  const [good, bad] = [join(folder, 'good'), join(folder, 'bad')] as const;
  await writeFile(good, listOf(serverCount, goodPort));
  await writeFile(bad, listOf(serverCount, badPort));
  const trial = (what: string, contender: Contender, goal?: Goal): Trial => ({
    what: `${contender.title}, ${what}`,
    contender,
    ...{ count: 100_000, quickCount: 20_000 },
    ...(goal && { goal }),
  });
  const listed = (list: string) => blogdomWith('blogdom', ['--server-file', list]);
  const one = blogdomAt('blogdom', `${addressesOf(1)[0]}:${goodPort}`);
  const rivals = (what: string, resolvers: string) =>
    massdns().map((rival) =>
      trial(what, { ...rival, command: (files) => rival.command({ ...files, resolvers }) }),
    );
  const trials = [
    { ...trial('one good server', one), isReference: true },
    trial('1,000 good servers', listed(good), { times: 1.3, megabytes: 200 }),
    trial('a third of 1,000 bad', listed(bad), { times: 1.6 }),
    ...rivals('1,000 good servers', good),
    ...rivals('a third of 1,000 bad', bad),
  ];
  const servers = Promise.all([
    startManyServers(goodPort, serverCount, Number.POSITIVE_INFINITY),
    startManyServers(badPort, serverCount, badShare),
  ]).then(together);
  printGoals('Lists of 1,000 servers', await runTrials(bench, servers, () => trials, bench.quick ? 1 : 3));
}
