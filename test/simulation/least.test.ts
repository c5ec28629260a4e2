import { describe, expect, it } from 'vitest';
import { leastOf } from './least.js';
import { makeWorld, type WorldSketch } from './make-world.js';

const least = (sketch: WorldSketch) => leastOf(makeWorld(sketch));
const names = { count: 100 };
/** A round trip of 20 ms. */
const line = { delay: 10 };

describe('the least possible queries', () => {
  it('are one for each name', () => {
    expect(least({ names: { count: 100, live: 0.5 } }).queries).toBe(100);
  });

  it('are two for each name that exists without an address', () => {
    expect(least({ names: { count: 100, taken: 0.25 } }).queries).toBe(125);
  });

  it('are two for each name whose reply is truncated, if no server truncates fewer', () => {
    expect(least({ names, servers: [{ truncated: 0.5 }] }).queries).toBe(150);
    expect(least({ names, servers: [{ truncated: 0.5 }, { truncated: 0.25 }] }).queries).toBe(125);
  });

  it('are all tries of each name that is never answered', () => {
    expect(least({ names: { count: 100, silent: 0.125, failing: 0.125 } }).queries).toBe(250);
  });

  it('are all tries of all names if no server answers truthfully', () => {
    const servers = [{ character: 'silent' }, { character: 'denies all' }] as const;
    expect(least({ names, servers })).toEqual({ queries: 700, time: 0 });
  });
});

describe('the least possible time', () => {
  const options = { concurrency: 100 };
  const time = (sketch: WorldSketch) => least({ names, options, ...sketch }).time;

  it('is that of the names in flight, and the round trip of the last query', () => {
    expect(time({ servers: [{ line }], options: { concurrency: 10 } })).toBe(220);
  });

  it('has a round trip with the jitter and a third of the work, at the nearest server', () => {
    const slow = { line: { delay: 10, jitter: 4 }, work: 30 };
    expect(time({ servers: [slow] })).toBe(68);
    expect(time({ servers: [slow, { line }] })).toBe(40);
    expect(time({ servers: [slow, { line, character: 'silent' }] })).toBe(68);
  });

  it('is that of a rate', () => {
    expect(time({ servers: [{ line }], options: { rate: 50 } })).toBe(2020);
  });

  it("is that of the servers' limits", () => {
    const limited = { line, limit: { kind: 'rate', rate: 200, burst: 20, beyond: 'drop' } } as const;
    expect(time({ servers: [limited] })).toBe(520);
    expect(time({ servers: [{ ...limited, count: 5 }] })).toBe(120);
    expect(time({ servers: [{ line, limit: { kind: 'in work', count: 5, beyond: 'drop' } }] })).toBe(420);
  });

  it('is that of connections that carry few queries', () => {
    expect(time({ servers: [{ line, tcp: { kind: 'closes', after: 10 } }] })).toBe(420);
    expect(time({ servers: [{ line, tcp: { kind: 'falls silent', after: 1 } }] })).toBe(4020);
  });

  it('is that between names that are typed', () => {
    expect(time({ names: { count: 10, interval: 300 }, servers: [{ line }] })).toBe(2720);
  });

  it('is that until the last fault is over', () => {
    const faults = [
      { kind: 'silent', from: 100, to: 1000 },
      { kind: 'silent', from: 0, to: 50 },
    ] as const;
    expect(time({ servers: [{ line, faults }] })).toBe(1020);
  });
});
