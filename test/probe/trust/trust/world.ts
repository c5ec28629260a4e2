import fc from 'fast-check';
import type { PlayedQuery, PlayedServer } from '../../../helpers/played.js';
import * as act from '../../../helpers/played-servers.js';
import { createSeededRandom } from '../../../simulation/random.js';

/** The truths about a name, each with the answers that it implies. */
const truths = {
  /** Delegated, and with an address. */
  live: act.truthfulAbout({ A: ['192.0.2.1'], isDelegated: true }),
  /** Delegated, without an address. */
  taken: act.truthfulAbout({ isDelegated: true }),
  /** An address in the suffix's own zone, without name servers. */
  host: act.truthfulAbout({ A: ['192.0.2.2'] }),
  nonexistent: undefined,
} as const;

/** The suffixes of all worlds: one that IANA lists, one that it does not list, and one below a listed one. */
const suffixNames = ['dev', 'corp', 'co.uk'] as const;

const suffixOf = (name: string): string | undefined =>
  suffixNames.find((suffix) => act.isAtOrBelow(name, suffix));

/** Kinds of suffixes, each with the answer of its registry for names that do not exist. */
const suffixes = {
  plain: ({ name }) => ({ rcode: 'NXDOMAIN', zone: suffixOf(name) }),
  'plain, without an SOA': act.deny,
  'answers for any name': act.madeUp,
  'answers for any name, without an address': act.noData,
  'denies compactly': ({ name, wantsDnssec }) => ({
    zone: suffixOf(name),
    ...(wantsDnssec && { occurrence: 'nonexistent' }),
  }),
  'answers for any name with an alias to nowhere': () => ({ rcode: 'NXDOMAIN', alias: 'nowhere.invalid' }),
  'answers for any name, and denies it when asked for NS': act.forType('NS', act.deny, act.madeUp),
  'answers for any name, with name servers': act.forType('NS', act.nameServers, act.madeUp),
  'answers for any name, without an SOA': act.forType('NS', () => ({}), act.madeUp),
  'answers for any name, with the SOA of another suffix': act.forType(
    'NS',
    () => ({ zone: 'elsewhere' }),
    act.madeUp,
  ),
  'does not exist': act.deny,
} as const satisfies Record<string, PlayedServer>;

interface Asked extends PlayedQuery {
  readonly exists: boolean;
}

/** Kinds of servers, each with its treatment of the truth. */
const servers = {
  honest: (truth) => truth,
  'makes up addresses': (truth, { exists, type }) => (type === 'A' && !exists ? act.madeUp : truth),
  'has one address for all names, and denies everything else': () => act.forType('A', act.madeUp, act.deny),
  'denies everything': () => act.deny,
  'denies the first suffix': (truth, { name }) => (act.isAtOrBelow(name, suffixNames[0]) ? act.deny : truth),
  'denies single labels': (truth, { name }) => (act.isSingleLabel(name) ? act.deny : truth),
  'refuses single labels': (truth, { name }) => (act.isSingleLabel(name) ? act.refuse : truth),
  'is silent': () => act.silent,
  'always fails': () => act.fail,
  refuses: () => act.refuse,
} as const satisfies Record<string, (truth: PlayedServer, asked: Asked) => PlayedServer>;

/** What a server may do for a while that is honest otherwise. */
const lapses = {
  'denies everything': act.deny,
  'answers everything': act.madeUp,
} as const satisfies Record<string, PlayedServer>;

/** The queries that a server refuses, whatever its kind. */
const refusals = {
  none: () => false,
  NS: ({ type }) => type === 'NS',
  AAAA: ({ type }) => type === 'AAAA',
  'random labels': ({ name }) => act.isRandom(name),
  'the root': ({ name }) => name === '',
} as const satisfies Record<string, (asked: PlayedQuery) => boolean>;

const keys = <Key extends string>(record: Readonly<Record<Key, unknown>>) =>
  fc.constantFrom(...Object.keys(record).filter((key): key is Key => key in record));

const server = fc.record({
  kind: fc.oneof({ weight: 2, arbitrary: fc.constant('honest' as const) }, keys(servers)),
  refuses: fc.oneof({ weight: 4, arbitrary: fc.constant('none' as const) }, keys(refusals)),
  loss: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.constantFrom(0.2, 0.5, 0.8)),
  lapse: fc.oneof(
    { weight: 2, arbitrary: fc.constant(undefined) },
    fc.record({
      kind: keys(lapses),
      /** The number of queries before it begins. */
      from: fc.integer({ min: 4, max: 40 }),
      /** Witnesses of a suffix that it meets until it is over. */
      length: fc.oneof(fc.integer({ min: 2, max: 8 }), fc.constant(Number.POSITIVE_INFINITY)),
    }),
  ),
  /** Queries, by their number, that it answers with SERVFAIL. */
  burst: fc.oneof(
    { weight: 2, arbitrary: fc.constant({ from: 0, length: 0 }) },
    fc.record({ from: fc.integer({ min: 1, max: 30 }), length: fc.integer({ min: 1, max: 12 }) }),
  ),
});

