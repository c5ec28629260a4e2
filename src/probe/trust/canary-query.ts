import { randomBytes } from 'node:crypto';
import type { Answer } from '../../dns/resolver/resolver.js';
import type { Question } from '../../dns/wire/query.js';

/** The outcome of a canary: whether its name exists for the server (any NOERROR), or why that is not known. */
export type CanaryOutcome =
  | {
      readonly exists: boolean;
      /** When the query was sent: milliseconds, on the clock of `performance.now`. */
      readonly sentAt: number;
      /** When the answer came, on the same clock. */
      readonly answeredAt: number;
    }
  | { readonly failure: string };

/** Asks one server alone. */
export type AskServer = (question: Question, server: string) => Promise<Answer>;

/** Asks one server whether a name exists. */
export async function askExistence(
  question: Question,
  server: string,
  ask: AskServer,
): Promise<CanaryOutcome> {
  const { outcome, sentAt } = await ask(question, server);
  if ('failure' in outcome) return { failure: outcome.failure };
  const { rcode, alias } = outcome.reply;
  return { exists: rcode === 'NOERROR' || alias !== undefined, sentAt, answeredAt: performance.now() };
}

/** Describes the outcome of a canary, for `evidence`. */
export function describeCanary(name: string, outcome: CanaryOutcome): string {
  if ('failure' in outcome) return `${name}: ${outcome.failure}`;
  return `${name} ${outcome.exists ? 'exists' : 'does not exist'}`;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * Makes up a name under a parent that nobody has registered. Its label has 26 random letters and digits (130 bits), or as
 * many as there is room for.
 */
export function randomNameUnder(parent: string): string {
  const room = Math.min(26, Math.max(252 - parent.length, 1));
  const label = Array.from(randomBytes(room), (byte) => alphabet[byte % 32]).join('');
  return `${label}.${parent}`;
}
