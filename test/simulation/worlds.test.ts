import { describe, expect, it } from 'vitest';
import { check } from './check.js';
import { fixedWorlds } from './fixed-worlds.js';
import { makeWorld } from './make-world.js';
import { play } from './play.js';

describe('It no longer happens that', () => {
  for (const { found, ...sketch } of fixedWorlds)
    it(found, async () => {
      const world = makeWorld(sketch);
      expect(check(world, await play(world)).problems).toEqual([]);
    });
});
