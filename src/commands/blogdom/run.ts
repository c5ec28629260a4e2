import { formats } from '../../formats/index.js';
import type { Candidate } from '../../names/candidate.js';
import { readCandidates } from '../../names/candidates.js';
import { openSources } from '../../names/sources.js';
import { openProber } from '../../probe/prober.js';
import type { Confirm } from '../../rdap/confirm.js';
import type { ConfirmOptions } from '../../rdap/open.js';
import { asCompleted, inBatches, promised } from '../../util/as-completed.js';
import { exitStatus } from '../shared/exit-status.js';
import { type Output, openOutput } from '../shared/output.js';
import type { Streams } from '../shared/program.js';
import type { Options } from './options.js';

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
  const confirm = options.list ? undefined : options.confirm && (await openRegistries(options.confirm));
  if (confirm && 'problem' in confirm) {
    report(confirm.problem);
    return exitStatus.usage;
  }
  const output = openOutput(streams.stdout);
  const candidates = readCandidates(sources, options.tlds);
  try {
    const unanswered = options.list
      ? await list(candidates, output, signal)
      : await probeNames(candidates, confirm, options, output, report, signal);
    return unanswered + badLines > 0 ? exitStatus.unanswered : exitStatus.answered;
  } catch (error) {
    if (signal.aborted) return Number(signal.reason);
    report(error instanceof Error ? error.message : String(error));
    return exitStatus.usage;
  } finally {
    await output.flush();
  }
}

type Candidates = AsyncIterable<Iterable<Candidate>>;

/** Characters that are written together: of one word many names may be made. */
const listedAtOnce = 65_536;

async function list(candidates: Candidates, output: Output, signal: AbortSignal): Promise<0> {
  const write = async (batch: Iterable<Candidate>) => {
    let lines = '';
    for (const { name } of batch) {
      lines += `${name}\n`;
      if (lines.length < listedAtOnce) continue;
      await output.write(lines);
      lines = '';
    }
    await output.write(lines);
  };
  // One batch after the other, which keeps their order.
  for await (const _ of asCompleted(inBatches(candidates), 1, promised(write), signal));
  return 0;
}

/** Results that may wait for their registries while the probing goes on. */
const maximumUnconfirmed = 10_000;

/** Loaded only where registries are asked: the lists that they need are long. */
async function openRegistries(options: ConfirmOptions): Promise<Confirm | { readonly problem: string }> {
  const rdap = await import('../../rdap/open.js');
  return rdap.openRegistries(options);
}

/** @returns how many names have no answer. */
async function probeNames(
  candidates: Candidates,
  confirm: Confirm | undefined,
  options: Options,
  output: Output,
  report: (message: string) => void,
  signal: AbortSignal,
): Promise<number> {
  const { servers, concurrency, timeout, tries, only, verbose } = options;
  const log = verbose ? report : undefined;
  const format = await formats[options.format](options);
  const prober = openProber({ ...options, log, note: report });
  const each = `${timeout / 1000} s and ${tries} tries each`;
  log?.(`asking ${servers.map(({ url }) => url).join(', ')}; at most ${concurrency} names at once, ${each}`);
  let unanswered = 0;
  try {
    if (format.header) output.write(format.header);
    const most = () => Math.min(concurrency, prober.capacity());
    const probed = asCompleted(candidates, most, prober.probe, signal);
    const results = confirm ? asCompleted(probed, maximumUnconfirmed, promised(confirm), signal) : probed;
    for await (const batch of results) {
      let lines = '';
      for (const result of batch) {
        if (result.status === 'unknown') unanswered++;
        if (only.has(result.status)) lines += format.line(result);
      }
      await output.write(lines);
    }
    return unanswered;
  } finally {
    prober.close();
  }
}
