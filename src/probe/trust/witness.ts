import type { Denial } from '../suspicion.js';
import { type Canary, type CanaryReply, describeCanary } from './canary.js';

/** Where something stands in the run's order of events: the places of its first and last query, and of its last reply. */
export interface Span {
  readonly first: number;
  readonly last: number;
  readonly received: number;
}

/** What came back of the canaries that were sent together. */
export interface Witness {
  /** Whether the suffix exists for the server; it must. */
  readonly suffix: Existence;
  /** Whether random names under it exist; they must not. */
  readonly random: Existence;
  /** Whether a name below it exists that is known to; it must. Unanswered if none was asked for. */
  readonly below: Existence;
  /** The place from which on it shows how the server answers: that of the last query that it needs to be right. */
  readonly begun: number;
  /** The places of the first query, and of the first reply. */
  readonly sent: number;
  readonly received: number;
  /** Why a canary has no answer, in words; empty if both have one. */
  readonly failure: string;
  /** The replies in words. */
  readonly evidence: readonly string[];
  /** The denial of the long random name, if it was denied. A short name may be one that the server blocks. */
  readonly denial?: Denial | undefined;
}

/**
 * Reads a witness.
 *
 * @param suffixName the suffix that is tested.
 * @param randoms random names under the suffix, the long one first.
 * @param control a name that exists: the suffix itself or one below it. Without an answer to it, the SOA record in the denial of
 * the random name may prove the suffix as well (RFC 2308 section 3).
 * @param asked the place at which the witness was asked, which counts for canaries without an answer.
 * @param ended the place at which it ended.
 * @param begun the place from which on it shows how the server answers.
 */
export function createWitness(
  suffixName: string,
  randoms: readonly [Canary, ...Canary[]],
  control: Canary | undefined,
  asked: number,
  ended: number,
  begun: number,
): Witness {
  const canaries = control ? [control, ...randoms] : randoms;
  const failure = canaries.flatMap(({ reply }) => ('failure' in reply ? [reply.failure] : []));
  const known = control ? existence(control.reply) : 'unanswered';
  return {
    suffix: known === 'unanswered' && provesSuffix(suffixName, randoms[0].reply) ? 'exists' : known,
    random: joinExistence(randoms.map(({ reply }) => existence(reply))),
    below: control && control.name !== suffixName ? known : 'unanswered',
    begun,
    sent: Math.min(...canaries.map(({ reply }) => ('failure' in reply ? asked : reply.sent))),
    received: Math.min(...canaries.map(({ reply }) => ('failure' in reply ? ended : reply.received))),
    failure: failure[0] ?? '',
    evidence: canaries.map(({ name, reply }) => describeCanary(name, reply)),
    denial: denialIn(randoms[0]),
  };
}

/** Whether a denial comes from the zone of the suffix. */
export const provesSuffix = (suffixName: string, reply: CanaryReply): boolean =>
  'exists' in reply && !reply.exists && reply.zone === suffixName;

/** What is known of a name. */
export type Existence = 'exists' | 'denied' | 'unanswered';

/** Returns what a reply says about a name. */
export const existence = (reply: CanaryReply): Existence =>
  'failure' in reply ? 'unanswered' : reply.exists ? 'exists' : 'denied';

/** One random name that exists shows a lie, whatever is said of the others. */
const joinExistence = (known: readonly Existence[]): Existence =>
  known.includes('exists') ? 'exists' : known.includes('unanswered') ? 'unanswered' : 'denied';

/** Whether all canaries have come back as they must. */
export const isRight = ({ suffix, random, below }: Witness): boolean =>
  suffix === 'exists' && random === 'denied' && below !== 'denied';

/** Whether a canary has come back as it must not. */
export const isWrong = ({ suffix, random, below }: Witness): boolean =>
  suffix === 'denied' || random === 'exists' || below === 'denied';

/** Whether a witness covers a finding: it was sent after its last query, and came back after its reply. */
export const covers = ({ sent, received }: Witness, finding: Span): boolean =>
  finding.last < sent && finding.received < received;

const denialIn = ({ name, reply }: Canary): Denial | undefined =>
  'exists' in reply && !reply.exists
    ? {
        name,
        zone: reply.zone,
        offersRecursion: reply.offersRecursion,
        isAuthoritative: reply.isAuthoritative,
      }
    : undefined;
