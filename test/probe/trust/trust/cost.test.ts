import { describe, expect, it } from 'vitest';
import { type PlayedQuery, play } from '../../../helpers/played.js';
import { except, isRandom, refuse, silent, truthful, zone } from '../../../helpers/played-servers.js';

const words = (count: number) => Array.from({ length: count }, (_, index) => `x${index}`);

/** The names that are asked for on purpose. */
const asked = ['dev', 'nic.dev', 'live.dev', 'free.dev', 'x.dev', 'x.dvv'];

const shown = (queries: readonly PlayedQuery[] | undefined) =>
  queries?.map(({ name }) => {
    if (isRandom(name)) return 'RANDOM';
    return asked.includes(name) ? name : 'SIMILAR';
  });

describe('the canaries of a run', () => {
  it('are six for a name alone, three before it and three after it, and a name that nearly every top-level domain has', async () => {
    const { queries } = await play([truthful()], ['live.dev']);
    expect(shown(queries[0])).toEqual([
      'dev',
      'RANDOM',
      'SIMILAR',
      'nic.dev',
      'live.dev',
      'dev',
      'RANDOM',
      'SIMILAR',
    ]);
  });

  it('are three for each later name that is asked for alone, so that none waits for others', async () => {
    const { queries } = await play([truthful()], ['live.dev', 'free.dev', 'x.dev'], { concurrency: 1 });
    expect(shown(queries[0])?.slice(8)).toEqual([
      ...['free.dev', 'live.dev', 'RANDOM', 'SIMILAR'],
      ...['x.dev', 'live.dev', 'RANDOM', 'SIMILAR'],
    ]);
  });

  it('are seven for names that are asked for together', async () => {
    const { queries } = await play(
      [truthful()],
      words(50).map((word) => `${word}.dev`),
    );
    expect(queries[0]).toHaveLength(50 + 7);
  });

  it('are at most one query in ten, beside the first and the last ones', async () => {
    const names = words(3000).map((word) => `${word}.dev`);
    const { queries } = await play([truthful()], names, { delay: () => 30, concurrency: 30 });
    const canaries = (queries[0]?.length ?? 0) - 3000;
    expect(canaries).toBeGreaterThan(7);
    expect(canaries).toBeLessThanOrEqual(300 + 7);
  });

  it('have a new label each time', async () => {
    const runs = await Promise.all(
      [1, 2].map((seed) => play([truthful()], ['live.dev', 'live.example'], { seed })),
    );
    const labels = runs.flatMap(({ queries }) =>
      queries.flat().flatMap(({ name }) => (isRandom(name) ? [name.slice(0, name.indexOf('.'))] : [])),
    );
    expect(labels).toHaveLength(8);
    expect(new Set(labels).size).toBe(8);
  });

  it.each([
    ['the suffix that a word is put under', ['x co.uk'], ['co.uk']],
    ['the last label of a whole name', ['x.co.uk', 'www.live.dev'], ['dev', 'uk']],
  ])('are about %s', async (_, names, suffixes) => {
    const truth = { ...zone, uk: { isDelegated: true }, 'co.uk': { isDelegated: true } };
    const { queries } = await play([truthful(truth)], names);
    const parents = queries
      .flat()
      .flatMap(({ name }) => (isRandom(name) ? [name.slice(name.indexOf('.') + 1)] : []));
    expect([...new Set(parents)].toSorted()).toEqual(suffixes);
  });

  it('are not counted in the tries of a name', async () => {
    const truth = { ...zone, 'six.dev': { AAAA: ['2001:db8::1'] } };
    const { results } = await play([truthful(truth)], ['live.dev', 'six.dev'], { concurrency: 1 });
    expect(results.map(({ tries }) => tries)).toEqual([1, 2]);
  });

  it('are logged', async () => {
    const { log } = await play([except((name) => name === '', refuse, truthful())], ['x.dvv']);
    expect(log).toContain('canary: FIRST is asked for dvv NS');
    expect(log).toContain('canary: FIRST is asked for the root NS');
  });

  it.each([
    ['one of a few servers has as many tries as a name', 1, 5],
    ['one of many servers has three tries', 17, 3],
  ])('have a limit: %s', async (_, count, tries) => {
    const server = except(isRandom, silent, truthful());
    const { log } = await play(new Array(count).fill(server), ['live.example'], { tries: 5 });
    const last = log.filter((line) => isRandom(line)).map((line) => Number(/attempt (\d)/.exec(line)?.[1]));
    expect(Math.max(...last)).toBe(tries);
  });

  it('are not sent at all if they are not wanted', async () => {
    const { lines, queries } = await play([truthful()], ['live.dev', 'x.dvv'], { canary: false });
    expect(lines).toEqual(['  x.dvv', '+ live.dev']);
    expect(shown(queries[0])).toEqual(['live.dev', 'x.dvv']);
  });
});
