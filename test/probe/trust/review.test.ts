import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/dns/transport/transport.js';
import type { Decided, Troubled } from '../../../src/probe/trust/deciding.js';
import { createReview } from '../../../src/probe/trust/review.js';
import { createKnownServer, type Grade } from '../../../src/probe/trust/standing.js';
import { createSuffix } from '../../../src/probe/trust/suffix.js';
import type { Settlement } from '../../../src/probe/trust/testing.js';
import { absent, doubt, type Finding } from '../../../src/probe/verdict.js';
import { address, answerWith, denial, failed, primary, secondary } from '../../helpers/answers.js';
import { candidateOf } from '../../helpers/played.js';
import { findingWith } from '../making.js';
import { standingOfGrade, witnessWith } from './standings.js';

interface Played {
  readonly grade?: Grade;
  /** The witnesses that settle the findings, one after the other, or `outdated`. */
  readonly witnesses?: readonly Settlement[];
  readonly decided?: readonly Decided[];
  readonly isRoundLeft?: boolean;
  readonly isSampled?: boolean;
  /** The outcome for the random name beside a name. */
  readonly sibling?: Outcome;
  /** The finding of the name servers. */
  readonly byNameServers?: (finding: Finding) => Finding;
}

const right = witnessWith({ evidence: ['right'] });
const wildcard = witnessWith({ random: 'exists', evidence: ['wildcard'] });

/** Reviews findings with witnesses, decisions and answers that are known beforehand. */
function reviewWith(played: Played = {}) {
  const suffix = createSuffix('dev', [createKnownServer(primary), createKnownServer(secondary)], () => {});
  const standing = standingOfGrade(played.grade ?? 'good');
  const witnesses = [...(played.witnesses ?? [right, right, right])];
  const decided = [...(played.decided ?? [])];
  const troubles: Troubled[] = [];
  const settled: Finding[] = [];
  const parents: string[] = [];
  const review = createReview({
    tries: 7,
    testing: {
      async settle(_standing, finding) {
        settled.push({ ...findingWith(), ...finding });
        const next = witnesses.shift();
        if (next === undefined) throw new Error('Expected no other wait');
        return next;
      },
    },
    deciding: {
      async decideAbout(_suffix, _round, troubled) {
        troubles.push(troubled);
        const next = decided.shift();
        if (next === undefined) throw new Error('Expected no other decision');
        return next;
      },
      isRoundLeft: () => played.isRoundLeft ?? true,
      isSampled: () => played.isSampled ?? false,
    },
    wildcards: {
      askSibling: async () => answerWith(played.sibling ?? denial, { sent: 30, received: 40 }),
      async askNameServers(_candidate, finding, _standing, parent) {
        parents.push(parent);
        return (played.byNameServers ?? ((same) => same))(finding);
      },
    },
  });
  const start = (name = 'live.dev', changes: Partial<Finding> = {}, round = 1) =>
    review(
      { candidate: candidateOf(name), suffix, standing, round, isConfirmation: false },
      findingWith(changes),
    );
  return { start, troubles, settled, parents };
}

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

  it('is decided by its name servers, whose answers wait for a witness, too', async () => {
    const { start, parents, settled, troubles } = reviewWith({
      ...byWildcard,
      byNameServers: (finding) => ({ ...finding, last: 50 }),
    });
    expect(await start()).toMatchObject({ last: 50, evidence: [expect.anything(), 'wildcard'] });
    expect(parents).toEqual(['dev']);
    expect(settled.at(-1)?.last).toBe(50);
    expect(troubles).toHaveLength(1);
  });

  it.each([
    ['is unknown if they do not say', false, { verdict: { status: 'unknown', reason: 'unclear' } }],
    ['is asked for elsewhere if one of many servers may know better', true, { avoid: primary }],
  ])('%s', async (_, isSampled, reviewed) => {
    const byNameServers = (finding: Finding) => doubt(finding, 'unclear');
    expect(await reviewWith({ ...byWildcard, isSampled, byNameServers }).start()).toMatchObject(reviewed);
  });
});

describe('a live name of several labels', () => {
  it('is believed if a random name beside it has no address, and the answer to that is settled, too', async () => {
    const { start, settled, parents } = reviewWith();
    expect(await start('www.live.dev')).toMatchObject({ verdict: { status: 'live' } });
    expect(settled.at(-1)).toMatchObject({ first: 1, last: 30, received: 40 });
    expect(parents).toEqual([]);
  });

  it('is left to the name servers if a random name beside it has an address', async () => {
    const { start, parents } = reviewWith({ sibling: address });
    await start('www.live.dev');
    expect(parents).toEqual(['live.dev']);
  });

  it('is unknown if there is no answer about a random name beside it', async () => {
    const { start } = reviewWith({ sibling: failed('no reply') });
    const reason = 'cannot tell whether any name under .live.dev is answered: no reply';
    expect(await start('www.live.dev')).toMatchObject({ verdict: { status: 'unknown', reason } });
  });
});
