import { parseWholeName } from './names/candidate.js';
import { defaults, maximums } from './probe/defaults.js';
import { openProber, type ProberOptions } from './probe/prober.js';
import type { ProbeResult } from './probe/result.js';
import { parseServer, serverForms, systemServers } from './probe/servers.js';
import { asCompleted, inBatches } from './util/as-completed.js';

export type { ProbeResult, Status } from './probe/result.js';

/** How to probe. Each option means what the command's option of the same name means. */
export interface ProbeOptions {
  /**
   * Name servers, written as for `--server`: `192.0.2.1`, `tls://dns.example@192.0.2.1`, `quad9`, `system`; by default
   * those that the system is set to use.
   */
  readonly servers?: readonly string[];
  /** The most names in flight, 1 to 10,000; by default it adapts to the servers. */
  readonly concurrency?: number;
  /** Seconds that one attempt may take; by default 3. */
  readonly timeout?: number;
  /** Attempts for one question, at all servers together; by default 7. */
  readonly tries?: number;
  /** Whether the name servers are tested before they are believed; by default true. */
  readonly canary?: boolean;
  /** Stops the work in flight; pending promises then reject with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Finds out what the DNS knows about one name.
 *
 * @param name a whole domain name, in Unicode or in its ASCII form (RFC 5891); a text that is not one comes back as
 * `unknown`.
 * @returns the result; a name without an answer has the status `unknown` and does not reject.
 * @throws RangeError if an option is out of its range; the signal's reason if it is aborted.
 */
export async function probe(name: string, options: ProbeOptions = {}): Promise<ProbeResult> {
  for await (const result of probeAll([name], options)) return result;
  throw new Error('Expected a result for the name, got none');
}

/**
 * Finds out what the DNS knows about many names, and yields each result when it is known. Names are pulled only when
 * there is room for them, so an endless source needs no more memory than a short one. Leaving the loop stops the work
 * in flight.
 *
 * @param names whole domain names; a text that is not one comes back as `unknown` and does not end the stream.
 * @throws RangeError at once if an option is out of its range; while iterating, the signal's reason if it is aborted, or
 * an error of `names`.
 */
export function probeAll(
  names: Iterable<string> | AsyncIterable<string>,
  options: ProbeOptions = {},
): AsyncGenerator<ProbeResult, void, undefined> {
  const {
    concurrency = defaults.concurrency,
    timeout = defaults.timeout,
    tries = defaults.tries,
    canary = true,
    signal,
  } = options;
  expectWholeNumber('concurrency', concurrency, maximums.concurrency);
  expectWholeNumber('tries', tries, maximums.tries);
  if (!(timeout > 0 && timeout <= maximums.timeout))
    refuse('timeout', `above 0, up to ${maximums.timeout}`, timeout);
  if (typeof names === 'string') refuse('names', 'an iterable of names', 'a string');
  const servers = options.servers?.map(readServer) ?? systemServers();
  if (servers.length === 0) refuse('servers', 'at least one server', 'none');
  return probeEach(names, { servers, concurrency, timeout: timeout * 1000, tries, canary }, signal);
}

async function* probeEach(
  names: Iterable<string> | AsyncIterable<string>,
  options: ProberOptions & { readonly concurrency: number },
  signal: AbortSignal | undefined,
): AsyncGenerator<ProbeResult, void, undefined> {
  const prober = openProber(options);
  // Closes the sockets at once, even if nobody asks for another result.
  signal?.addEventListener('abort', prober.close, { once: true });
  const concurrency = () => Math.min(options.concurrency, prober.capacity());
  const probeText = async (text: string): Promise<ProbeResult> => {
    const name = parseWholeName(String(text));
    return 'problem' in name ? notAName(text, name.problem) : prober.probe(name);
  };
  try {
    for await (const results of asCompleted(inBatches(names), concurrency, probeText, signal)) yield* results;
  } finally {
    signal?.removeEventListener('abort', prober.close);
    prober.close();
  }
}

const notAName = (text: string, reason: string): ProbeResult => ({
  name: text,
  word: '',
  tld: '',
  status: 'unknown',
  reason,
  addresses: [],
  tries: 0,
  ms: 0,
  evidence: [],
});

function expectWholeNumber(option: string, value: number, maximum: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= maximum) return;
  refuse(option, `a whole number from 1 to ${maximum}`, value);
}

function readServer(text: string) {
  return parseServer(text) ?? refuse('servers', serverForms, text);
}

function refuse(option: string, expected: string, got: unknown): never {
  throw new RangeError(`Expected \`${option}\` to be ${expected}, got ${String(got)}`);
}
