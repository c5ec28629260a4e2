import type { SeededRandom } from './random.js';
import type {
  Beyond,
  Character,
  Fault,
  Limit,
  NamesOfWorld,
  OptionsOfWorld,
  ServerOfWorld,
  Tcp,
  World,
} from './world.js';

const normal: Tcp = { kind: 'normal' };

/** Makes up a world. */
export function createWorld(seed: number, random: SeededRandom): World {
  const options = createOptions(random);
  const servers = createServers(random, options.scheme);
  return { seed, names: createNames(random, options), servers, options };
}

function createNames(random: SeededRandom, { rate }: OptionsOfWorld): NamesOfWorld {
  const sizes: readonly [number, number][] = [
    [1, 5],
    [18, 18],
    [10, 120],
    [100, 400],
  ];
  const [least, most] = random.pick(sizes as [[number, number], ...[number, number][]]);
  const count = random.integer(least, rate === undefined ? most : Math.min(most, 2 * rate + 20));
  const hasDead = random.chance(0.15);
  const isTyped = random.chance(0.12) && count <= 60;
  return {
    count,
    suffixes: random.pick([['dev'], ['dev'], ['com'], ['dev', 'com'], ['corp'], ['dev', 'com', 'app']]),
    live: random.between(0, 0.6),
    taken: random.between(0, 0.2),
    silent: hasDead ? random.pick([0.02, 0.1, 0.2]) : 0,
    failing: random.chance(0.1) ? 0.05 : 0,
    areSilentFirst: random.chance(0.3),
    interval: isTyped ? random.pick([1, 20, 300]) : 0,
  };
}

const createOptions = (random: SeededRandom): OptionsOfWorld => ({
  scheme: random.pick(['udp', 'udp', 'auto', 'auto', 'tcp']),
  rate: random.chance(0.12) ? random.pick([10, 20, 50, 200, 1000]) : undefined,
  concurrency: random.chance(0.1) ? random.pick([1, 2, 10]) : 10_000,
  tries: 7,
});

/** Stands for a list of servers. */
const listSize = 20;

function createServers(random: SeededRandom, scheme: OptionsOfWorld['scheme']): ServerOfWorld[] {
  const count = random.pick([1, 1, 1, 2, 2, 3, listSize]);
  const first = createServer(random, scheme, 'honest');
  if (count === 1) return [random.chance(0.1) ? { ...first, character: oddCharacter(random) } : first];
  if (count === listSize) {
    // A server of a list is asked a few questions at once, before anything is known of it.
    const ofList = (server: ServerOfWorld): ServerOfWorld => ({
      ...server,
      faults: [],
      tcp: server.tcp.kind === 'first of segment' ? normal : server.tcp,
      limit:
        server.limit?.kind === 'rate'
          ? { ...server.limit, burst: Math.max(server.limit.burst, 20) }
          : server.limit,
    });
    const bad = ofList(createServer(random, scheme, badCharacter(random)));
    return [
      { ...ofList(first), count: random.chance(0.03) ? random.integer(300, 900) : random.integer(10, 40) },
      { ...bad, count: random.integer(1, 12) },
    ];
  }
  const others = Array.from({ length: count - 1 }, () =>
    createServer(random, scheme, random.chance(0.5) ? 'honest' : badCharacter(random)),
  );
  const all = [{ ...first, limit: undefined, faults: random.chance(0.5) ? [] : first.faults }, ...others];
  return random.chance(0.5) ? all : all.toReversed();
}

const badCharacter = (random: SeededRandom): Character =>
  random.pick([
    'filters',
    'blocks',
    'filters suffix',
    'redirects short',
    'denies all',
    'answers all',
    'refuses all',
    'silent',
    'nothing listens',
  ]);

const oddCharacter = (random: SeededRandom): Character =>
  random.pick([
    'filters',
    'blocks',
    'filters suffix',
    'redirects short',
    'denies all',
    'refuses all',
    'silent',
    'nothing listens',
    'denies single labels',
    'refuses single labels',
  ]);

function createServer(
  random: SeededRandom,
  scheme: OptionsOfWorld['scheme'],
  character: Character,
): ServerOfWorld {
  const isLossy = random.chance(0.25);
  const isLiar = character === 'denies all' || character === 'answers all';
  return {
    count: 1,
    character,
    line: {
      delay: random.pick([0.1, 0.1, 1, 15, 25, 100]),
      jitter: random.pick([0, 0, 1, 10, 20]),
      loss: isLossy ? random.pick([0.01, 0.02, 0.05, 0.1]) : 0,
      duplicates: random.chance(0.1) ? 0.05 : 0,
    },
    work: random.pick([0, 0, 1, 30, 200]),
    limit: random.chance(0.2) ? createLimit(random) : undefined,
    faults: !isLiar && random.chance(0.25) ? createFaults(random) : [],
    tcp: scheme === 'udp' || random.chance(0.7) ? normal : createTcp(random, scheme),
    truncated: scheme !== 'tcp' && random.chance(0.1) ? random.pick([0.01, 0.2, 1]) : 0,
    hasSoa: random.chance(0.8),
  };
}

function createLimit(random: SeededRandom): Limit {
  const beyond = random.pick<Beyond>(['drop', 'drop', 'REFUSED', 'SERVFAIL']);
  if (random.chance(0.3)) return { kind: 'in work', count: random.pick([5, 20, 150]), beyond };
  const rate = random.pick([20, 100, 200, 1000]);
  return { kind: 'rate', rate, burst: random.pick([20, rate * 0.1, rate]), beyond };
}

/** One fault, or one that ends and comes back. */
function createFaults(random: SeededRandom): Fault[] {
  const fault = createFault(random);
  if (!random.chance(0.3)) return [fault];
  const pause = random.pick([1, 50, 500, 2000]);
  const length = fault.to - fault.from;
  return [fault, { ...fault, from: fault.to + pause, to: fault.to + pause + length }];
}

function createFault(random: SeededRandom): Fault {
  const kind = random.pick<Fault['kind']>([
    'silent',
    'restart',
    'SERVFAIL',
    'REFUSED',
    'denies all',
    'answers all',
  ]);
  const from = random.pick([0, 0, random.between(0, 20), random.between(0, 500), random.between(0, 2000)]);
  return { kind, from, to: from + random.pick([1, 20, 300, 1000]) };
}

const createTcp = (random: SeededRandom, scheme: OptionsOfWorld['scheme']): Tcp =>
  random.pick<Tcp>([
    scheme === 'auto' ? { kind: 'refused' } : normal,
    scheme === 'auto' ? { kind: 'hangs' } : normal,
    { kind: 'closes', after: random.pick([1, 10, 100]) },
    { kind: 'falls silent', after: random.pick([1, 10]) },
    { kind: 'first of segment' },
  ]);
