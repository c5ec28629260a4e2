import type { WorldSketch } from './make-world.js';

/** A world in which a run once failed. */
interface FixedWorld extends WorldSketch {
  /** What it found. */
  readonly found: string;
}

/** Worlds in which a run once failed, as `npm run simulate` printed them, without what is so by default. */
export const fixedWorlds: readonly FixedWorld[] = [
  {
    found: 'a name is given up at a server that falls silent after one reply a connection',
    seed: 2427364754,
    names: { count: 12, taken: 0.04238422089256347 },
    servers: [{ tcp: { kind: 'falls silent', after: 1 }, line: { delay: 25 } }],
    options: { scheme: 'tcp' },
  },
  {
    found:
      'a name is given up at a server that refuses what exceeds 20 queries a second, on a line that loses datagrams',
    seed: 2552745469,
    names: { count: 93 },
    servers: [
      {
        work: 1,
        limit: { kind: 'rate', rate: 20, burst: 20, beyond: 'REFUSED' },
        line: { jitter: 10, loss: 0.01 },
      },
    ],
  },
  {
    found: 'a name for which the server fails is marked absent after a lie has come back',
    seed: 2982916587,
    names: { count: 228, suffixes: ['dev', 'com', 'app'], failing: 0.05 },
    servers: [
      {
        work: 30,
        faults: [
          { kind: 'denies all', from: 1.7069790046662092, to: 301.7069790046662 },
          { kind: 'denies all', from: 2301.706979004666, to: 2601.706979004666 },
        ],
        line: { delay: 25, jitter: 20 },
      },
    ],
  },
  {
    found:
      'a name is marked absent by a lie that ends and comes back, with a witness that saw only its pause',
    seed: 2616967074,
    names: { count: 36, suffixes: ['com'], taken: 0.10689051928929985 },
    servers: [
      {
        work: 200,
        faults: [
          { kind: 'denies all', from: 0, to: 300 },
          { kind: 'denies all', from: 800, to: 1100 },
        ],
        line: { delay: 25, jitter: 10, loss: 0.02, duplicates: 0.05 },
      },
    ],
  },
  {
    found: 'a run gets stuck if all replies are truncated and connections are refused',
    seed: 97709147,
    names: { count: 68 },
    servers: [{ work: 200, tcp: { kind: 'refused' }, truncated: 1, line: { delay: 1, jitter: 10 } }],
  },
  {
    found:
      'a name is given up because of refusals during a restart of a second, on a line that loses one datagram in ten',
    seed: 2133602111,
    names: { count: 72, suffixes: ['dev', 'com', 'app'], taken: 0.11658631712198259 },
    servers: [
      {
        faults: [{ kind: 'REFUSED', from: 2.9922379134222865, to: 1002.9922379134223 }],
        line: { delay: 15, loss: 0.1 },
      },
    ],
  },
  {
    found:
      'a name is given up because one server denied its suffix for a while, although the other one has it',
    seed: 2472495779,
    names: { count: 25, suffixes: ['corp'] },
    servers: [
      {
        work: 30,
        faults: [{ kind: 'denies all', from: 13.550277017056942, to: 313.55027701705694 }],
        line: { delay: 100 },
      },
      {},
    ],
  },
  {
    found: 'a name is given up because the canary for nonexistent names is dropped beyond a limit over TCP',
    seed: 1136366842,
    names: { count: 220, live: 0.5521765510551632, taken: 0.1621501878835261 },
    servers: [{ limit: { kind: 'rate', rate: 20, burst: 20, beyond: 'drop' }, line: { delay: 25 } }],
    options: { scheme: 'tcp' },
  },
  {
    found: 'a name is given up at a server that fails beyond 20 queries in work and refuses once',
    seed: 3751974647,
    names: { count: 300, live: 0.5033792090602219, taken: 0.0036739223171025517 },
    servers: [
      {
        work: 200,
        limit: { kind: 'in work', count: 20, beyond: 'SERVFAIL' },
        faults: [{ kind: 'REFUSED', from: 138.2684059208259, to: 139.2684059208259 }],
        line: { delay: 15 },
      },
    ],
  },
  {
    found: 'a name is given up at a slow server that fails beyond five queries in work',
    seed: 4174966320,
    names: { count: 89 },
    servers: [{ work: 200, limit: { kind: 'in work', count: 5, beyond: 'SERVFAIL' } }],
  },
  {
    found: 'a name is given up at a server that drops what exceeds 20 queries a second',
    seed: 1118272879,
    names: { count: 102, live: 0.3707567812409252, taken: 0.18120622700080277 },
    servers: [
      { work: 1, limit: { kind: 'rate', rate: 20, burst: 20, beyond: 'drop' }, line: { jitter: 10 } },
    ],
  },
  {
    found: 'a name is marked absent by a lie of one millisecond whose witness comes twice',
    seed: 320579070,
    names: { count: 18, suffixes: ['corp'], taken: 0.1281108710449189 },
    servers: [
      { work: 1, faults: [{ kind: 'denies all', from: 0, to: 1 }], line: { loss: 0.1, duplicates: 0.05 } },
    ],
  },
  {
    found: 'a name is given up because of refusals beyond a limit while other names are never answered',
    seed: 2069191498,
    names: { count: 105, silent: 0.02 },
    servers: [{ limit: { kind: 'rate', rate: 20, burst: 20, beyond: 'REFUSED' }, line: { jitter: 10 } }],
  },
  {
    found:
      'a name is given up at a slow server that fails beyond five queries in work, on a line that loses one datagram in ten',
    seed: 1247257091,
    names: { count: 77, taken: 0.18002092498354616 },
    servers: [
      { work: 200, limit: { kind: 'in work', count: 5, beyond: 'SERVFAIL' }, line: { delay: 1, loss: 0.1 } },
    ],
  },
  {
    found: 'a name is marked absent by a lie of a second at a server whose limit makes the witness fail',
    seed: 1678416188,
    names: { count: 18, taken: 0.19323058058507742 },
    servers: [
      {
        limit: { kind: 'rate', rate: 20, burst: 2, beyond: 'SERVFAIL' },
        faults: [{ kind: 'denies all', from: 0, to: 1000 }],
        line: { delay: 100, jitter: 1 },
      },
    ],
  },
  {
    found: 'a run waits forever for servers that do not answer, though others are left',
    seed: 810294443,
    names: { count: 2, suffixes: ['corp'] },
    servers: [
      { count: 9, truncated: 1, tcp: { kind: 'hangs' } },
      { count: 10, character: 'denies all' },
    ],
  },
  {
    found: 'all names are asked for again for each suffix of a stub resolver that denies single labels',
    seed: 4280287676,
    names: { count: 236, suffixes: ['dev', 'com', 'app'] },
    servers: [{ character: 'denies single labels', line: { jitter: 1 } }],
  },
  {
    found: 'a server that drops what exceeds 20 queries a second is taken for a bad line',
    seed: 44764864,
    names: { count: 50, suffixes: ['com'], live: 0.5098809666931629, taken: 0.0951533473096788 },
    servers: [
      { character: 'denies single labels', limit: { kind: 'rate', rate: 20, burst: 20, beyond: 'drop' } },
    ],
    options: { rate: 1000 },
  },
  {
    found:
      'a name typed alone is marked absent by a lie that ends between the two canaries of its first witness',
    seed: 3255683798,
    names: { count: 1, suffixes: ['corp'], taken: 0.1018570357002318 },
    servers: [{ faults: [{ kind: 'denies all', from: 0, to: 20 }], line: { delay: 15, jitter: 20 } }],
  },
  {
    found:
      'a filter of a suffix that denies the second question about a name counts as having answered for it',
    seed: 3035539427,
    names: { count: 271, taken: 0.17589400014840068 },
    servers: [
      { line: { delay: 100 } },
      { character: 'filters suffix', line: { delay: 100, jitter: 10 }, work: 200 },
    ],
    options: { rate: 1000 },
  },
];
