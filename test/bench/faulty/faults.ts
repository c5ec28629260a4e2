import { indexOf, suffix } from '../names.js';

/** The faults of a server. All but the round trip may be left out; then there is no such fault. */
export interface Faults {
  /** Milliseconds between a query and its reply, uniformly distributed: the least and the most. */
  readonly roundTrip: readonly [number, number];
  /** The share of queries that are lost over UDP, and of replies. */
  readonly loss?: number;
  /** The rate at which it answers. */
  readonly rate?: Rate;
  /** The most queries that it works on at once. */
  readonly atOnce?: number;
  /** What it replies, at once, to queries beyond the rate or the number; without it, they are dropped. */
  readonly refusal?: Refusal;
  /** The names that it never answers. */
  readonly silence?: Silence;
  /** The share of the replies over UDP that are truncated (RFC 1035 section 4.2.1, TC). */
  readonly truncated?: number;
  /** The number of loopback addresses that it listens on; without it, only 127.0.0.1. */
  readonly addresses?: number;
  /** Which queries it answers over TCP; without it, connections are refused. */
  readonly tcp?: Reading;
  /** Listens over TLS, too. */
  readonly tls?: Tls;
  /** Listens over HTTPS, too. */
  readonly https?: Https;
}

/** The response codes of a refusal. */
export type Refusal = 'REFUSED' | 'SERVFAIL';

/** A token bucket. */
export interface Rate {
  /** Queries a second. */
  readonly perSecond: number;
  /** Queries that it answers at once after a rest. */
  readonly burst: number;
}

/** Every so many of the first names of the benchmark. */
export interface Silence {
  readonly every: number;
  /** The index after that of the last name that can be one of them. */
  readonly below: number;
}

/** Which queries a server answers over TCP. It ignores the others, and leaves the connection open. */
export type Reading = 'all' | 'the first of each segment' | 'the first of each connection';

/** Where an encrypted transport listens, and with which certificate. */
interface Encrypted {
  readonly port: number;
  readonly certFile: string;
  readonly keyFile: string;
}

/** A server over TLS that closes connections. */
export interface Tls extends Encrypted {
  /** The most queries that it takes on a connection; after their replies, it closes the connection. */
  readonly perConnection: number;
}

/** A server over HTTPS that refuses streams. */
export interface Https extends Encrypted {
  /** The most open streams of a connection; it refuses others, though it announces 100 (RFC 9113 section 5.1.2). */
  readonly streams: number;
}

/** Whether the name with this index is never answered. */
export const isSilent = ({ every, below }: Silence, index: number): boolean =>
  index < below && index % every === 0;

/** Whether the name with this label is never answered. */
export function isSilentAbout(silence: Silence, label: string): boolean {
  const index = indexOf(`${label}.${suffix}`);
  return index !== undefined && isSilent(silence, index);
}
