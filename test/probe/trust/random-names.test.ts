import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/dns/transport/transport.js';
import { createRandomNames } from '../../../src/probe/trust/random-names.js';
import { createKnownServer, createStanding } from '../../../src/probe/trust/standing.js';
import { answerWith, denial, failed, primary, replied } from '../../helpers/answers.js';
import { createSeededRandom } from '../../simulation/random.js';

const exists = replied({ addresses: ['192.0.2.9'] });
const lost = failed('no reply');
const plain = replied({ zone: 'dev' });
const delegated = replied({ nameServers: true });

interface Played {
  /** The name whose form the others have, without its suffix; `for` by default. */
  readonly word?: string;
  /** What the server says about the long name, which is denied by default. */
  readonly long?: Outcome;
  /** What it says about the names in the form of the candidate, one after the other; `never` if nothing. */
  readonly similar?: readonly (Outcome | 'never')[];
  /** What it says about their name servers, one after the other. */
  readonly nameServers?: readonly Outcome[];
}

/** Asks for names in the form of a candidate, and returns what came of it and what was asked. */
async function askSimilar(played: Played = {}) {
  const similar = [...(played.similar ?? [denial])];
  const nameServers = [...(played.nameServers ?? [])];
  const asked: string[] = [];
  const waits: number[] = [];
  const randomNames = createRandomNames({
    async askServer({ name, type }, server) {
      expect(server).toBe(primary);
      const isLong = /^[a-z0-9]{24,40}\.dev$/.test(name);
      asked.push(`${type} ${isLong ? 'LONG' : name.replace(/[a-z]/g, 'x').replace(/xxx$/, 'dev')}`);
      const next = isLong ? (played.long ?? denial) : type === 'NS' ? nameServers.shift() : similar.shift();
      if (next === 'never') return new Promise(() => {});
      if (next === undefined) throw new Error(`Expected no other question, got ${type} ${name}`);
      return answerWith(next);
    },
    random: createSeededRandom(1),
    sleeper: {
      // A wait is over only if the reply never comes.
      async sleep(milliseconds) {
        waits.push(milliseconds);
        await new Promise(setImmediate);
      },
    },
    nextPlace: () => 1,
  });
  const standing = createStanding(createKnownServer(primary), 'dev');
  const long = randomNames.askLong(standing);
  const canary = await randomNames.askSimilar(standing, played.word ?? 'for', () => long);
  const { server } = standing;
  return { canary, server, asked: asked.slice(1), waits, first: asked[0] };
}

describe('a long random name', () => {
  it('is asked for with the type of the candidates', async () => {
    expect((await askSimilar()).first).toBe('A LONG');
  });
});

describe('names in the form of a candidate', () => {
  it('have the form of the last candidate below the suffix', async () => {
    const { canary, asked } = await askSimilar({ word: 'www.my-4' });
    expect(asked).toHaveLength(1);
    expect(canary).toMatchObject({ reply: { exists: false } });
    expect(canary?.name).toMatch(/^www\.[a-z]{2}-\d\.dev$/);
  });

  it('are asked for until one is denied', async () => {
    const { canary, asked } = await askSimilar({
      similar: [exists, exists, denial],
      nameServers: [delegated, delegated],
    });
    expect(canary).toMatchObject({ reply: { exists: false } });
    expect(asked).toEqual(['A xxx.dev', 'NS xxx.dev', 'A xxx.dev', 'NS xxx.dev', 'A xxx.dev']);
  });

  it.each([
    ['still exists', exists, 0],
    ['is denied now, so that a lie is over', denial, 1],
  ])('are asked for again if one existed without a delegation: it %s', async (_, again, changedAt) => {
    const { canary, server } = await askSimilar({ similar: [exists, denial, again], nameServers: [plain] });
    expect(canary).toMatchObject({ reply: { exists: false } });
    expect(server.changedAt).toBe(changedAt);
  });

  it('are at most six, of which one that exists without a delegation counts', async () => {
    const { canary, asked } = await askSimilar({
      similar: new Array(6).fill(exists),
      nameServers: [delegated, plain, delegated, delegated, delegated, delegated],
    });
    expect(canary).toMatchObject({ reply: { exists: true } });
    expect(asked).toHaveLength(12);
  });

  const different = Array.from({ length: 6 }, (_, index) => replied({ addresses: [`192.0.2.${index}`] }));

  it.each<[string, string, readonly Outcome[], boolean]>([
    ['noodle', 'tell nothing if all are delegated', different, false],
    ['noodle', 'tell nothing if all are delegated, without an address', new Array(6).fill(replied()), false],
    ['noodle', 'count if all are delegated, but have the same address', new Array(6).fill(exists), true],
    ['while', 'tell nothing if all are delegated, with the same address', new Array(6).fill(exists), false],
  ])('like %s %s', async (word, _, similar, counts) => {
    const { canary } = await askSimilar({ word, similar, nameServers: new Array(6).fill(delegated) });
    expect(canary === undefined).toBe(!counts);
  });

  it('tell nothing if only one is delegated, and the others have no answer', async () => {
    const { canary } = await askSimilar({ similar: [exists, lost, lost], nameServers: [delegated] });
    expect(canary).toBeUndefined();
  });

  it('count if nothing is known of their delegation', async () => {
    const { canary } = await askSimilar({
      similar: different,
      nameServers: [lost, ...new Array(5).fill(delegated)],
    });
    expect(canary).toMatchObject({ reply: { exists: true } });
  });

  it('need no other one if even the long name exists', async () => {
    const { canary, asked } = await askSimilar({ similar: [exists], long: exists });
    expect(canary).toMatchObject({ reply: { exists: true } });
    expect(asked).toEqual(['A xxx.dev']);
  });
});

describe('a name in the form of a candidate that has no answer', () => {
  it('is replaced by another one', async () => {
    const { canary, asked } = await askSimilar({ similar: [lost, denial] });
    expect(canary).toMatchObject({ reply: { exists: false } });
    expect(asked).toEqual(['A xxx.dev', 'A xxx.dev']);
  });

  it('is the last one if it is the second one', async () => {
    expect(await askSimilar({ similar: [lost, lost] })).toMatchObject({
      canary: undefined,
      asked: ['A xxx.dev', 'A xxx.dev'],
    });
  });

  it.each([
    ['does not make it forgotten that three others existed', [exists, exists, exists, lost, lost], true],
    ['does not make it forgotten that one other existed', [exists, lost, lost], true],
  ])('%s', async (_, similar, counts) => {
    const { canary } = await askSimilar({ similar, nameServers: [plain, plain, plain] });
    expect(canary !== undefined).toBe(counts);
  });

  it('is waited for for a second', async () => {
    const { canary, waits } = await askSimilar({ similar: ['never', denial] });
    expect(canary).toMatchObject({ reply: { exists: false } });
    expect(waits).toEqual([1000, 1000]);
  });
});
