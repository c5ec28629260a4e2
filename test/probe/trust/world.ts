import fc from 'fast-check';
import type { Script } from '../../helpers/name-server/action.js';
import { record, startOfAuthority } from '../../helpers/name-server/reply.js';
import * as act from '../../helpers/name-server.js';
import { forType, isRandom, madeUp, nameServers } from './network.js';

/** What is true of a name. */
const truths = {
  /** Delegated, and with an address. */
  live: (name: string) => owning(name, act.answer('192.0.2.1')),
  /** Delegated, without an address. */
  taken: (name: string) => owning(name, act.noData),
  /** In the suffix's own zone, without name servers. */
  host: () => act.answer('192.0.2.2'),
  nonexistent: () => undefined,
} as const;

function owning(name: string, script: Script): Script {
  return forType('NS', act.reply({ answers: [record('NS', name, 'ns.example')] }), script);
}

/** What a registry says of the names under its suffix that nobody has. */
const suffixes = {
  plain: act.deny,
  'answers for any name': madeUp,
  'answers for any name, without an address': act.noData,
  'answers for any name, and denies it when asked for NS': forType('NS', act.deny, madeUp),
  'answers for any name, with name servers': forType('NS', nameServers, madeUp),
  'answers for any name, without an SOA': forType('NS', act.reply({}), madeUp),
  "answers for any name, with an SOA of another suffix's": forType(
    'NS',
    act.reply({ authorities: [startOfAuthority('elsewhere')] }),
    madeUp,
  ),
  'nobody has it': act.deny,
} as const satisfies Record<string, Script>;

/** How a server treats what is true. */
const servers = {
  honest: (truth: Script) => truth,
  'makes up addresses': (truth: Script, { exists, type }: Asked) =>
    type === 'A' && !exists ? madeUp : truth,
  'has one address for all, and denies all else': () => forType('A', madeUp, act.deny),
  'denies everything': () => act.deny,
  'denies the first suffix': (truth: Script, { name }: Asked) => (/(^|\.)s0$/.test(name) ? act.deny : truth),
  'is silent': () => act.silent,
  'fails always': () => act.fail(),
  refuses: () => act.refuse,
} as const satisfies Record<string, (truth: Script, asked: Asked) => Script>;

interface Asked {
  readonly name: string;
  readonly type: string;
  readonly exists: boolean;
}

/** The queries that a server refuses, whatever it does about others. */
const refusals = {
  none: () => false,
  NS: ({ type }: Asked) => type === 'NS',
  AAAA: ({ type }: Asked) => type === 'AAAA',
  'long labels': ({ name }: Asked) => isRandom(name),
  'the root': ({ name }: Asked) => name === '.',
} as const satisfies Record<string, (asked: Asked) => boolean>;

const keys = <Key extends string>(record: Readonly<Record<Key, unknown>>) =>
  fc.constantFrom(...Object.keys(record).filter((key): key is Key => key in record));

const server = fc.record({
  kind: fc.oneof({ weight: 2, arbitrary: fc.constant('honest' as const) }, keys(servers)),
  refuses: fc.oneof({ weight: 4, arbitrary: fc.constant('none' as const) }, keys(refusals)),
  loss: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.constantFrom(0.2, 0.5, 0.8)),
  /** Whether its replies come by TCP only. */
  truncates: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
});

/** The truth about some names, and the servers that are asked about them. */
export const anyWorld = fc.record({
  suffixes: fc.array(keys(suffixes), { minLength: 1, maxLength: 3 }),
  words: fc.array(keys(truths), { minLength: 1, maxLength: 5 }),
  servers: fc.array(server, { minLength: 1, maxLength: 3 }),
  seed: fc.nat(1e6),
});

export type World = typeof anyWorld extends fc.Arbitrary<infer Value> ? Value : never;
export type Truth = keyof typeof truths;

/** Each name that is asked for, what is true of it, and of its suffix. */
export function namesOf({ suffixes: kinds, words }: World) {
  return kinds.flatMap((suffix, at) =>
    words.map((word, index) => {
      const truth: Truth = suffix === 'nobody has it' ? 'nonexistent' : word;
      return { name: `w${index}.s${at}`, truth, suffix };
    }),
  );
}

/** What each of the servers does. */
export function behavioursOf(world: World): act.Behaviour[] {
  const truthOf = new Map(namesOf(world).map(({ name, truth }) => [name, truth]));

  const tell = (name: string): { readonly script: Script; readonly exists: boolean } => {
    const own = truths[truthOf.get(name) ?? 'nonexistent'](name);
    if (name === '.' || own) return { script: own ?? act.noData, exists: true };
    const at = Number(/(?:^|\.)s(\d)$/.exec(name)?.[1]);
    const kind = world.suffixes[at] ?? 'nobody has it';
    const exists = kind !== 'nobody has it' && !name.includes('.');
    return { script: exists ? act.noData : suffixes[kind], exists };
  };

  return world.servers.map(({ kind, refuses, loss, truncates }, index) => (query) => {
    const { script, exists } = tell(query.name);
    const asked = { ...query, exists };
    const said = refusals[refuses](asked) ? act.refuse : servers[kind](script, asked);
    // What was lost over UDP once is not lost again over TCP.
    if (query.transport === 'tcp') return said;
    return act.loseSome(loss, world.seed + index, truncates ? act.truncated(said) : said);
  });
}
