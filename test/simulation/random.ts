import type { Random } from '../../src/util/random.js';

/** A generator of random numbers whose numbers follow from its seed (mulberry32). */
export interface SeededRandom extends Random {
  /** Whether something with this probability happens. */
  chance(probability: number): boolean;
  /** A number between two others. */
  between(least: number, most: number): number;
  /** A whole number from one to another, both included. */
  integer(least: number, most: number): number;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
}

/** Creates a generator. */
export function createSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(fraction() * limit);
  return {
    fraction,
    uint16: () => below(0x10000),
    below,
    chance: (probability) => fraction() < probability,
    between: (least, most) => least + fraction() * (most - least),
    integer: (least, most) => least + below(most - least + 1),
    pick: (items) => items[below(items.length)] ?? items[0],
  };
}
