import { describe, expect, it } from 'vitest';
import { makeWorld } from './make-world.js';
import { shrink } from './shrink.js';
import type { World } from './world.js';

describe('shrink', () => {
  it('finds the smallest world that fails, without what does not matter', async () => {
    const world = makeWorld({
      names: {
        count: 100,
        suffixes: ['dev', 'com'],
        live: 0.5,
        taken: 0.1,
        silent: 0.1,
        failing: 0.1,
        interval: 20,
      },
      servers: [
        { character: 'filters', count: 5, hasSoa: false },
        {
          count: 20,
          line: { delay: 25, jitter: 10, loss: 0.1, duplicates: 0.05 },
          work: 200,
          truncated: 1,
          limit: { kind: 'in work', count: 5, beyond: 'drop' },
          tcp: { kind: 'hangs' },
          hasSoa: false,
          faults: [
            { kind: 'silent', from: 0, to: 10 },
            { kind: 'restart', from: 20, to: 30 },
          ],
        },
      ],
      options: { scheme: 'auto', rate: 10, concurrency: 2 },
    });
    const fails = async ({ names, servers }: World) =>
      names.count >= 3 &&
      servers.some(({ line, faults }) => line.loss > 0 && faults.some(({ kind }) => kind === 'restart'));
    expect(await shrink(world, fails)).toEqual(
      makeWorld({
        names: { count: 3 },
        servers: [{ line: { loss: 0.1 }, limit: undefined, faults: [{ kind: 'restart', from: 20, to: 30 }] }],
        options: { rate: undefined },
      }),
    );
  });

  it('returns the world itself if no smaller one fails', async () => {
    const world = makeWorld({ names: { live: 0.5 } });
    expect(await shrink(world, async () => false)).toBe(world);
  });

  it('tries at most 300 worlds', async () => {
    let trials = 0;
    const fails = async ({ names }: World) => {
      trials++;
      return names.count >= 1000;
    };
    const { names } = await shrink(makeWorld({ names: { count: 1500 } }), fails);
    expect(trials).toBe(300);
    // Every second trial takes away one name.
    expect(names.count).toBe(1350);
  });
});
