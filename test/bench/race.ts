import { createWriteStream } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Checked } from './check.js';
import { type Contender, type Files, filesOf } from './contenders.js';
import { type Cost, measure, median } from './measure.js';
import { lines } from './names.js';
import type { Place, Server } from './servers.js';
import { printTable, rounded } from './table.js';

/** What holds for the whole benchmark. */
export interface Bench extends Place {
  /** How many names the zone of the servers of other makes has, live and absent ones. */
  readonly zoneSize: number;
  /** Whether the numbers of names and rounds are the small ones. */
  readonly quick: boolean;
  /** Whether the system is set to use 127.0.0.1, port 53, and that is the benchmark's. */
  readonly ownSystem: boolean;
}

/** One contender's run. */
interface Run extends Cost, Checked {
  readonly count: number;
  readonly queries: number;
  /** Those of the queries that the server's socket had no room for. */
  readonly dropped: number;
}

/** A contender and its runs. */
export interface Entry {
  readonly contender: Contender;
  readonly count: number;
  readonly runs: Run[];
}

/** Lets each contender look up the first `count` names in turn, A B A B ..., so that a slow minute hits all alike. */
export async function race(
  bench: Bench,
  server: Server,
  contenders: readonly Contender[],
  count: number,
  rounds: number,
): Promise<Entry[]> {
  const entries = contenders.map((contender) => ({
    contender,
    count: Math.ceil(count * (contender.share ?? 1)),
    runs: [] as Run[],
  }));
  await writeFile(join(bench.folder, 'resolvers'), `127.0.0.1:${server.port}\n`);
  for (let round = 0; round < rounds; round++) {
    for (const entry of entries) entry.runs.push(await runOnce(bench, server, entry));
  }
  return entries;
}

async function runOnce(bench: Bench, server: Server, { contender, count }: Entry): Promise<Run> {
  const { folder, authority, zoneSize } = bench;
  const files = await prepared(folder, count);
  const outputFile = join(folder, 'output');
  const inputFile = contender.reads && files.names;
  // Only for those who need it, as it costs Node time.
  const variables = contender.isEncrypted ? { NODE_EXTRA_CA_CERTS: authority.file } : {};
  const before = await server.sent();
  const cost = await measure(contender.command(files), { folder, outputFile, inputFile, variables });
  const after = await server.sent();
  const dropped = after.dropped - before.dropped;
  const queries = after.received - before.received + dropped;
  const checked = await contender.check({ count, known: zoneSize }, outputFile, cost.stderr);
  return { ...cost, ...checked, count, queries, dropped };
}

/** Writes the files of so many names, if that has not been done. */
async function prepared(folder: string, count: number): Promise<Files> {
  const files = filesOf(folder, count);
  const write = (file: string, end: string) =>
    access(file).catch(() => pipeline(Readable.from(lines(count, end)), createWriteStream(file)));
  await Promise.all([write(files.names, '\n'), write(files.queries, ' A\n')]);
  return files;
}

const columns = [
  'contender',
  'names',
  'seconds',
  'names/s',
  'CPU µs a name',
  'peak MB',
  'queries a name',
  'no room for',
  'no answer',
  'wrong',
];

/** Prints the medians of a race, compared with massdns where it took part. */
export function printRace(title: string, entries: readonly Entry[], notes: readonly string[] = []): void {
  const rows = entries.map((entry) => ({ entry, ...medians(entry) }));
  const massdns = rows.find(({ entry }) => entry.contender.title.startsWith('massdns'));
  const compared = massdns ? ['names/s / massdns', 'CPU / massdns'] : [];
  const cells = rows.map(({ entry, seconds, speed, processor, ...row }) => [
    entry.contender.title,
    ...[entry.count, seconds, speed, processor, row.megabytes, row.queries, row.dropped].map(rounded),
    `${row.unanswered}`,
    `${row.wrong ?? '-'}`,
    ...(massdns ? [rounded(speed / massdns.speed), rounded(processor / massdns.processor)] : []),
  ]);
  printTable(title, [...columns, ...compared], cells, [...notes, ...failuresOf(entries)]);
}

/** The middle of all that can be good or bad luck; of names without a true answer all that there were. */
function medians({ runs }: Entry) {
  const middle = (value: (run: Run) => number) => median(runs.map(value));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const wrong = runs.flatMap((run) => run.wrong ?? []);
  return {
    seconds: middle(({ seconds }) => seconds),
    // Only true answers count, so that a program that gives up early is not the fastest.
    speed: middle(({ count, unanswered, wrong = 0, seconds }) => (count - unanswered - wrong) / seconds),
    processor: middle(({ processorSeconds, count }) => (processorSeconds / count) * 1e6),
    megabytes: middle(({ megabytes }) => megabytes),
    queries: middle(({ queries, count }) => queries / count),
    dropped: middle(({ dropped }) => dropped),
    unanswered: sum(runs.map(({ unanswered }) => unanswered)),
    wrong: wrong.length === 0 ? undefined : sum(wrong),
  };
}

/** What went wrong, in a line for each way in which it did. */
export function failuresOf(entries: readonly Entry[]): string[] {
  const lines = entries.flatMap(({ contender, runs }) =>
    runs
      .filter(isFailure)
      .map(({ status, stderr }) => `${contender.title}: status ${status}. ${gist(stderr)}`),
  );
  return [...new Set(lines)];
}

/** Status 1 alone says only that some names have no answer, and those are counted. */
const isFailure = ({ status, wrong = 0 }: Run): boolean => (status !== 0 && status !== 1) || wrong > 0;

/** The line that names an error, or the first. */
const gist = (text: string): string =>
  (/^.*error.*$/im.exec(text)?.[0] ?? text.split('\n')[0] ?? '').slice(0, 200);
