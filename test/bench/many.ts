import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type Check, type Checked, checkMassdns, checkText } from './check.js';
import { blogdomFile, massdns } from './contenders.js';
import { addressesOf } from './many-servers.js';
import { type Cost, measure, median } from './measure.js';
import { lines } from './names.js';
import type { Bench } from './race.js';
import { printTable, rounded } from './table.js';

/** A list of servers, and a program that is given it. */
interface Entry {
  readonly title: string;
  readonly command: readonly string[];
  readonly check: Check;
  readonly runs: (Cost & Checked)[];
}

const serverCount = 1000;
/** One in so many servers of the bad list is of no use. */
const badShare = 3;

/** Starts servers in a process of their own. */
async function startServers(port: number, share: number) {
  const child = fork(process.argv[1] ?? '', ['many-servers', `${serverCount}`, `${port}`, `${share}`]);
  await once(child, 'message');
  return async () => {
    const closed = once(child, 'close');
    child.kill();
    await closed;
  };
}

/** Measures lists of 1,000 servers, good ones and a third of them bad, against one good server. */
export async function manyServers(bench: Bench): Promise<void> {
  const count = bench.quick ? 20_000 : 100_000;
  const { folder, ports } = bench;
  const [goodPort, badPort] = [ports[0], ports[1]];
  const names = join(folder, 'many-names');
  await writeFile(names, Readable.from(lines(count)));
  const listOf = async (name: string, port: number) => {
    const path = join(folder, name);
    await writeFile(
      path,
      addressesOf(serverCount)
        .map((address) => `${address}:${port}\n`)
        .join(''),
    );
    return path;
  };
  const good = await listOf('good', goodPort);
  const bad = await listOf('bad', badPort);
  const blogdom = [process.execPath, blogdomFile, '-q', '-f', names];
  const rival = (resolvers: string) =>
    massdns().flatMap(({ command }) => command({ names, queries: '', resolvers }));
  const entry = (title: string, command: readonly string[], check: Check): Entry[] =>
    command.length === 0 ? [] : [{ title, command, check, runs: [] }];
  const entries = [
    ...entry('blogdom, one good server', [...blogdom, '-s', `127.1.0.2:${goodPort}`], checkText),
    ...entry('blogdom, 1,000 good servers', [...blogdom, '--server-file', good], checkText),
    ...entry('blogdom, a third of 1,000 bad', [...blogdom, '--server-file', bad], checkText),
    ...entry('massdns, 1,000 good servers', rival(good), checkMassdns),
    ...entry('massdns, a third of 1,000 bad', rival(bad), checkMassdns),
  ];
  const stops = [
    await startServers(goodPort, Number.POSITIVE_INFINITY),
    await startServers(badPort, badShare),
  ];
  try {
    for (let round = 0; round < (bench.quick ? 1 : 3); round++) {
      for (const { command, check, runs } of entries) {
        const outputFile = join(folder, 'many-output');
        const cost = await measure(command, { folder, outputFile });
        runs.push({ ...cost, ...(await check({ count, known: count }, outputFile, cost.stderr)) });
      }
    }
  } finally {
    for (const stop of stops) await stop();
  }
  const first = medianOf(entries[0]);
  const columns = ['contender', 'seconds', '/ one server', 'CPU µs a name', 'peak MB', 'no answer', 'wrong'];
  printTable(
    `1,000 servers: ${rounded(count)} names`,
    columns,
    entries.map((each) => [
      each.title,
      rounded(medianOf(each)),
      rounded(medianOf(each) / first),
      rounded((median(each.runs.map(({ processorSeconds }) => processorSeconds)) / count) * 1e6),
      rounded(median(each.runs.map(({ megabytes }) => megabytes))),
      rounded(Math.max(...each.runs.map(({ unanswered }) => unanswered))),
      rounded(Math.max(...each.runs.map(({ wrong }) => wrong ?? 0))),
    ]),
  );
}

const medianOf = (entry: Entry | undefined): number =>
  median((entry?.runs ?? []).map(({ seconds }) => seconds));
