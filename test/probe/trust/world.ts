import fc from 'fast-check';
import { isRandom } from '../../helpers/honest.js';
import type { Script } from '../../helpers/name-server/action.js';
import { record, startOfAuthority } from '../../helpers/name-server/reply.js';
import * as act from '../../helpers/name-server.js';
import { forType, madeUp, nameServers } from '../../helpers/network.js';

/** The truths about a name, each with the answers that it implies. */
const truths = {
  /** Delegated, and with an address. */
  live: (name: string) => delegated(name, act.answer('192.0.2.1')),
  /** Delegated, without an address. */
  taken: (name: string) => delegated(name, act.noData),
  /** An address in the suffix's own zone, without name servers. */
  host: () => act.answer('192.0.2.2'),
  nonexistent: () => undefined,
} as const;

function delegated(name: string, script: Script): Script {
  return forType('NS', act.reply({ answers: [record('NS', name, 'ns.example')] }), script);
}

/** Kinds of suffixes, each with the answer of its registry for names that do not exist. */
const suffixes = {
  plain: act.deny,
  'answers for any name': madeUp,
  'answers for any name, without an address': act.noData,
  'answers for any name, and denies it when asked for NS': forType('NS', act.deny, madeUp),
  'answers for any name, with name servers': forType('NS', nameServers, madeUp),
  'answers for any name, without an SOA': forType('NS', act.reply({}), madeUp),
  'answers for any name, with the SOA of another suffix': forType(
    'NS',
    act.reply({ authorities: [startOfAuthority('elsewhere')] }),
    madeUp,
  ),
  'does not exist': act.deny,
} as const satisfies Record<string, Script>;

/** Kinds of servers, each with its treatment of the truth. */
const servers = {
  honest: (truth: Script) => truth,
  'makes up addresses': (truth: Script, { exists, type }: Asked) =>
    type === 'A' && !exists ? madeUp : truth,
  'has one address for all names, and denies everything else': () => forType('A', madeUp, act.deny),
  'denies everything': () => act.deny,
  'denies the first suffix': (truth: Script, { name }: Asked) => (/(^|\.)s0$/.test(name) ? act.deny : truth),
  'is silent': () => act.silent,
  'always fails': () => act.fail(),
  refuses: () => act.refuse,
} as const satisfies Record<string, (truth: Script, asked: Asked) => Script>;

/** What a server may do for a while that is honest otherwise. */
const lapses = {
  'denies everything': act.deny,
  'answers everything': madeUp,
} as const satisfies Record<string, Script>;

interface Asked {
  readonly name: string;
  readonly type: string;
  readonly exists: boolean;
}

/** The queries that a server refuses, whatever its kind. */
const refusals = {
  none: () => false,
  NS: ({ type }: Asked) => type === 'NS',
  AAAA: ({ type }: Asked) => type === 'AAAA',
  'random labels': ({ name }: Asked) => isRandom(name),
  'the root': ({ name }: Asked) => name === '.',
} as const satisfies Record<string, (asked: Asked) => boolean>;

const keys = <Key extends string>(record: Readonly<Record<Key, unknown>>) =>
  fc.constantFrom(...Object.keys(record).filter((key): key is Key => key in record));

const server = fc.record({
  kind: fc.oneof({ weight: 2, arbitrary: fc.constant('honest' as const) }, keys(servers)),
  refuses: fc.oneof({ weight: 4, arbitrary: fc.constant('none' as const) }, keys(refusals)),
  loss: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.constantFrom(0.2, 0.5, 0.8)),
  /** Whether its replies come over TCP only. */
  truncates: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
  lapse: fc.oneof(
    { weight: 2, arbitrary: fc.constant(undefined) },
    fc.record({
      kind: keys(lapses),
      /** The number of queries before it begins. */
      from: fc.integer({ min: 4, max: 40 }),
      /** Random names under a suffix that it is asked for until it is over. */
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
  suffixes: fc.array(keys(suffixes), { minLength: 1, maxLength: 3 }),
  words: fc.array(keys(truths), { minLength: 1, maxLength: 5 }),
  servers: fc.array(server, { minLength: 1, maxLength: 3 }),
  seed: fc.nat(1e6),
});

export type World = typeof anyWorld extends fc.Arbitrary<infer Value> ? Value : never;
export type Truth = keyof typeof truths;

/** Returns every name of a world, the truth about it, and the kind of its suffix. */
export function namesOf({ suffixes: kinds, words }: World) {
  return kinds.flatMap((suffix, suffixIndex) =>
    words.map((word, index) => {
      const truth: Truth = suffix === 'does not exist' ? 'nonexistent' : word;
      return { name: `w${index}.s${suffixIndex}`, truth, suffix };
    }),
  );
}

/** Returns the behaviour of every server of a world. */
export function behavioursOf(world: World): act.Behaviour[] {
  const truthOf = new Map(namesOf(world).map(({ name, truth }) => [name, truth]));

  const answerFor = (name: string): { readonly script: Script; readonly exists: boolean } => {
    const own = truths[truthOf.get(name) ?? 'nonexistent'](name);
    if (name === '.' || own) return { script: own ?? act.noData, exists: true };
    const suffixIndex = Number(/(?:^|\.)s(\d)$/.exec(name)?.[1]);
    const kind = world.suffixes[suffixIndex] ?? 'does not exist';
    const exists = kind !== 'does not exist' && !name.includes('.');
    return { script: exists ? act.noData : suffixes[kind], exists };
  };

  return world.servers.map(({ kind, refuses, loss, truncates, lapse, burst }, index) => {
    let queries = 0;
    /** How often the server was asked for random names under each suffix, honestly answered and not. */
    const honestCanaries = new Map<string, number>();
    const liedCanaries = new Map<string, number>();
    /**
     * Whether the server lies now. It does so after it has answered a canary truly, because one that has always lied is
     * another kind, and until it has lied about enough canaries to be found out.
     */
    const isLapsed = ({ name, transport }: Parameters<act.Behaviour>[0], isAnswered: boolean): boolean => {
      if (lapse === undefined || kind !== 'honest') return false;
      const suffix = name.slice(name.lastIndexOf('.') + 1);
      const isCanary = isRandom(name) && (transport === 'tcp' || !truncates);
      const lies = liedCanaries.get(suffix) ?? 0;
      const isLying = queries > lapse.from && honestCanaries.has(suffix) && lies < lapse.length;
      const counts = isLying ? liedCanaries : honestCanaries;
      if (isCanary && isAnswered) counts.set(suffix, (counts.get(suffix) ?? 0) + 1);
      return isLying;
    };
    return (query) => {
      queries++;
      const { script, exists } = answerFor(query.name);
      const asked = { ...query, exists };
      const isRefused = refusals[refuses](asked);
      const isFailing = queries >= burst.from && queries < burst.from + burst.length;
      const isLying = isLapsed(query, !isRefused && !isFailing);
      const truth = isRefused ? act.refuse : servers[kind](script, asked);
      const answer = isFailing ? act.fail() : lapse && isLying ? lapses[lapse.kind] : truth;
      // Only datagrams are lost.
      if (query.transport === 'tcp') return answer;
      return act.loseSome(
        lapse && kind === 'honest' ? 0 : loss,
        world.seed + index,
        truncates ? act.truncated(answer) : answer,
      );
    };
  });
}
