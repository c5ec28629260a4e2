import { formats } from '../../formats/index.js';
import type { Candidate } from '../../names/candidate.js';
import { readCandidates } from '../../names/candidates.js';
import { openSources } from '../../names/sources.js';
import { openProber } from '../../probe/prober.js';
import type { ConfirmAll, ConfirmOptions } from '../../rdap/open.js';
import { asCompleted } from '../../util/as-completed.js';
import { exitStatus } from '../shared/exit-status.js';
import { createOutput, type Output } from '../shared/output.js';
import type { Streams } from '../shared/program.js';
import type { Options } from './options.js';

type Candidates = AsyncIterable<Iterable<Candidate>>;

/** Prints a message to the user. */
type Report = (message: string) => void;

/**
 * Runs the stages: words to candidate names, names to results, results to text.
 *
 * @param signal ends the run; its reason is the exit status.
 * @returns the exit status.
 */
export async function run(options: Options, streams: Streams, signal: AbortSignal): Promise<number> {
  const report: Report = (message) => streams.stderr.write(`blogdom: ${message}\n`);
  let badLines = 0;
  const sources = await openSources(options, streams.stdin, (message) => {
    badLines++;
    report(message);
  });
  if ('problem' in sources) {
    report(sources.problem);
    return exitStatus.usage;
  }
  const confirmAll = options.list ? undefined : options.confirm && (await openRegistries(options.confirm));
  if (confirmAll && 'problem' in confirmAll) {
    report(confirmAll.problem);
    return exitStatus.usage;
  }
  const output = createOutput(streams.stdout);
  const candidates = readCandidates(sources, options.tlds);
  try {
    const unanswered = options.list
      ? await Promise.race([list(candidates, output, signal), aborted(signal)])
      : await probeAll(candidates, confirmAll, options, output, report, signal);
    return unanswered + badLines > 0 ? exitStatus.unanswered : exitStatus.answered;
  } catch (error) {
    if (signal.aborted) return Number(signal.reason);
    report(error instanceof Error ? error.message : String(error));
    return exitStatus.usage;
  } finally {
    await output.flush();
  }
}

/** Lines are written as soon as they have this many characters: one word can have very many candidates. */
const listChunk = 65_536;

/** Writes the candidate names without probing them. */
async function list(candidates: Candidates, output: Output, signal: AbortSignal): Promise<0> {
  for await (const batch of candidates) {
    let lines = '';
    for (const { name } of batch) {
      lines += `${name}\n`;
      if (lines.length < listChunk) continue;
      await output.write(lines);
      signal.throwIfAborted();
      lines = '';
    }
    await output.write(lines);
  }
  return 0;
}

/** Rejects with the signal's reason when the signal aborts. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

/** Loads the registry client only if it is needed, because its lists are long. */
async function openRegistries(options: ConfirmOptions): Promise<ConfirmAll | { readonly problem: string }> {
  const rdap = await import('../../rdap/open.js');
  return rdap.openRegistries(options);
}

/** Probes the candidates and writes their results. Returns how many names have no answer. */
async function probeAll(
  candidates: Candidates,
  confirmAll: ConfirmAll | undefined,
  options: Options,
  output: Output,
  report: Report,
  signal: AbortSignal,
): Promise<number> {
  const { servers, concurrency, timeout, tries, only, verbose } = options;
  const log = verbose ? report : undefined;
  const format = await formats[options.format](options);
  const prober = openProber({ ...options, log, note: report });
  const limits = `at most ${concurrency} names at once, ${timeout / 1000} s for one try, ${tries} tries for one question`;
  log?.(`asking ${servers.map(({ url }) => url).join(', ')}; ${limits}`);
  const room = () => Math.min(concurrency, prober.capacity());
  const probed = asCompleted(candidates, room, prober.probe, signal);
  const results = confirmAll?.(probed, signal) ?? probed;
  let unanswered = 0;
  try {
    if (format.header) output.write(format.header);
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
