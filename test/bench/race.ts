import { createWriteStream } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Checked } from './check.js';
import { type Contender, type Files, filesOf } from './contenders.js';
import { type Cost, measure } from './measure.js';
import { lines } from './names.js';
import type { Server, ServerSetup } from './servers.js';

/** The settings of the whole benchmark. */
export interface Bench extends ServerSetup {
  /** The number of names, live and absent, that the zone of the foreign servers is made from. */
  readonly zoneSize: number;
  /** Whether to ask for fewer names in fewer rounds. */
  readonly quick: boolean;
  /** Whether the system is set to use the benchmark's server, at port 53 of 127.0.0.1. */
  readonly ownSystem: boolean;
}

/** One run of a contender. */
export interface Run extends Cost, Checked {
  readonly count: number;
  readonly queries: number;
  /** Queries that were dropped because the buffer of the server's socket was full. */
  readonly dropped: number;
  /** The most queries in any one second, if the server knows. */
  readonly busiestSecond: number | undefined;
  /** The server's processor time, as a share of the run: close to 1, a server with one thread is the limit. */
  readonly serverBusy: number;
}

/** A contender and its runs. */
export interface Entry {
  readonly contender: Contender;
  readonly count: number;
  readonly runs: Run[];
}

/** Makes the contenders look up the first `count` names in turn (A B A B), so that a slow minute hits all of them. */
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
  const files = await prepareFiles(folder, count);
  const outputFile = join(folder, 'output');
  const inputFile = contender.readsStandardInput ? files.names : undefined;
  // Only for contenders that need it, because it costs Node time.
  const variables = contender.isEncrypted ? { NODE_EXTRA_CA_CERTS: authority.file } : {};
  const before = await server.counts();
  const busyBefore = await server.processorSeconds();
  const cost = await measure(contender.command(files), { folder, outputFile, inputFile, variables });
  const serverBusy = ((await server.processorSeconds()) - busyBefore) / cost.seconds;
  const after = await server.counts();
  const dropped = after.dropped - before.dropped;
  const queries = after.received - before.received + dropped;
  const checked = await contender.check({ count, known: zoneSize }, outputFile, cost.stderr);
  return { ...cost, ...checked, count, queries, dropped, busiestSecond: after.busiestSecond, serverBusy };
}

/** Writes the input files for `count` names, unless they exist. */
async function prepareFiles(folder: string, count: number): Promise<Files> {
  const files = filesOf(folder, count);
  const write = (file: string, end: string) =>
    access(file).catch(() => pipeline(Readable.from(lines(count, end)), createWriteStream(file)));
  await Promise.all([write(files.names, '\n'), write(files.queries, ' A\n')]);
  return files;
}
