import { describe, expect, it } from 'vitest';
import { type PlayedRun, type PlayedServer, play } from '../../../helpers/played.js';
import {
  changing,
  deny,
  except,
  fail,
  isRandom,
  madeUp,
  truthful,
  type Zone,
} from '../../../helpers/played-servers.js';

/** 40 names that exist under each of two suffixes, and 160 that do not. */
const words = Array.from({ length: 200 }, (_, index) => `w${index}`);
const isLive = (word: string) => Number(word.slice(1)) % 5 === 0;
const underBoth = words
  .filter(isLive)
  .flatMap((word) => [`${word}.dev`, `${word}.example`])
  .map((name) => [name, { A: ['192.0.2.1'] }]);
const truth: Zone = {
  dev: { isDelegated: true },
  example: { isDelegated: true },
  ...Object.fromEntries(underBoth),
};
const honest = truthful(truth);

const namesUnder = (suffix: string) => words.map((word) => `${word}.${suffix}`);
const trueLines = (suffix: string) => words.map((word) => `${isLive(word) ? '+' : ' '} ${word}.${suffix}`);

const lies: readonly (readonly [string, PlayedServer])[] = [
  ['denies everything', deny],
  ['answers everything', madeUp],
];

/** The marks that are neither right nor `?`. */
const wrongOf = ({ lines }: PlayedRun, expected: readonly string[]) =>
  lines.filter((line) => !line.startsWith('?') && !expected.includes(line));

/** Is honest up to a number of queries, and lies for a while from a later one on. */
const lyingFor = (lie: PlayedServer, from: number, milliseconds: number): PlayedServer => {
  let queries = 0;
  let until = Number.POSITIVE_INFINITY;
  return (query) => {
    if (++queries === from) until = query.time + milliseconds;
    return (queries >= from && query.time < until ? lie : honest)(query);
  };
};

describe.each(lies)('a server that %s', (_lie, lie) => {
  it.each([4, 5, 30, 60, 100, 150])(
    'from query %i on has no wrong answer, and is reported once',
    async (from) => {
      const server = changing([from, honest], [Number.POSITIVE_INFINITY, lie]);
      const run = await play([server], namesUnder('dev'), { concurrency: 20 });
      expect(wrongOf(run, trueLines('dev'))).toEqual([]);
      expect(run.lines).toHaveLength(200);
      expect(run.notes).toEqual([
        expect.stringMatching(/^after (\d+|one) names?, a server changed its mind: FIRST /),
      ]);
    },
  );

  it('for 200 ms costs no answer, as it is tested again', async () => {
    const { lines } = await play([lyingFor(lie, 60, 200)], namesUnder('dev'), { concurrency: 20, tries: 7 });
    expect(lines).toEqual(trueLines('dev').toSorted());
  });

  it('beside an honest one from query 30 on costs no answer', async () => {
    const liar = changing([30, honest], [Number.POSITIVE_INFINITY, lie]);
    const { lines } = await play([liar, honest], namesUnder('dev'), { concurrency: 20 });
    expect(lines).toEqual(trueLines('dev').toSorted());
  });

  it('for a suffix that is asked for later has no wrong answer', async () => {
    const server = changing([60, honest], [Number.POSITIVE_INFINITY, lie]);
    const names = [...namesUnder('dev'), ...namesUnder('example')];
    const run = await play([server], names, { concurrency: 20 });
    expect(wrongOf(run, [...trueLines('dev'), ...trueLines('example')])).toEqual([]);
    expect(run.lines).toHaveLength(400);
  });

  it.each<[string, PlayedServer]>([
    ['silent', () => undefined],
    ['refusing', () => ({ rcode: 'REFUSED' })],
  ])('and then is %s for ever does not keep the run from ending', async (_, after) => {
    const server = changing([30, honest], [60, lie], [Number.POSITIVE_INFINITY, after]);
    const run = await play([server], namesUnder('dev'), { concurrency: 20 });
    expect(wrongOf(run, trueLines('dev'))).toEqual([]);
    expect(run.lines).toHaveLength(200);
  });
});

describe('a server that changes its mind', () => {
  const reasonsOf = ({ lines }: PlayedRun) =>
    new Set(lines.filter((line) => line.startsWith('?')).map((line) => line.replace(/^\? \S+ {2}/, '')));

  it.each([
    ['denies', deny, 'FIRST denies .dev, which it had before'],
    ['answers for', madeUp, 'FIRST answers for names under .dev that do not exist, which it did not before'],
  ])('and %s everything makes names unknown, and says why', async (_, lie, reason) => {
    const server = changing([30, honest], [Number.POSITIVE_INFINITY, lie]);
    const run = await play([server], namesUnder('dev'), { concurrency: 1 });
    expect(reasonsOf(run)).toEqual(new Set([reason]));
    expect(run.notes).toEqual([expect.stringMatching(/^after \d names, a server changed its mind: /)]);
    expect(run.notes[0]).toContain(reason);
  });
});

it('a name is asked for again because a witness was wrong, and never because one was late', async () => {
  const slow = (query: { readonly name: string }) => (isRandom(query.name) ? 400 : 1);
  const { lines, queries } = await play([honest], namesUnder('dev'), { delay: slow, timeout: 3000 });
  expect(lines).toEqual(trueLines('dev').toSorted());
  const asked = queries[0]?.filter(({ name, type }) => name === 'w1.dev' && type === 'A');
  expect(asked).toHaveLength(1);
});

it('a server that fails to answer canaries for a moment costs no answer', async () => {
  let failures = 0;
  const isFailing = (name: string) => (name === 'dev' || isRandom(name)) && failures++ < 6;
  const { lines, notes } = await play([except(isFailing, fail, honest)], namesUnder('dev'), { tries: 7 });
  expect(lines).toEqual(trueLines('dev').toSorted());
  expect(notes).toEqual([]);
});
