import type { Candidate } from '../names/candidate.js';
import { keysOf } from '../util/keys.js';
import type { ForSale } from './for-sale.js';

/** The details of a registration, from the registry. Each text is safe to print. */
export interface Registration {
  /** The name of the registrar. */
  readonly registrar?: string | undefined;
  /** When the name was registered, and until when: ISO 8601, in UTC. */
  readonly created?: string | undefined;
  readonly expires?: string | undefined;
  /** The states of the registration, in the words of RDAP (RFC 8056 section 2). */
  readonly statuses?: readonly string[] | undefined;
}

interface Common extends Candidate, Registration {
  /** IPv4 and IPv6 addresses in their text forms; empty unless the status is `live`. */
  readonly addresses: readonly string[];
  /** The offer to sell the name, if there is one and it was asked for. */
  readonly forSale?: ForSale | undefined;
  /** The response code by its name in IANA's registry (RFC 6895 section 2.3), if there was a reply. */
  readonly rcode?: string | undefined;
  /** The server that was asked last, as `udp://192.0.2.1:53`. */
  readonly server?: string | undefined;
  /** Queries sent for this name, to all servers together. */
  readonly tries: number;
  /** Milliseconds from the first query to the verdict. */
  readonly ms: number;
  /** The evidence for the status, in words. */
  readonly evidence: readonly string[];
}

/** There is an answer. */
interface Known<KnownStatus extends string> extends Common {
  readonly status: KnownStatus;
  readonly reason?: string | undefined;
}

/** There is no trustworthy answer; the reason says why. */
interface Unknown extends Common {
  readonly status: 'unknown';
  readonly reason: string;
}

/** The outcome of probing one name. */
export type ProbeResult =
  /** The name has an address. */
  | Known<'live'>
  /** The name exists without an address (it is delegated, or an alias to nowhere), or it is registered. */
  | Known<'taken'>
  /** The DNS does not know the name (NXDOMAIN): perhaps free. */
  | Known<'absent'>
  /** The DNS does not know the name, and its registry has no registration of it. */
  | Known<'unregistered'>
  | Unknown;

/** The outcome in one word. */
export type Status = ProbeResult['status'];

/** The mark of each status in text, in the order in which help lists them. */
export const marks = {
  live: '+',
  taken: '~',
  absent: ' ',
  unregistered: '*',
  unknown: '?',
} as const satisfies Record<Status, string>;

/** All statuses, in the order of their marks. */
export const statuses = keysOf(marks);

/** The statuses of a name that is perhaps free. */
export const freeStatuses = ['absent', 'unregistered'] as const satisfies readonly Status[];

/** The meaning of each status, in words. */
export const meanings = {
  live: 'it has an address',
  taken: 'it exists without an address, or it is registered',
  absent: 'the DNS does not know it: perhaps free',
  unregistered: 'with --confirm: its registry has no registration of it',
  unknown: 'no trustworthy answer; the reason follows the name',
} as const satisfies Record<Status, string>;
