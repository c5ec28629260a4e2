import { fork } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { probeAll, type Status } from '../../src/index.js';
import { runUnsteadyServer } from './server.js';
import { nameAt, truthOf } from './truth.js';

/** The names of which one may come out unknown. */
const namesForOneUnknown = 10_000;
/** The growth of the memory in use in the second half of the run that counts as flat, in megabytes. */
const tolerableGrowth = 20;
/** The same for sockets and timers, some of which come and go. */
const tolerableResources = 20;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** `npm run soak`: probes many names through servers with faults, and checks every result. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      names: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    },
  });
  const count = Number(values.names);
  const seed = Number(values.seed);
  console.log(`${count} names, seed ${seed}`);
  const children = [seed, seed + 1].map((each) => fork(process.argv[1] ?? '', ['server', String(each)]));
  try {
    const ports = await Promise.all(children.map(async (child) => Number((await once(child, 'message'))[0])));
    const problems = await soak(
      count,
      ports.map((port) => `127.0.0.1:${port}`),
    );
    for (const problem of problems) console.log(`FAILED: ${problem}`);
    return problems.length > 0 ? 1 : 0;
  } finally {
    for (const child of children) child.kill();
  }
}

/** Probes the names, and returns what is wrong with the results. */
async function soak(count: number, servers: readonly string[]): Promise<string[]> {
  const seen = new Uint8Array(count);
  const tally: Partial<Record<Status, number>> = {};
  const reasons = new Map<string, number>();
  const problems: string[] = [];
  let done = 0;
  let memoryBefore = 0;
  let memory = 0;
  let resourcesBefore = 0;
  let resources = 0;
  const report = Math.ceil(count / 10);
  for await (const { name, status, reason, evidence, tries, ms } of probeAll(names(count), { servers })) {
    const index = Number.parseInt(name.slice(1), 36);
    if (seen[index]) problems.push(`${name} came out twice`);
    seen[index] = 1;
    tally[status] = (tally[status] ?? 0) + 1;
    if (status === 'unknown') {
      const kind = `${(reason ?? '').replaceAll(/\w+:\/\/[\d.:]+/g, 'SERVER')} (${tries} tries, ${Math.round(ms / 500) / 2} s)`;
      reasons.set(kind, (reasons.get(kind) ?? 0) + 1);
    } else if (status !== truthOf(name)) {
      problems.push(`${name} is ${truthOf(name)}, and came out ${status}: ${evidence.join('; ')}`);
    }
    if (++done % report !== 0) continue;
    memory = memoryInUse();
    // Sockets, connections and timers.
    resources = process.getActiveResourcesInfo().length;
    if (done === 5 * report) {
      memoryBefore = memory;
      resourcesBefore = resources;
    }
    console.log(
      `${done} names, ${Math.round(memory)} MB, ${resources} sockets and timers, ${JSON.stringify(tally)}`,
    );
  }
  const missing = seen.filter((each) => each === 0).length;
  if (missing > 0) problems.push(`${missing} names did not come out`);
  const unknown = tally.unknown ?? 0;
  for (const [reason, times] of reasons) console.log(`unknown, ${times} times: ${reason}`);
  if (unknown * namesForOneUnknown > count) problems.push(`${unknown} of ${count} names are unknown`);
  if (memory - memoryBefore > tolerableGrowth)
    problems.push(`the memory grew from ${Math.round(memoryBefore)} to ${Math.round(memory)} MB`);
  if (resources - resourcesBefore > tolerableResources)
    problems.push(`sockets and timers grew from ${resourcesBefore} to ${resources}`);
  return problems.slice(0, 20);
}

/** Collects garbage, which would come and go by chance, and returns the memory that is left in use, in megabytes. */
function memoryInUse(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

function* names(count: number): Generator<string> {
  for (let index = 0; index < count; index++) yield nameAt(index);
}

const [role, seed] = process.argv.slice(2);
if (role === 'server') await runUnsteadyServer(Number(seed));
else process.exitCode = await main();
