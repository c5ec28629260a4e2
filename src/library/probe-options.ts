import { defaults, maximums } from '../probe/defaults.js';
import { explainServer } from '../servers/explain-server.js';
import { parseServerChoice, type ServerChoice } from '../servers/server-choice.js';
import { isObject } from '../util/json.js';
import { keysOf } from '../util/keys.js';
import { printable, quoted } from '../util/printable.js';
import { nearest } from '../util/suggestions.js';
import type { LibraryOptions } from './open-prober.js';

/** How to probe. Each option means what the command's option of the same name means. */
export interface ProbeOptions {
  /**
   * Name servers, written as for `--server`: `192.0.2.1`, `tls://dns.example@192.0.2.1`, `quad9`, `system`, `authority`; by default
   * those that the system is set to use. They are read when a call begins and none that could share with it is in flight,
   * and again each second while no name is answered: the network may have changed.
   */
  readonly servers?: readonly string[];
  /**
   * The most names in flight, 1 to 10,000; by default it adapts to the servers. Overlapping calls of `probe` with equal
   * options count together.
   */
  readonly concurrency?: number;
  /** Seconds that one attempt may take; by default 3. */
  readonly timeout?: number;
  /** Attempts for one question, at all servers together; by default 7. */
  readonly tries?: number;
  /** Whether the name servers are tested before they are believed; by default true. */
  readonly canary?: boolean;
  /** Whether offers to sell names that exist are asked for; by default false. */
  readonly forSale?: boolean;
  /**
   * Whether the registries are asked: with `true` about absent and unknown names, with `'all'` about live and taken ones, too;
   * by default false. Results then have what is known of the registration.
   */
  readonly confirm?: boolean | 'all';
  /** The path or the URL of a bootstrap file (RFC 9224), which says who is asked; by default, IANA's. */
  readonly rdapBootstrap?: string;
  /** Stops the work in flight; pending promises then reject with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Checks the options of the library, and fills in the defaults.
 *
 * @returns how to probe, with times in milliseconds, and the signal that ends the work.
 * @throws TypeError if an option is not known or has the wrong type; RangeError if it is out of its range.
 */
export function readProbeOptions(options: unknown): {
  readonly proberOptions: LibraryOptions;
  readonly signal: AbortSignal | undefined;
} {
  if (!isObject(options)) throw wrongType('options', 'an object', options);
  refuseUnknown(options);
  const { servers, canary = true, forSale = false, signal } = options;
  const concurrency = wholeNumberOf(options, 'concurrency');
  const timeout = numberOf(options, 'timeout');
  const tries = wholeNumberOf(options, 'tries');
  if (typeof canary !== 'boolean') throw wrongType('canary', 'true or false', canary);
  if (typeof forSale !== 'boolean') throw wrongType('forSale', 'true or false', forSale);
  if (signal !== undefined && !isSignal(signal)) throw wrongType('signal', 'an AbortSignal', signal);
  if (!(timeout > 0 && timeout <= maximums.timeout))
    throw outOfRange('timeout', `above 0, up to ${maximums.timeout}`, String(timeout));
  return {
    proberOptions: {
      servers: readServers(servers),
      asksAuthorityAfterFailure: servers === undefined,
      concurrency,
      timeout: timeout * 1000,
      tries,
      canary,
      forSale,
      confirm: readConfirm(options),
    },
    signal,
  };
}

/**
 * Creates the error for an argument or an option of the wrong type.
 *
 * @param expected describes the right type, to follow "to be".
 */
export const wrongType = (name: string, expected: string, got: unknown): TypeError =>
  new TypeError(describeMismatch(name, expected, describe(got)));

const outOfRange = (name: string, expected: string, got: string): RangeError =>
  new RangeError(describeMismatch(name, expected, got));

const describeMismatch = (name: string, expected: string, got: string): string =>
  `Expected \`${name}\` to be ${expected}, got ${got}`;

/** All options; the compiler checks that none is missing. */
const names = keysOf({
  servers: true,
  concurrency: true,
  timeout: true,
  tries: true,
  canary: true,
  forSale: true,
  confirm: true,
  rdapBootstrap: true,
  signal: true,
} satisfies Record<keyof ProbeOptions, true>);

function refuseUnknown(options: Readonly<Record<string, unknown>>): void {
  const unknown = Object.keys(options).find((name) => !names.some((known) => known === name));
  if (unknown === undefined) return;
  const meant = nearest(unknown, names);
  const hint =
    meant === undefined ? `, which is none of ${names.join(', ')}` : `: did you mean \`${meant}\`?`;
  throw new TypeError(`Expected options of blogdom, got \`${printable(unknown)}\`${hint}`);
}

function readConfirm(options: Readonly<Record<string, unknown>>): LibraryOptions['confirm'] {
  const { confirm, rdapBootstrap } = options;
  if (confirm !== undefined && typeof confirm !== 'boolean' && confirm !== 'all')
    throw wrongType('confirm', "true, false or 'all'", confirm);
  if (rdapBootstrap !== undefined && typeof rdapBootstrap !== 'string')
    throw wrongType('rdapBootstrap', 'a string', rdapBootstrap);
  if (rdapBootstrap !== undefined && confirm === undefined)
    throw new TypeError('Expected `rdapBootstrap` together with `confirm`, got it alone');
  if (!confirm) return undefined;
  return { scope: confirm === 'all' ? 'all' : 'unanswered', bootstrap: rdapBootstrap };
}

function numberOf(
  options: Readonly<Record<string, unknown>>,
  name: 'concurrency' | 'timeout' | 'tries',
): number {
  const { [name]: value = defaults[name] } = options;
  if (typeof value !== 'number') throw wrongType(name, 'a number', value);
  return value;
}

function wholeNumberOf(options: Readonly<Record<string, unknown>>, name: 'concurrency' | 'tries'): number {
  const value = numberOf(options, name);
  const maximum = maximums[name];
  if (Number.isInteger(value) && value >= 1 && value <= maximum) return value;
  throw outOfRange(name, `a whole number from 1 to ${maximum}`, String(value));
}

function readServers(value: unknown): readonly ServerChoice[] | undefined {
  if (value === undefined) return undefined;
  const servers = parseServers(value);
  if (servers.length === 0) throw outOfRange('servers', 'at least one server', 'none');
  return servers;
}

function parseServers(texts: unknown): readonly ServerChoice[] {
  const expected = 'an array of strings';
  if (!Array.isArray(texts)) throw wrongType('servers', expected, texts);
  return Array.from(texts, (text: unknown) => {
    if (typeof text !== 'string')
      throw new TypeError(describeMismatch('servers', expected, `one that contains ${describe(text)}`));
    const server = parseServerChoice(text);
    if (server !== undefined) return server;
    const { expected: form, got } = explainServer(text);
    throw outOfRange('servers', form, got);
  });
}

/** Whether a value is an AbortSignal, of this or of another realm. */
const isSignal = (value: unknown): value is AbortSignal =>
  isObject(value) &&
  typeof value['aborted'] === 'boolean' &&
  typeof value['addEventListener'] === 'function' &&
  typeof value['removeEventListener'] === 'function';

/** Describes a value for an error message, without calling any code of the value. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return 'an array';
  return isObject(value) ? 'an object' : String(value);
}