/** Generates the truth about some names, and the servers that are asked about them. */
export const anyWorld = fc.record({
  suffixes: fc.tuple(keys(suffixes), keys(suffixes), keys(suffixes)),
  words: fc.array(keys(truths), { minLength: 1, maxLength: 5 }),
  servers: fc.array(server, { minLength: 1, maxLength: 3 }),
  concurrency: fc.constantFrom(1, 2, 15),
  /** Milliseconds that replies take at most. */
  slowest: fc.constantFrom(1, 30),
  seed: fc.nat(1e6),
});

export type World = typeof anyWorld extends fc.Arbitrary<infer Value> ? Value : never;
export type Truth = keyof typeof truths;

/** A name of a world, the truth about it, and its suffix. */
export interface NameOfWorld {
  readonly word: string;
  readonly truth: Truth;
  readonly suffixName: string;
  readonly suffix: keyof typeof suffixes;
}

/** Returns every name of a world. */
export const namesOf = ({ suffixes: kinds, words }: World): readonly NameOfWorld[] =>
  kinds.flatMap((suffix, suffixIndex) =>
    words.map((word, index) => ({
      word: `w${index}`,
      suffixName: suffixNames[suffixIndex] ?? '',
      truth: suffix === 'does not exist' ? 'nonexistent' : word,
      suffix,
    })),
  );

/** Returns the servers of a world. */
export function serversOf(world: World): PlayedServer[] {
  const truthOf = new Map(
    namesOf(world).map(({ word, suffixName, truth }) => [`${word}.${suffixName}`, truth]),
  );

  const answerFor = (name: string): { readonly script: PlayedServer; readonly exists: boolean } => {
    const own = truths[truthOf.get(name) ?? 'nonexistent'];
    if (name === '' || name === 'uk' || own) return { script: own ?? act.delegated, exists: true };
    const suffixIndex = suffixNames.findIndex((suffix) => act.isAtOrBelow(name, suffix));
    const kind = world.suffixes[suffixIndex] ?? 'does not exist';
    const isCommon = name === 'nic.dev';
    const exists = kind !== 'does not exist' && (isCommon || suffixOf(name) === name);
    return { script: exists ? act.delegated : suffixes[kind], exists };
  };

  return world.servers.map(({ kind, refuses, loss, lapse, burst }, index) => {
    const random = createSeededRandom(world.seed + index);
    let queries = 0;
    /** How often it has answered a random name under each suffix honestly, and lied about the suffix itself, which each witness asks for. */
    const honestCanaries = new Map<string, number>();
    const liedCanaries = new Map<string, number>();
    /**
     * Whether the server lies now. It does so after it has answered a canary truly, because one that has always lied is
     * another kind, and until it has lied about enough canaries to be found out.
     */
    const isLapsed = ({ name, type }: PlayedQuery, isAnswered: boolean): boolean => {
      if (lapse === undefined || kind !== 'honest') return false;
      const under = suffixOf(name);
      const liesAbout = (suffix: string) =>
        queries > lapse.from && honestCanaries.has(suffix) && (liedCanaries.get(suffix) ?? 0) < lapse.length;
      if (under === undefined) return suffixNames.some(liesAbout);
      const isLying = liesAbout(under);
      const counts = isLying ? liedCanaries : honestCanaries;
      const isCanary = isLying ? name === under && type === 'NS' : act.isRandom(name);
      if (isCanary && isAnswered) counts.set(under, (counts.get(under) ?? 0) + 1);
      return isLying;
    };
    return (query) => {
      queries++;
      const { script, exists } = answerFor(query.name);
      const isRefused = refusals[refuses](query);
      const isFailing = queries >= burst.from && queries < burst.from + burst.length;
      const isLying = isLapsed(query, !isRefused && !isFailing);
      const isLost = (lapse === undefined || kind !== 'honest') && random.chance(loss);
      const truth = isRefused ? act.refuse : servers[kind](script, { ...query, exists });
      const honest = isFailing ? act.fail : truth;
      return isLost ? undefined : (lapse && isLying ? lapses[lapse.kind] : honest)(query);
    };
  });
}
