import { describe, expect, it } from 'vitest';
import { makeWorld } from './make-world.js';
import { isFiltered, namesOf, truthOf } from './truth.js';

const namesLike = (sketch: Parameters<typeof makeWorld>[0]) => namesOf(makeWorld(sketch).names);

describe('the names of a world', () => {
  it('tell what is true of them', () => {
    expect(['n0-l', 'n17-t', 'n2-a', 'n3-s', 'n4-f'].map(truthOf)).toEqual([
      'live',
      'taken',
      'absent',
      'silent',
      'failing',
    ]);
    expect(['nic', 'dev', 'n1-x', 'n1', '3ehsa5y3sj5g'].map(truthOf)).toEqual(Array(5).fill(undefined));
  });

  it('take turns with the suffixes', () => {
    const names = namesLike({ names: { count: 3, suffixes: ['dev', 'com'] } });
    expect(names.map(({ name }) => name)).toEqual(['n0-a.dev', 'n1-a.com', 'n2-a.dev']);
  });

  it('have the shares that the world says', () => {
    const names = namesLike({ names: { count: 1000, live: 0.5, taken: 0.2, silent: 0.1, failing: 0.05 } });
    const share = (truth: string) => names.filter((each) => each.truth === truth).length / names.length;
    expect(share('live')).toBeCloseTo(0.5, 2);
    expect(share('taken')).toBeCloseTo(0.2, 2);
    expect(share('silent')).toBeCloseTo(0.1, 2);
    expect(share('failing')).toBeCloseTo(0.05, 2);
    expect(share('absent')).toBeCloseTo(0.15, 2);
  });

  it('begin with those that are never answered if the world says so', () => {
    const names = namesLike({ names: { count: 20, silent: 0.2, areSilentFirst: true } });
    const truths = names.map(({ truth }) => truth);
    expect(truths.lastIndexOf('silent')).toBe(truths.filter((truth) => truth === 'silent').length - 1);
    expect(truths.indexOf('absent')).toBeGreaterThan(0);
  });

  it('are filtered one in three', () => {
    const names = Array.from({ length: 10 }, (_, index) => `n${index}-a.dev`);
    expect(names.filter(isFiltered)).toEqual(['n3-a.dev', 'n6-a.dev', 'n9-a.dev']);
  });
});
