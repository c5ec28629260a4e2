import { describe, expect, it } from 'vitest';
import { allowanceOf } from './allowance.js';
import { makeWorld, type ServerSketch, type WorldSketch } from './make-world.js';

const allowance = (sketch: WorldSketch) => allowanceOf(makeWorld(sketch));
const at = (server: ServerSketch) => allowance({ servers: [server] });

/** What 10 names that do not exist may take at a server a round trip of 0.2 ms away, if nothing goes wrong. */
const calm = { queries: 1.5 * 10 + 16 + 20, time: expect.closeTo(5300.3, 1) };
/** If something does, at a server that could answer them as fast: 5 s for each name, of which 10,000 may be in flight. */
const rough = { queries: 4 * 10 + 24 + 760, time: expect.closeTo(200_005.8, 1) };

describe('what a run may take', () => {
  it('is close to the least possible if nothing goes wrong', () => {
    expect(allowance({})).toEqual(calm);
  });

  it('grows with the servers and the suffixes, to which a run must be introduced, and which confirm each other', () => {
    const suffixes = ['dev', 'com'];
    expect(allowance({ names: { suffixes }, servers: [{ count: 2 }, {}] })).toEqual({
      queries: 1.5 * 10 + 16 * 3 * 2 + 10 + 20,
      time: expect.closeTo(12_300.3, 1),
    });
  });

  it('has five queries more for each name that is typed alone', () => {
    expect(allowance({ names: { interval: 1 } })).toMatchObject({ queries: 101 });
  });

  it('is more if something goes wrong', () => {
    expect(at({ line: { loss: 0.01 } })).toEqual(rough);
    expect(at({ limit: { kind: 'rate', rate: 1e9, burst: 20, beyond: 'drop' } })).toEqual(rough);
    expect(at({ faults: [{ kind: 'restart', from: 0, to: 0 }] })).toEqual(rough);
    expect(at({ tcp: { kind: 'refused' } })).toEqual(rough);
    expect(at({ character: 'filters' })).toEqual(rough);
    expect(at({ truncated: 1 })).toMatchObject({ queries: 4 * 20 + 24 + 760 });
    expect(at({ character: 'silent' })).toMatchObject({ queries: 4 * 70 + 24 + 760 });
  });

  it('has four queries more for each name if a server makes up some, so that names are compared with others', () => {
    expect(at({ character: 'redirects short' })).toMatchObject({
      queries: 4 * 70 + 24 + 760 + 4 * 10,
    });
  });

  it('is not more because of duplicates, jitter, work, or denials without SOA records', () => {
    expect(at({ line: { duplicates: 0.05 }, hasSoa: false })).toEqual(calm);
    expect(at({ line: { jitter: 10 } })).toMatchObject({ queries: 51 });
    expect(at({ work: 30 })).toMatchObject({ queries: 51 });
  });

  it('has time for all tries of each name that is never answered, as many at a time as are in flight', () => {
    const names = { count: 10, silent: 0.2, failing: 0.2 };
    const time = (concurrency: number) => allowance({ names, options: { concurrency } }).time;
    // Four names of 13 s each, and ten of 5 s.
    expect(time(1) - time(2)).toBeCloseTo(51_000, -2);
    expect(time(2)).toBeGreaterThan(200_000 + 51_000);
  });

  it('has the time that a rate imposes on all queries that are allowed', () => {
    expect(allowance({ options: { rate: 5 } })).toEqual({ queries: 51, time: 10_200 });
  });
});
