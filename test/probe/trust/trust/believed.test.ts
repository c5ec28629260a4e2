import { describe, expect, it } from 'vitest';
import { type Finding, unknown } from '../../../../src/probe/verdict.js';
import { denial, primary, replied, secondary } from '../../../helpers/answers.js';
import { isRandom } from '../../../helpers/honest.js';
import { candidateOf } from '../../../helpers/played.js';
import { findingWith } from '../../making.js';
import { type Answering, findingAt, right, trustIn } from '../trusting.js';

describe('a name that is believed to exist', () => {
  const free = { verdict: { status: 'absent' } } as const;
  /** Denies some names, and is right otherwise. */
  const without =
    (...names: readonly string[]): Answering =>
    (question, server) =>
      names.includes(question.name) ? denial : right(question, server);

  it.each<[string, Partial<Finding>]>([
    ['live', {}],
    ['taken', { verdict: { status: 'taken' } }],
  ])('is a canary from then on if it is %s', async (_, changes) => {
    const { review, asked } = trustIn(right, [primary]);
    await review('own.dev', changes);
    const count = asked.length;
    await review('other.dev');
    expect(asked.slice(count)).toContain(`${primary} own.dev`);
  });

  it.each<[string, Partial<Finding>]>([
    ['is absent', free],
    ['has no answer', { verdict: unknown('no reply'), sources: [primary] }],
  ])('is not one that %s', async (_, changes) => {
    const { review, openSuffix } = trustIn(right, [primary]);
    await review('own.dev', changes);
    expect(openSuffix('dev').names.existing).toEqual([]);
    expect(openSuffix('dev').standings.get(primary)?.answered).not.toBe('own.dev');
  });

  it('is not one whose answer is not like others of the server', async () => {
    const { review, openSuffix } = trustIn((question) =>
      isRandom(question.name)
        ? replied({ rcode: 'NXDOMAIN', zone: 'dev', offersRecursion: true })
        : right(question, primary),
    );
    const reviewed = await review('own.dev', { verdict: { status: 'taken' }, offersRecursion: true });
    expect(reviewed).toHaveProperty('suspicion', `blocked by ${primary}: the denial has no SOA record`);
    expect(openSuffix('dev').names.existing).toEqual([]);
  });

  it('shows that a server filters which denies it, and a note says so once', async () => {
    const { review, notes } = trustIn(without('own.dev', 'live.dev'), [primary]);
    await review('own.dev');
    await review('live.dev');
    expect(await review('free.dev', free)).toMatchObject({
      verdict: { reason: `blocked by ${primary}: it denies own.dev, which exists` },
    });
    await review('free2.dev', free);
    expect(notes).toEqual([`names under .dev are blocked by ${primary}: it denies own.dev, which exists`]);
  });

  it('is not one that two servers have denied, and no third one is asked', async () => {
    const { trust } = trustIn(right);
    const candidate = candidateOf('free.dev');
    const suffix = trust.open(candidate);
    for (const url of [primary, secondary]) suffix.policy.sending?.(url);
    const found = { ...findingAt(1000), ...free, sources: [secondary] };
    const denied = findingWith({ ...free, sources: [primary] });
    expect(await trust.review(candidate, suffix, found, 2, denied)).toMatchObject(free);
    expect(suffix.names.existing).toEqual([]);
  });

  it('shows each suffix that a server filters, and a note says so of each', async () => {
    const { review, notes } = trustIn(without('own.dev', 'own.example'), [primary]);
    for (const suffixName of ['dev', 'example'])
      for (const word of ['own', 'live']) await review(`${word}.${suffixName}`);
    expect(notes).toEqual([
      `names under .dev are blocked by ${primary}: it denies own.dev, which exists`,
      `names under .example are blocked by ${primary}: it denies own.example, which exists`,
    ]);
  });

  it('is asked of a server that has denied it, and one note says so if that filters', async () => {
    const { trust, review, asked, notes } = trustIn((question, server) =>
      server === primary ? without('own.dev', 'live.dev')(question, server) : right(question, server),
    );
    await review('free.dev', free);
    for (const [index, name] of ['own.dev', 'live.dev'].entries()) {
      const candidate = candidateOf(name);
      const found = { ...findingAt(1000 + index), sources: [secondary] };
      const denied = findingWith({ ...free, sources: [primary] });
      await trust.review(candidate, trust.open(candidate), found, 2, denied);
      await new Promise(setImmediate);
      expect(asked).toContain(`${primary} ${name}`);
    }
    expect(notes).toEqual([`names under .dev are blocked by ${primary}: it denies own.dev, which exists`]);
  });

  it('keeps the server from a test by another one', async () => {
    const { review, openSuffix } = trustIn(right, [primary]);
    await review('own.dev', { sources: [primary] });
    expect(openSuffix('dev').standings.get(primary)?.answered).toBe('own.dev');
    await review('other.dev');
    expect(openSuffix('dev').standings.get(primary)?.answered).toBe('own.dev');
  });
});
