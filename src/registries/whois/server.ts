import type { TextServer } from '../client/exchange.js';
import type { RequestLimit } from '../client/request-pacing.js';

/**
 * A line of a reply, whole, or several that follow each other, separated by `\n`. Blank lines do not count, nor does more
 * than one space. `{name}` stands for a domain name, `{any}` for any text, `{epp}` for a status of EPP (RFC 5731 section
 * 2.3), which text may follow. All else is literal.
 */
export type Pattern = string;

/** Patterns that must all be in a reply. */
export type Mark = readonly Pattern[];

/** The WHOIS server of a registry (RFC 3912): how it is asked, and what its replies mean. */
export interface WhoisServer extends TextServer {
  /** Where the names are that it knows. */
  readonly suffixes: readonly string[];
  /** The line to send, without its end: `{name}` stands for the name. */
  readonly question: string;
  /** What the registry allows. */
  readonly limit: RequestLimit;
  readonly encoding: 'utf-8' | 'latin1';
  /** Whether it is known to understand internationalized names in their ASCII form. */
  readonly understandsAscii: boolean;
  /** The marks that mean "no such registration"; one is enough. */
  readonly unregistered: readonly Mark[];
  /** The marks of a registered name. */
  readonly registered: readonly Mark[];
  /** The marks of a name that nobody can register, by what the registry says of it. */
  readonly withheld: Readonly<Record<string, readonly Mark[]>>;
  /** The marks of a name without a registration that has a price of its own, by what the registry says of it. */
  readonly premium: Readonly<Record<string, readonly Mark[]>>;
  /** The patterns of a registered name's state that explains why the DNS does not know it. */
  readonly states: Readonly<Record<string, readonly Pattern[]>>;
  /** The marks of a reply that says neither, by what the registry says. */
  readonly unclear: Readonly<Record<string, readonly Mark[]>>;
  /** The patterns of "too many queries". */
  readonly limited: readonly Pattern[];
  /** Where its replies were seen. */
  readonly source: string;
  /** When the newest of these were received: a year and perhaps a month. */
  readonly seen: string;
}

/** What must be said of a server; all else has a default. */
type Row = Partial<WhoisServer> &
  Pick<WhoisServer, 'suffixes' | 'host' | 'unregistered' | 'registered' | 'source' | 'seen'>;

/** Completes a row of the table: one query a second, port 43, the name as the question. */
export const server = (row: Row): WhoisServer => ({
  ...{ port: 43, question: '{name}', limit: { requests: 1, seconds: 1 }, encoding: 'utf-8' },
  ...{ understandsAscii: false, withheld: {}, premium: {}, states: {}, unclear: {}, limited: [] },
  ...row,
});

/** `com.tr`, `net.tr` and so on: suffixes below a top-level domain. */
export const below = (tld: string, labels: string): readonly string[] =>
  labels.split(' ').map((label) => `${label}.${tld}`);
