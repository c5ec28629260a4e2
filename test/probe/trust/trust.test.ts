import { describe, expect, it } from 'vitest';
import { unknown } from '../../../src/probe/verdict.js';
import { denial, primary, replied, secondary } from '../../helpers/answers.js';
import { isRandom } from '../../helpers/honest.js';
import { right, trustIn } from './trusting.js';

describe('trust in servers', () => {
  it('believes a finding of a server that is right, and adds the evidence', async () => {
    const { review } = trustIn(right);
    expect(await review('live.dev')).toMatchObject({
      verdict: { status: 'live' },
      evidence: ['A: NOERROR, address', 'dev exists', expect.stringMatching(/\.dev does not exist$/)],
    });
  });

  it('has nothing to say about a finding without an answer', async () => {
    const { review, asked } = trustIn(right);
    const verdict = unknown('no reply');
    expect(await review('live.dev', { verdict, sources: [] })).toMatchObject({
      verdict,
      evidence: ['A: NOERROR, address'],
    });
    expect(asked.filter((each) => each.endsWith('live.dev'))).toEqual([]);
  });

  it('reviews a finding by each of its servers', async () => {
    const { review } = trustIn(right);
    const reviewed = await review('live.dev', { sources: [primary, secondary] });
    expect('evidence' in reviewed && reviewed.evidence).toHaveLength(5);
  });

  it('does not believe a finding if one of its servers is wrong', async () => {
    const { review, trust, openSuffix } = trustIn((question, server) =>
      server === secondary && isRandom(question.name)
        ? replied({ addresses: ['192.0.2.66'] })
        : right(question, server),
    );
    expect(await review('live.dev', { sources: [primary, secondary] })).not.toHaveProperty('verdict');
    expect(await review('live.dev', { sources: [primary] })).toHaveProperty('verdict');
    expect([...openSuffix('dev').avoid]).toEqual([secondary]);
    expect(trust.lieOf(primary)).toBeUndefined();
    expect(trust.lieOf(secondary)).toBe('answers for names under .dev that do not exist');
  });

  it('believes what a server says that cannot be tested', async () => {
    const { review } = trustIn(right);
    expect(await review('live.dev', { sources: ['system'] })).toMatchObject({
      verdict: { status: 'live' },
      evidence: ['A: NOERROR, address'],
    });
  });

  it('knows of no lie of a server that it does not know, or that is honest', async () => {
    const { trust, review } = trustIn(right);
    await review('live.dev');
    expect([trust.lieOf('system'), trust.lieOf(primary)]).toEqual([undefined, undefined]);
  });

  it.each([
    ['two servers', [primary, secondary], 5],
    ['many servers', Array.from({ length: 17 }, (_, index) => `udp://192.0.2.${index + 1}:53`), 3],
  ])('gives a random name as many tries as suit %s', async (_, servers, count) => {
    const { review, tries } = trustIn(right, servers);
    await review('live.dev');
    expect([...tries]).toEqual([count]);
  });

  it('logs each canary', async () => {
    const log: string[] = [];
    const { review } = trustIn(() => denial, [primary], { log: (message) => log.push(message) });
    await review('live.example');
    expect(log[0]).toBe(`canary: ${primary} is asked for example NS`);
    expect(log).toContain(`canary: ${primary} is asked for the root NS`);
  });

  it('wants no confirmation of a denial by authoritative servers', async () => {
    const { review } = trustIn(right, [primary, secondary], { areAuthoritative: true });
    expect(await review('free.dev', { verdict: { status: 'absent' } })).toHaveProperty('verdict');
    const resolvers = trustIn(right);
    expect(await resolvers.review('free.dev', { verdict: { status: 'absent' } })).toMatchObject({
      avoid: primary,
    });
  });

  it('sends no canaries after the end', async () => {
    const { trust, review, asked, clock, openSuffix } = trustIn(right);
    await review('live.dev');
    const count = asked.length;
    trust.close();
    openSuffix('com').policy.sending?.(primary);
    expect(asked).toHaveLength(count);
    expect(clock.timers()).toBe(0);
  });
});

describe('the suffixes of a run', () => {
  it('have their names reviewed although they have been forgotten', async () => {
    const { trust, review, openSuffix } = trustIn((question, server) =>
      server === primary ? denial : right(question, server),
    );
    const reviewed = review('live.dev', { verdict: { status: 'absent' } });
    for (let index = 0; index <= 10_000; index++) openSuffix(`s${index}`);
    expect(await reviewed).not.toHaveProperty('verdict');
    expect(trust.lieOf(primary)).toBe('denies .dev and the root');
  });
});

describe('a server that changes its mind', () => {
  /** A server that denies everything after a while. */
  async function changing(names: number) {
    let isLying = false;
    const { review, notes, trust, openSuffix } = trustIn(
      (question, server) => (isLying ? denial : right(question, server)),
      [primary],
    );
    for (let name = 0; name < names; name++) await review(`x${name}.dev`);
    isLying = true;
    void review('live.dev', { verdict: { status: 'absent' } });
    await new Promise((resolve) => setImmediate(resolve));
    return { notes, trust, openSuffix };
  }

  it.each([
    [1, 'one name'],
    [2, '2 names'],
  ])('is reported, with the number of names that were believed before: %i', async (count, text) => {
    const { notes } = await changing(count);
    expect(notes).toEqual([
      `after ${text}, a server changed its mind: ${primary} denies .dev, which it had before`,
    ]);
  });

  it('keeps its findings waiting for a pause, which the end of the run ends', async () => {
    const { trust, openSuffix } = await changing(1);
    const suffix = openSuffix('dev');
    expect(suffix.recovery).toBeDefined();
    trust.close();
  });
});
