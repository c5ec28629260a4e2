import { randomBytes } from 'node:crypto';
import type { Answer } from '../dns/resolver/resolver.js';
import type { Question } from '../dns/wire/query.js';

/** The outcome of a canary: whether its name exists for the server (any NOERROR), or why that is not known. */
export type CanaryOutcome = { readonly exists: boolean } | { readonly failure: string };

/** The canaries of one server under one suffix: the suffix must exist, a random name under it must not. */
export interface Canaries {
  /** A name under the suffix that nobody has registered; it is new in every run. */
  readonly randomName: string;
  /** The outcomes; undefined until they are known. */
  suffix?: CanaryOutcome;
  random?: CanaryOutcome;
  readonly suffixKnown: Promise<CanaryOutcome>;
  readonly randomKnown: Promise<CanaryOutcome>;
  /** The name servers of the random name, asked for if it exists. */
  randomNameServers?: Promise<Answer>;
  /** The outcomes known so far, in words. */
  readonly evidence: string[];
}

/** Asks one server alone. */
export type AskServer = (question: Question, server: string) => Promise<Answer>;

/** Sends the canaries of each suffix to each server once, the first time that they are needed. */
export interface CanaryStore {
  of(suffix: string, server: string): Canaries;
  /** Whether the server knows at least one of the suffixes that it was asked for. */
  knowsAny(server: string): Promise<boolean>;
}

/** The number of suffixes kept. If there are more, canaries are sent again for those that were dropped. */
const maximumSuffixes = 10_000;

/** Creates an empty store. */
export function createCanaryStore(ask: AskServer): CanaryStore {
  const suffixes = new Map<string, Map<string, Canaries>>();
  return {
    of(suffix, server) {
      const byServer = suffixes.get(suffix) ?? new Map<string, Canaries>();
      const sent = byServer.get(server);
      if (sent) return sent;
      const [oldest] = suffixes.size >= maximumSuffixes ? suffixes.keys() : [];
      if (oldest !== undefined) suffixes.delete(oldest);
      const canaries = send(suffix, server, ask);
      suffixes.set(suffix, byServer.set(server, canaries));
      return canaries;
    },
    async knowsAny(server) {
      for (const byServer of suffixes.values()) {
        if (exists(await byServer.get(server)?.suffixKnown) === true) return true;
      }
      return false;
    },
  };
}

/** Whether the name of a canary exists; undefined if that is not known. */
export const exists = (outcome: CanaryOutcome | undefined): boolean | undefined =>
  outcome && 'exists' in outcome ? outcome.exists : undefined;

/** Asks one server whether a name exists. */
export async function askExistence(
  question: Question,
  server: string,
  ask: AskServer,
): Promise<CanaryOutcome> {
  const { outcome } = await ask(question, server);
  if ('failure' in outcome) return { failure: outcome.failure };
  const { rcode, alias } = outcome.reply;
  return { exists: rcode === 'NOERROR' || alias !== undefined };
}

function send(suffix: string, server: string, ask: AskServer): Canaries {
  const randomName = `${randomLabel(252 - suffix.length)}.${suffix}`;
  // NS for the suffix: a server that makes up addresses leaves other types alone.
  const suffixKnown = askExistence({ name: suffix, type: 'NS' }, server, ask);
  const randomKnown = askExistence({ name: randomName, type: 'A' }, server, ask);
  const canaries: Canaries = { randomName, evidence: [], suffixKnown, randomKnown };
  void suffixKnown.then((outcome) => {
    canaries.suffix = outcome;
    canaries.evidence.push(describe(suffix, outcome));
  });
  void randomKnown.then((outcome) => {
    canaries.random = outcome;
    canaries.evidence.push(describe(randomName, outcome));
  });
  return canaries;
}

function describe(name: string, outcome: CanaryOutcome): string {
  if ('failure' in outcome) return `${name}: ${outcome.failure}`;
  return `${name} ${outcome.exists ? 'exists' : 'does not exist'}`;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** A label of 26 random letters and digits (130 bits), or as many as there is room for. */
const randomLabel = (room: number): string =>
  Array.from(randomBytes(Math.min(26, Math.max(room, 1))), (byte) => alphabet[byte % 32]).join('');
