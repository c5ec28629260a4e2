import type { Writable } from 'node:stream';
import { asCompleted } from './as-completed.js';
import { openResolver } from './dns/resolver.js';
import { exitStatus } from './exit-status.js';
import { formats } from './formats/index.js';
import { names } from './names.js';
import type { Options } from './options.js';
import { type Output, openOutput } from './output.js';
import { probe } from './probe.js';
import type { Candidate } from './result.js';
import { openSources } from './sources.js';

/** What a run reads and writes. */
export interface Streams {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/**
 * Joins the stages: words to names, names to results, results to text.
 *
 * @param signal ends the run; its reason is the exit status.
 * @returns the exit status.
 */
export async function run(options: Options, streams: Streams, signal: AbortSignal): Promise<number> {
  const report = (message: string) => streams.stderr.write(`blogdom: ${message}\n`);
  let badLines = 0;
  const sources = await openSources(options, streams.stdin, (message) => {
    badLines++;
    report(message);
  });
  if ('problem' in sources) {
    report(sources.problem);
    return exitStatus.usage;
  }
  const output = openOutput(streams.stdout);
  const candidates = names(sources, options.tlds);
  try {
    const unanswered = options.list
      ? await list(candidates, output, signal)
      : await probeNames(candidates, options, output, report, signal);
    return unanswered + badLines > 0 ? exitStatus.unanswered : exitStatus.answered;
  } catch (error) {
    if (signal.aborted) return Number(signal.reason);
    report(error instanceof Error ? error.message : String(error));
    return exitStatus.usage;
  } finally {
    await output.flush();
  }
}

async function list(candidates: AsyncIterable<Candidate>, output: Output, signal: AbortSignal): Promise<0> {
  const inOrder = asCompleted(candidates, 1, async ({ name }) => name, signal);
  for await (const name of inOrder) await output.write(`${name}\n`);
  return 0;
}

/** @returns how many names have no answer. */
async function probeNames(
  candidates: AsyncIterable<Candidate>,
  options: Options,
  output: Output,
  report: (message: string) => void,
  signal: AbortSignal,
): Promise<number> {
  const { servers, concurrency, timeout, tries, only, verbose } = options;
  const log = verbose ? report : undefined;
  const format = await formats[options.format](options);
  const resolver = openResolver({ servers, timeout, tries, log });
  const each = `${timeout / 1000} s and ${tries} tries each`;
  log?.(`asking ${servers.map(({ url }) => url).join(', ')}; at most ${concurrency} names at once, ${each}`);
  let unanswered = 0;
  try {
    if (format.header) output.write(format.header);
    const results = asCompleted(
      candidates,
      concurrency,
      (candidate) => probe(candidate, resolver.ask),
      signal,
    );
    for await (const result of results) {
      if (result.status === 'unknown') unanswered++;
      if (only.has(result.status)) await output.write(format.line(result));
    }
    return unanswered;
  } finally {
    resolver.close();
  }
}
