/** What the server does wrong for a while. */
export const faults = {
  none: 'answers',
  restart: 'closes its sockets and all connections, and opens them again',
  reset: 'resets each connection, and each new one, after some replies',
  lose: 'drops half of the queries',
  silent: 'drops all queries',
  refuse: 'says REFUSED',
  fail: 'says SERVFAIL',
  truncate: 'truncates its replies over UDP',
  forge: 'sends a reply to another question and one with another id before each reply over UDP',
  deny: 'denies every name',
  invent: 'gives an address for every name',
} as const;

export type Fault = keyof typeof faults;

/** Creates a generator of random numbers from 0 to 1 (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A fault and how long it lasts, in milliseconds. */
export interface Phase {
  readonly fault: Fault;
  readonly duration: number;
}

/** Generates the phases of a server: each fault is followed by a time without one. */
export function* phases(random: () => number): Generator<Phase> {
  const kinds = Object.keys(faults).filter((kind): kind is Fault => kind in faults && kind !== 'none');
  for (;;) {
    yield { fault: 'none', duration: 200 + 1300 * random() };
    const fault = kinds[Math.floor(random() * kinds.length)] ?? 'none';
    // A lie that is over before the next canary cannot be seen.
    const shortest = fault === 'deny' || fault === 'invent' ? 600 : 50;
    yield { fault, duration: shortest + 450 * random() };
  }
}
