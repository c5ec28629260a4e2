import { describe, expect, it } from 'vitest';
import { takeWitness } from '../../../../src/probe/trust/epoch.js';
import type { ReviewOptions } from '../../../../src/probe/trust/review.js';
import { absent, type Finding } from '../../../../src/probe/verdict.js';
import { primary } from '../../../helpers/answers.js';
import { findingWith } from '../../making.js';
import { type Played, reviewWith, right } from '../reviewing.js';
import { witnessWith } from '../standings.js';

interface Confirming {
  readonly isTestNeedless?: boolean;
  readonly isTested?: boolean;
  readonly isCheckNeedless?: boolean;
  readonly isCheckWanted?: boolean;
}

/** A denial of another server. */
const claimed = findingWith({ verdict: absent });

/** Says how denials are confirmed, and records what is asked. */
function confirming(played: Confirming = {}) {
  const { isTestNeedless = false, isTested = false, isCheckNeedless = false, isCheckWanted = false } = played;
  const calls: string[] = [];
  const confirmation: ReviewOptions['confirmation'] = {
    existing: {
      isNeedless: () => isTestNeedless,
      async test() {
        calls.push('test');
        return isTested;
      },
      noteUnknown: async () => void calls.push('note'),
    },
    crossCheck: {
      isNeedless: () => isCheckNeedless,
      async isWanted() {
        calls.push('check');
        return isCheckWanted;
      },
      isPossible: async () => isCheckWanted,
      needsAnother: async () => isCheckWanted,
    },
  };
  return { confirmation, calls };
}

const reviewDenial = (confirmation: Confirming, played: Played = {}, claim?: Finding) => {
  const { calls, ...rest } = confirming(confirmation);
  const reviewed = reviewWith({ ...rest, ...played });
  return { calls, ...reviewed, result: reviewed.start('free.dev', { verdict: absent }, 1, claim) };
};

describe('a denial', () => {
  it('is believed without a confirmation where none is needed at all', async () => {
    const { start } = reviewWith();
    expect(await start('free.dev', { verdict: absent })).toMatchObject({ verdict: absent });
  });

  it('is believed at once if neither a test nor another server is needed', async () => {
    const { result, calls } = reviewDenial({ isTestNeedless: true, isCheckNeedless: true });
    expect(await result).toMatchObject({ verdict: absent });
    expect(calls).toEqual([]);
  });

  it.each<[string, Confirming]>([
    ['no test with a name that exists', { isCheckNeedless: true }],
    ['no confirmation by another server', { isTestNeedless: true }],
  ])('is believed if there is %s, though it is looked for', async (_, confirmation) => {
    const { result, calls } = reviewDenial(confirmation);
    expect(await result).toMatchObject({ verdict: absent, evidence: [expect.anything(), 'right'] });
    expect(calls).toEqual(['test', 'check', 'note']);
  });

  it('is asked for at another server if that is to confirm it', async () => {
    const { result } = reviewDenial({ isCheckWanted: true });
    expect(await result).toMatchObject({
      avoid: primary,
      claim: { verdict: absent, evidence: [expect.anything(), 'right'] },
    });
  });

  it.each<[string, string, Partial<Finding>, boolean]>([
    ['directly below a top-level domain', 'way.dev', {}, true],
    ['of an alias without an address', 'way.dev', { verdict: { status: 'taken' } }, true],
    ['further below', 'www.way.dev', {}, false],
    ['without an alias', 'way.dev', { alias: undefined }, false],
  ])('is not the only finding to be confirmed: so is an alias, %s', async (_, name, changes, isChecked) => {
    const finding = { alias: 'host.example', ...changes };
    const review = (isCheckWanted: boolean, claim?: Finding) =>
      reviewWith(confirming({ isCheckWanted })).start(name, finding, 1, claim);
    expect('claim' in (await review(true))).toBe(isChecked);
    expect('claim' in (await review(true, claimed))).toBe(false);
    expect('claim' in (await review(false))).toBe(false);
  });

  it('that confirms another one is not to be confirmed itself', async () => {
    const { result, calls } = reviewDenial({}, {}, claimed);
    expect(await result).toMatchObject({ verdict: absent });
    expect(calls).toEqual(['test', 'note']);
  });

  it('has the name asked for elsewhere once more if the denial that it confirms needs another confirmation', async () => {
    const { result } = reviewDenial({ isCheckWanted: true }, {}, claimed);
    const reviewed = await result;
    expect(reviewed).toEqual({ avoid: primary, claim: claimed });
  });

  it('waits for another witness after a test with a name that exists', async () => {
    const filtering = witnessWith({ below: 'denied' });
    const decided = [{ reviewed: { avoid: primary } }];
    const { confirmation, calls } = confirming({ isTested: true, isCheckWanted: true });
    const { start, standing, troubles } = reviewWith({
      confirmation: confirmation && {
        ...confirmation,
        existing: {
          ...confirmation.existing,
          async test() {
            takeWitness(standing.epoch, filtering);
            return true;
          },
        },
      },
      witnesses: [right, filtering],
      decided,
    });
    expect(await start('free.dev', { verdict: absent })).toEqual({ avoid: primary });
    expect(troubles).toMatchObject([{ trouble: 'filtered', witness: filtering }]);
    expect(calls).toEqual([]);
  });

  it('is confirmed by another server after a test that the server has stood', async () => {
    const { result, settled, calls } = reviewDenial({ isTested: true, isCheckWanted: true });
    expect(await result).toMatchObject({ avoid: primary, claim: { verdict: absent } });
    expect(settled).toHaveLength(2);
    expect(calls).toEqual(['test', 'check']);
  });
});

describe('what is not confirmed', () => {
  it('is a name that exists', async () => {
    const { confirmation, calls } = confirming({ isCheckWanted: true });
    expect(await reviewWith({ confirmation }).start()).toMatchObject({ verdict: { status: 'live' } });
    expect(calls).toEqual([]);
  });

  it('is a name that must be asked for again', async () => {
    const { confirmation, calls } = confirming({ isCheckWanted: true });
    const { start } = reviewWith({ confirmation });
    expect(await start('free.dev', { verdict: absent, zone: '' })).toEqual({ avoid: primary });
    expect(calls).toEqual([]);
  });

  it('is a denial that is unlike those of random names', async () => {
    const { confirmation, calls } = confirming({ isCheckWanted: true });
    const { start } = reviewWith({ confirmation, habits: { hasOfferedRecursion: true } });
    const denied = { verdict: absent, zone: 'dev', offersRecursion: false };
    expect(await start('free.dev', denied)).toMatchObject({
      verdict: absent,
      suspicion: `blocked by ${primary}: the denial does not offer recursion`,
      evidence: [expect.anything(), 'right'],
    });
    expect(calls).toEqual([]);
  });
});
