import { randomFillSync, randomInt } from 'node:crypto';

/** A source of random numbers. */
export interface Random {
  /** A number from 0 to below 1, for jitter: somebody who tries may predict it. */
  fraction(): number;
  /** A number from 0 to 65,535 that nobody can predict. */
  uint16(): number;
  /** A whole number from 0 to below `limit` that nobody can predict. */
  below(limit: number): number;
}

const pool = new Uint16Array(2048);
let next = pool.length;

/** The random numbers of the system. */
export const systemRandom: Random = {
  fraction: Math.random,
  uint16() {
    if (next === pool.length) {
      randomFillSync(pool);
      next = 0;
    }
    return pool[next++] ?? 0;
  },
  below: (limit) => randomInt(limit),
};
