import { fnv1a } from '../util/hash.js';
import type { Expand } from './expansion.js';

/** A part of all names, so that several machines can share them. */
export interface Shard {
  /** Which part it is, from 1 to `count`. */
  readonly index: number;
  /** How many parts there are. */
  readonly count: number;
}

/** Parses a shard, such as `2/3`; returns undefined if the text is not one. */
export function parseShard(text: string): Shard | undefined {
  const [, index, count] = /^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  return shard.index >= 1 && shard.index <= shard.count ? shard : undefined;
}

/**
 * Returns the index of the shard that a name belongs to. It depends on nothing but the name and the count, so it is the
 * same on every machine.
 *
 * @param name the name in its ASCII form.
 */
export function shardOf(name: string, count: number): number {
  const hash = fnv1a(name);
  // The lowest bits of the hash depend on the lowest bits of each character only. The highest ones mix all of them.
  return (((hash ^ (hash >>> 16)) >>> 0) % count) + 1;
}

/** Makes only those candidates that belong to a shard. */
export const inShard =
  (expand: Expand, { index, count }: Shard): Expand =>
  (word) => {
    const candidates = expand(word);
    if ('problem' in candidates) return candidates;
    return candidates.filter(({ name }) => shardOf(name, count) === index);
  };
