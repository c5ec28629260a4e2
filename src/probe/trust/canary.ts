import type { Answer } from '../../dns/resolver/resolver.js';
import type { Random } from '../../util/random.js';

/** What a server says about the name of a canary: a question whose right answer is known beforehand. */
export type CanaryReply =
  | {
      /** Whether the name exists for the server (any NOERROR). */
      readonly exists: boolean;
      /** The zone whose SOA record a denial has; empty for the root, undefined without one. */
      readonly zone: string | undefined;
      /** The places of the query and of the reply in the run's order of events. */
      readonly sent: number;
      readonly received: number;
    }
  | { readonly failure: string };

/** Reads what an answer says about the name of a canary. */
export function readCanary({ outcome, sent, received }: Answer): CanaryReply {
  if ('failure' in outcome) return { failure: outcome.failure };
  const { rcode, alias, zone } = outcome.reply;
  return { exists: rcode === 'NOERROR' || alias !== undefined, zone, sent, received };
}

/** Describes the reply to a canary, for `evidence`. */
export function describeCanary(name: string, reply: CanaryReply): string {
  if ('failure' in reply) return `${name}: ${reply.failure}`;
  return `${name} ${reply.exists ? 'exists' : 'does not exist'}`;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
/** The letters and digits of a random label: 130 bits. */
const labelLength = 26;
/** Octets of the longest name in text form. */
const longestName = 253;

/** Makes up a name under a parent that nobody has registered. Its label is shorter if a long one would make the name too long. */
export function randomNameUnder(parent: string, random: Random): string {
  const room = Math.min(labelLength, Math.max(longestName - 1 - parent.length, 1));
  const letters = Array.from({ length: room }, () => alphabet[random.below(alphabet.length)]);
  return `${letters.join('')}.${parent}`;
}
