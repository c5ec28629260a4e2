import { describe, expect, it } from 'vitest';
import { play } from './play.js';
import { createSeededRandom } from './random.js';
import { createWorld } from './random-world.js';

const worldOf = (seed: number) => createWorld(seed, createSeededRandom(seed));

describe('a world from a seed', () => {
  it('is the same world each time, and another one from another seed', () => {
    expect(worldOf(42)).toEqual(worldOf(42));
    expect(worldOf(42)).not.toEqual(worldOf(43));
  });

  it('is played the same way each time, to the last event', async () => {
    for (const seed of [1, 2, 3]) {
      const [one, other] = [await play(worldOf(seed)), await play(worldOf(seed))];
      expect(one.hash).toBe(other.hash);
      expect(one.events).toBe(other.events);
      expect(one.results).toEqual(other.results);
    }
  });

  it('is played in another way if only its seed is another one', async () => {
    const world = worldOf(3);
    const [one, other] = [await play(world), await play({ ...world, seed: 4 })];
    expect(one.hash).not.toBe(other.hash);
  });
});
