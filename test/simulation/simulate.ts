import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { check, isShortcoming } from './check.js';
import { play } from './play.js';
import { createSeededRandom } from './random.js';
import { createWorld } from './random-world.js';
import { readArguments, type SimulateArguments } from './read-arguments.js';
import { shrink } from './shrink.js';
import type { World } from './world.js';

/**
 * Plays many worlds in virtual time, and checks each: `npm run simulate -- --worlds N --seed S`.
 *
 * A world (world.ts) is made up from a seed (random-world.ts): names, servers, the lines to them, and the options of a run. The
 * run itself (play.ts) is the real one, from candidates to results; only time (virtual-clock.ts), chance (random.ts) and the
 * sockets (network.ts, server.ts) are simulated. So the same seed gives the same worlds and the same runs, to the last event.
 * What comes out is compared with what is true (check.ts), and what it cost with the least possible (least.ts, allowance.ts).
 *
 * A world that fails is printed as small as it can be made (shrink.ts). It is ready for fixed-worlds.ts, whose worlds are unit
 * tests. The exit status is 1 if a world has failed, and 2 if the arguments are wrong.
 */

/** The worlds that one thread plays: every so many from the first one on. */
interface Share {
  readonly seed: number;
  readonly worlds: number;
  readonly first: number;
  readonly step: number;
}

/** What came of one world. */
interface Outcome {
  readonly index: number;
  readonly hash: number;
  readonly excused: number;
  /** What is wrong, and a small world that shows it; undefined if nothing is. */
  readonly failure: { readonly problems: readonly string[]; readonly world: World } | undefined;
}

if (isMainThread) await main(process.argv.slice(2));
else await playShare(workerData as Share);

async function main(args: readonly string[]): Promise<void> {
  let read: SimulateArguments;
  try {
    read = readArguments(args);
  } catch (error) {
    console.error(`simulate: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 2;
    return;
  }
  await simulate(read);
}

async function simulate({ worlds, seed, unlucky }: SimulateArguments): Promise<void> {
  // A run that never ends has to be repeated, too.
  console.log(`${worlds} worlds, seed ${seed}`);
  const start = performance.now();
  const outcomes = await playAll(worlds, seed);
  const failures = outcomes.filter(({ failure }) => failure !== undefined);
  const excused = outcomes.reduce((sum, outcome) => sum + outcome.excused, 0);
  const hash = outcomes.reduce((mixed, outcome) => mix(mixed, outcome.hash), seed);
  console.log(`${excused} names were asked for during a lie that lay between two right witnesses`);
  console.log(`${failures.length} worlds failed`);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${worlds} worlds, seed ${seed}, events ${hash.toString(16).padStart(8, '0')}, ${seconds} s`);
  const isGrave = failures.some(({ failure }) => !failure?.problems.every(isShortcoming));
  process.exitCode = isGrave || failures.length > unlucky ? 1 : 0;
}

/** Plays worlds in as many threads as there are processors. Prints failures as they come. */
async function playAll(worlds: number, seed: number): Promise<Outcome[]> {
  const step = availableParallelism();
  const outcomes: Outcome[] = [];
  const playInThread = (first: number) =>
    new Promise<void>((resolve, reject) => {
      const share: Share = { seed, worlds, first, step };
      const worker = new Worker(new URL(import.meta.url), { workerData: share });
      worker.on('message', (outcome: Outcome) => {
        outcomes.push(outcome);
        report(outcome);
      });
      worker.on('error', reject);
      worker.on('exit', () => resolve());
    });
  await Promise.all(Array.from({ length: step }, (_, first) => playInThread(first)));
  if (outcomes.length !== worlds) throw new Error(`Expected ${worlds} outcomes, got ${outcomes.length}`);
  return outcomes.sort((one, other) => one.index - other.index);
}

function report({ index, failure }: Outcome): void {
  if (failure === undefined) return;
  const { problems, world } = failure;
  console.log(`world ${index} failed, and this smaller one: ${JSON.stringify(world)}`);
  for (const problem of problems) console.log(`  ${problem}`);
}

async function playShare({ seed, worlds, first, step }: Share): Promise<void> {
  for (let index = first; index < worlds; index += step)
    parentPort?.postMessage(await playOne(index, mix(seed, index)));
}

async function playOne(index: number, seed: number): Promise<Outcome> {
  const world = createWorld(seed, createSeededRandom(seed));
  const { problems, excused, hash } = await judge(world);
  if (problems.length === 0) return { index, hash, excused, failure: undefined };
  const smallest = await shrink(world, async (smaller) => (await judge(smaller)).problems.length > 0);
  // Shortcomings come last, so that none of them hides a wrong word.
  const all = (await judge(smallest)).problems;
  const sorted = [...all.filter((each) => !isShortcoming(each)), ...all.filter(isShortcoming)];
  const failure = { problems: sorted.slice(0, 5), world: smallest };
  return { index, hash, excused, failure };
}

/** Plays and checks a world. That a run gets stuck is a problem, too. */
async function judge(world: World) {
  try {
    const played = await play(world);
    return { ...check(world, played), hash: played.hash };
  } catch (error) {
    return { problems: [String(error)], excused: 0, hash: 0 };
  }
}

/** Mixes two numbers of 32 bits (murmur3's finalizer). */
function mix(one: number, other: number): number {
  let value = Math.imul(one ^ Math.imul(other + 0x9e3779b9, 0x85ebca6b), 0xc2b2ae35);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
