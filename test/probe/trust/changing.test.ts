import { describe, expect, it } from 'vitest';
import { serve } from '../../helpers/command.js';
import { isRandom } from '../../helpers/honest.js';
import { type Behaviour, deny, fail, type Zone } from '../../helpers/name-server.js';
import { ask, changing, madeUp, truthful } from '../../helpers/network.js';

/** 40 names that exist under each of two suffixes, and 160 that do not. */
const words = Array.from({ length: 200 }, (_, index) => `w${index}`);
const isLive = (word: string) => Number(word.slice(1)) % 5 === 0;
const truth: Zone = {
  dev: {},
  example: {},
  ...Object.fromEntries(
    words
      .filter(isLive)
      .flatMap((word) => ['dev', 'example'].map((suffix) => [`${word}.${suffix}`, { A: ['192.0.2.1'] }])),
  ),
};
const trueLine = (word: string) => `${isLive(word) ? '+' : ' '} ${word}.dev`;

const lies: readonly (readonly [string, Behaviour])[] = [
  ['denies everything', () => deny],
  ['answers everything', () => madeUp],
];

const summarize = (lines: readonly string[]) => ({
  wrong: lines.filter((line) => !line.startsWith('?') && !words.map(trueLine).includes(line)),
  unknown: lines.filter((line) => line.startsWith('?')).length,
  count: lines.length,
});

describe.concurrent.each(lies)('a server that %s', (_lie, lie) => {
  it.each([4, 5, 30, 60, 100, 150])(
    'from query %i on has no wrong answer, and is reported once',
    async (from) => {
      const server = await serve(changing([from, truthful(truth)], [Number.POSITIVE_INFINITY, lie]));
      const { lines, notes } = await ask([server], '--timeout', '0.1', '--tries', '3', ...words);
      expect(summarize(lines)).toMatchObject({ wrong: [], count: 200 });
      expect(notes.length).toBeLessThanOrEqual(2);
      if (from > 3)
        expect(notes).toEqual([expect.stringMatching(/^blogdom: after (\d+|one) names?,.*FIRST/)]);
    },
  );

  it('until it is asked for a random name again costs no answer', async () => {
    let isLying = false;
    let liedTo = 0;
    const honest = truthful(truth);
    const server = await serve((query) => {
      isLying = server.queries.length >= 60 && liedTo < 2;
      if (isLying && isRandom(query.name)) liedTo++;
      return isLying ? lie(query) : honest(query);
    });
    const { lines } = await ask([server], '--timeout', '0.5', ...words);
    expect(summarize(lines)).toEqual({ wrong: [], unknown: 0, count: 200 });
    expect(liedTo).toBeGreaterThan(0);
  });

  it('beside an honest one from query 30 on costs no answer', async () => {
    const liar = await serve(changing([30, truthful(truth)], [Number.POSITIVE_INFINITY, lie]));
    const { lines, status } = await ask([liar, await serve(truth)], ...words);
    expect(summarize(lines)).toEqual({ wrong: [], unknown: 0, count: 200 });
    expect(status).toBe(0);
  });

  it('for a suffix that is asked for later has no wrong answer', async () => {
    const server = await serve(changing([60, truthful(truth)], [Number.POSITIVE_INFINITY, lie]));
    const names = ['dev', 'example'].flatMap((suffix) => words.map((word) => `${word}.${suffix}`));
    const { lines } = await ask([server], '--timeout', '0.1', '--tries', '3', '-c', '20', ...names);
    const wrong = lines.filter(
      (line) => !line.startsWith('?') && !words.map(trueLine).includes(line.replace('example', 'dev')),
    );
    expect(wrong).toEqual([]);
    expect(lines).toHaveLength(400);
  });
});

it('a server that fails to answer canaries for a moment costs no answer', async () => {
  let failures = 0;
  const honest = truthful(truth);
  const server = await serve((query) => {
    const isCanary = query.name === 'dev' || isRandom(query.name);
    return isCanary && failures++ < 6 ? fail() : honest(query);
  });
  const { lines, notes, status } = await ask([server], ...words);
  expect(summarize(lines)).toEqual({ wrong: [], unknown: 0, count: 200 });
  expect({ notes, status }).toEqual({ notes: [], status: 0 });
});
