import { randomBytes } from 'node:crypto';
import type { Answer } from '../dns/resolver/resolver.js';
import type { Question } from '../dns/wire/query.js';

/** Whether a name exists for a server (any NOERROR), or why that is not known. */
export type Canary = { readonly exists: boolean } | { readonly failure: string };

/** What one server shows of itself under one suffix. */
export interface Canaries {
  /** A name under the suffix that nobody has: a label of 26 random letters and digits, new in every run. */
  readonly randomName: string;
  /** Whether the suffix exists; undefined until that is known. */
  suffix?: Canary;
  /** Whether the random name exists; undefined until that is known. */
  random?: Canary;
  /** The name servers of the random name, asked for where it exists. */
  randomNameServers?: Promise<Answer>;
  /** What came of the two so far, in words. */
  readonly evidence: string[];
  readonly suffixKnown: Promise<Canary>;
  readonly randomKnown: Promise<Canary>;
}

/** Asks one server alone. */
export type AskServer = (question: Question, server: string) => Promise<Answer>;

/** Suffixes that are remembered; what a list of whole names has beyond these is asked for again. */
const remembered = 10_000;

/** The canaries of each suffix and server, each asked for once, when it is first wanted. */
export interface CanaryKeeper {
  of(suffix: string, server: string): Canaries;
  /** Whether the server knows any of the suffixes that it was asked for. */
  knowsAny(server: string): Promise<boolean>;
}

export function keepCanaries(ask: AskServer): CanaryKeeper {
  const kept = new Map<string, Map<string, Canaries>>();
  return {
    of(suffix, server) {
      const ofSuffix = kept.get(suffix) ?? new Map<string, Canaries>();
      const known = ofSuffix.get(server);
      if (known) return known;
      const [oldest] = kept.size >= remembered ? kept.keys() : [];
      if (oldest !== undefined) kept.delete(oldest);
      const canaries = send(suffix, server, ask);
      kept.set(suffix, ofSuffix.set(server, canaries));
      return canaries;
    },
    async knowsAny(server) {
      for (const ofSuffix of kept.values()) {
        if (exists(await ofSuffix.get(server)?.suffixKnown) === true) return true;
      }
      return false;
    },
  };
}

/** Whether it exists; undefined where that is not known. */
export const exists = (canary: Canary | undefined): boolean | undefined =>
  canary && 'exists' in canary ? canary.exists : undefined;

function send(suffix: string, server: string, ask: AskServer): Canaries {
  const randomName = `${randomLabel(252 - suffix.length)}.${suffix}`;
  // NS for the suffix: who makes up an address for what does not exist leaves other types alone.
  const suffixKnown = existence({ name: suffix, type: 'NS' }, server, ask);
  const randomKnown = existence({ name: randomName, type: 'A' }, server, ask);
  const canaries: Canaries = { randomName, evidence: [], suffixKnown, randomKnown };
  void suffixKnown.then((canary) => {
    canaries.suffix = canary;
    canaries.evidence.push(describe(suffix, canary));
  });
  void randomKnown.then((canary) => {
    canaries.random = canary;
    canaries.evidence.push(describe(randomName, canary));
  });
  return canaries;
}

const describe = (name: string, canary: Canary): string =>
  'exists' in canary
    ? `${name} ${canary.exists ? 'exists' : 'does not exist'}`
    : `${name}: ${canary.failure}`;

/** Whether a name exists for one server. */
export async function existence(question: Question, server: string, ask: AskServer): Promise<Canary> {
  const { outcome } = await ask(question, server);
  if ('failure' in outcome) return { failure: outcome.failure };
  const { rcode, alias } = outcome.reply;
  return { exists: rcode === 'NOERROR' || alias !== undefined };
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** 26 letters and digits that nobody can have registered by chance (130 bits), or as many as there is room for. */
const randomLabel = (room: number): string =>
  Array.from(randomBytes(Math.min(26, Math.max(room, 1))), (byte) => alphabet[byte % 32]).join('');
