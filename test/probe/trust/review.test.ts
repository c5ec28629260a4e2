import { describe, expect, it } from 'vitest';
import { absent, doubt, type Finding, type Verdict } from '../../../src/probe/verdict.js';
import { primary } from '../../helpers/answers.js';
import { findingWith } from '../making.js';
import { reviewWith, right, wildcard } from './reviewing.js';
import { witnessWith } from './standings.js';

describe('a review', () => {
  it('believes a finding with which there is no trouble, and adds the evidence of its witness', async () => {
    const { start } = reviewWith();
    expect(await start()).toEqual(findingWith({ evidence: ['A: NOERROR, address', 'right'] }));
  });

  it('has a name asked for again whose finding is outdated, or gives it up if no round is left', async () => {
    const witnesses = ['outdated', 'outdated'] as const;
    expect(await reviewWith({ witnesses }).start()).toEqual({});
    expect(await reviewWith({ witnesses, isRoundLeft: false }).start()).toMatchObject({
      verdict: { status: 'unknown', reason: `${primary} keeps changing its answers about .dev` },
    });
  });

  it('leaves a finding with a trouble to a decision', async () => {
    const decided = [{ reviewed: { avoid: primary } }];
    const { start, troubles } = reviewWith({ witnesses: [wildcard, wildcard], decided });
    expect(await start()).toEqual({ avoid: primary });
    expect(troubles).toMatchObject([{ trouble: 'wildcard', witness: wildcard }]);
  });

  it('leaves a denial to a decision if the suffix has no answer, which an existing name does not need', async () => {
    const half = witnessWith({ suffix: 'unanswered' });
    const played = { witnesses: [half, half], decided: [{ reviewed: { avoid: primary } }] };
    const { start, troubles } = reviewWith(played);
    expect(await start('free.dev', { verdict: absent })).toEqual({ avoid: primary });
    expect(troubles).toMatchObject([{ trouble: 'no suffix' }]);
    expect(await reviewWith(played).start()).toMatchObject({ verdict: { status: 'live' } });
  });

  it('leaves an outdated finding of a server that is wrong now to a decision', async () => {
    const decided = [{ reviewed: {} }];
    const { start, troubles } = reviewWith({
      grade: 'changed',
      witnesses: ['outdated', 'outdated'],
      decided,
    });
    await start();
    expect(troubles).toMatchObject([{ trouble: 'changed', witness: { suffix: 'denied' } }]);
  });

  it('waits for a witness again if more has become known', async () => {
    const { start, troubles } = reviewWith({
      witnesses: [wildcard, wildcard, right],
      decided: ['once more'],
    });
    expect(await start()).toMatchObject({
      verdict: { status: 'live' },
      evidence: [expect.anything(), 'right'],
    });
    expect(troubles).toHaveLength(1);
  });

  it.each([
    ['the first times, elsewhere', 3, { avoid: primary }],
    ['twice for each server', 4, { verdict: { status: 'unknown' } }],
  ])('asks again about a denial in the name of the root: %s', async (_, round, reviewed) => {
    const { start } = reviewWith();
    expect(await start('free.dev', { verdict: absent, zone: '' }, round)).toMatchObject(reviewed);
  });
});

describe('a name where any name is answered', () => {
  const byWildcard = { witnesses: [wildcard, wildcard, wildcard], decided: ['name servers'] } as const;

  it('is compared with random names, whose answers wait for a witness, too', async () => {
    const { start, compared, settled, troubles } = reviewWith({
      ...byWildcard,
      compare: (finding) => ({ finding: { ...finding, last: 50 }, isWildcard: true }),
    });
    expect(await start()).toMatchObject({ last: 50, evidence: [expect.anything(), 'wildcard'] });
    expect(compared).toEqual([true]);
    expect(settled.at(-1)?.last).toBe(50);
    expect(troubles).toHaveLength(1);
  });

  it.each([
    ['is unknown if they do not tell', false, { verdict: { status: 'unknown', reason: 'unclear' } }],
    ['is asked for elsewhere if one of many servers may know better', true, { avoid: primary }],
  ])('%s', async (_, isSampled, reviewed) => {
    const compare = (finding: Finding) => ({ finding: doubt(finding, 'unclear'), isWildcard: true });
    expect(await reviewWith({ ...byWildcard, isSampled, compare }).start()).toMatchObject(reviewed);
  });
});

describe.each<[string, Verdict]>([
  ['live', { status: 'live' }],
  ['taken', { status: 'taken' }],
])('a %s name of several labels', (_, verdict) => {
  it('is compared with random names, and the answers about these are settled, too', async () => {
    const { start, settled, compared } = reviewWith({
      compare: (finding) => ({ finding: { ...finding, last: 30, received: 40 }, isWildcard: false }),
    });
    expect(await start('www.live.dev', { verdict })).toMatchObject({ verdict });
    expect(compared).toEqual([false]);
    expect(settled.at(-1)).toMatchObject({ last: 30, received: 40 });
  });

  it('is compared again if any name under the suffix turns out to be answered meanwhile', async () => {
    const { start, compared } = reviewWith({
      witnesses: [right, wildcard, right],
      decided: ['name servers'],
    });
    await start('www.live.dev', { verdict });
    expect(compared).toEqual([false, true]);
  });

  it('is believed although the random name has no answer if only the comparison has shown that', async () => {
    const { start, troubles } = reviewWith({
      witnesses: [right, witnessWith({ random: 'unanswered' })],
      compare: (finding) => ({ finding, isWildcard: true }),
    });
    expect(await start('www.live.dev', { verdict })).toMatchObject({ verdict });
    expect(troubles).toEqual([]);
  });

  it('is not believed if the suffix has been denied meanwhile', async () => {
    const { start, troubles } = reviewWith({
      witnesses: [right, witnessWith({ suffix: 'denied' })],
      decided: [{ reviewed: { avoid: primary } }],
      compare: (finding) => ({ finding, isWildcard: true }),
    });
    expect(await start('www.live.dev', { verdict })).toEqual({ avoid: primary });
    expect(troubles).toMatchObject([{ trouble: 'denied' }]);
  });

  it('is unknown if the comparison does not tell, with the evidence, and is not settled', async () => {
    const { start, settled } = reviewWith({
      isSampled: true,
      compare: (finding) => ({ finding: doubt(finding, 'unclear'), isWildcard: false }),
    });
    expect(await start('www.live.dev', { verdict })).toMatchObject({
      verdict: { status: 'unknown', reason: 'unclear' },
      evidence: [expect.anything(), 'right'],
    });
    expect(settled).toHaveLength(1);
  });

  it('is believed at a wildcard of many servers, if it is unlike random names', async () => {
    const { start } = reviewWith({ isSampled: true, compare: (finding) => ({ finding, isWildcard: true }) });
    expect(await start('www.live.dev', { verdict })).toMatchObject({ verdict });
  });

  it('is believed although random names are answered if only the comparison has shown that', async () => {
    const { start, troubles } = reviewWith({
      witnesses: [right, wildcard],
      compare: (finding) => ({ finding, isWildcard: true }),
    });
    expect(await start('www.live.dev', { verdict })).toMatchObject({ verdict });
    expect(troubles).toEqual([]);
  });
});

describe('a name that is not compared with random names', () => {
  it.each([
    ['is live and directly below its suffix', 'live.dev', { status: 'live' } as const],
    ['is absent', 'www.free.dev', absent],
  ])('%s', async (_, name, verdict) => {
    const { start, compared } = reviewWith();
    await start(name, { verdict });
    expect(compared).toEqual([]);
  });
});
