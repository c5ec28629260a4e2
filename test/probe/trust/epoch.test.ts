import { describe, expect, it } from 'vitest';
import { createHabits } from '../../../src/probe/suspicion.js';
import {
  beginWitness,
  createEpoch,
  type Epoch,
  endWitness,
  hasChangedItsMind,
  settlingWitness,
  takeWitness,
} from '../../../src/probe/trust/epoch.js';
import type { Witness } from '../../../src/probe/trust/witness.js';
import { witnessWith } from './standings.js';

const right = witnessWith();
const denied = witnessWith({ suffix: 'denied' });
const answered = witnessWith({ random: 'exists' });
const unanswered = witnessWith({ suffix: 'unanswered', random: 'unanswered' });

const answering = witnessWith({ below: 'exists' });
const filtering = witnessWith({ below: 'denied' });

/** Lets witnesses count, and returns whether the server had answered in another way before each of them. */
const changes = (epoch: Epoch, ...witnesses: readonly Witness[]) =>
  witnesses.map((witness) => takeWitness(epoch, witness));

function epochAfter(...witnesses: readonly Witness[]): Epoch {
  const epoch = createEpoch();
  changes(epoch, ...witnesses);
  return epoch;
}

describe('an epoch', () => {
  it('is new if no witness has been asked', () => {
    expect(createEpoch()).toEqual({
      shown: { suffix: 'unanswered', random: 'unanswered', below: 'unanswered' },
      hasAnswered: false,
      habits: createHabits(),
      last: undefined,
      wasRight: false,
      rightSince: 0,
      wrong: 0,
      witnesses: [],
      asked: 0,
      taken: 0,
    });
  });

  it('knows from which place on queries have a right witness before them: that of the first one', () => {
    const first = witnessWith({ begun: 3 });
    expect(epochAfter(first).rightSince).toBe(3);
    expect(epochAfter(denied).rightSince).toBe(0);
    expect(epochAfter(first, witnessWith({ begun: 30 })).rightSince).toBe(3);
  });

  it('keeps what the last witness has shown', () => {
    expect(epochAfter(right, denied)).toMatchObject({
      shown: { suffix: 'denied', random: 'denied' },
      last: denied,
    });
  });

  it('keeps what was shown before of what a witness has no answer about', () => {
    const half = witnessWith({ suffix: 'unanswered', random: 'exists' });
    expect(epochAfter(right, half).shown).toMatchObject({ suffix: 'exists', random: 'exists' });
    expect(epochAfter(denied, unanswered).shown).toMatchObject({ suffix: 'denied', random: 'denied' });
  });

  it('keeps whether a name below the suffix has ever been answered', () => {
    expect(epochAfter(right, filtering).hasAnswered).toBe(false);
    expect(epochAfter(answering, right, filtering).hasAnswered).toBe(true);
  });

  it('keeps what was shown of a name below the suffix if none was asked for since', () => {
    expect(epochAfter(filtering, right).shown.below).toBe('denied');
    expect(epochAfter(filtering, answering).shown.below).toBe('exists');
  });

  it('learns how the server denies names', () => {
    const name = 'random.dev';
    const first = witnessWith({ denial: { name, zone: 'dev', offersRecursion: true } });
    const second = witnessWith({ denial: { name, zone: undefined } });
    expect(epochAfter(first, second, right).habits).toEqual({
      ...createHabits(),
      hasOmittedZone: true,
      hasOfferedRecursion: true,
    });
  });
});

describe('a witness shows that the server answers in another way', () => {
  it.each([
    ['if the suffix was there before', [right, denied]],
    ['if the suffix was not there before', [denied, right]],
    ['if random names were denied before', [right, answered]],
    ['if random names were answered before', [answered, right]],
    ['if it did not answer in between', [right, unanswered, denied]],
    ['if a name below the suffix was there before', [answering, filtering]],
    ['if a name below the suffix was denied before', [filtering, answering]],
  ])('%s', (_, witnesses) => expect(changes(createEpoch(), ...witnesses).at(-1)).toBe(true));

  it.each([
    ['but not if it is the first one', [denied]],
    ['but not if the one before was the same', [right, right]],
    ['but not if it has no answer', [right, unanswered]],
    ['but not if the one before had no answer', [unanswered, right]],
  ])('%s', (_, witnesses) => expect(changes(createEpoch(), ...witnesses).at(-1)).toBe(false));
});

describe('witnesses that failed since the last right one', () => {
  it.each([
    ['are counted if they were wrong', [denied, answered], 2],
    ['are counted if a name below the suffix was denied', [filtering, filtering], 2],
    ['are counted anew after a right one', [denied, right, denied], 1],
    ['are forgotten after a right one', [denied, right], 0],
    ['are not counted if they have no answer', [unanswered, unanswered], 0],
    ['are not counted if a server that has not changed its mind does not answer', [right, unanswered], 0],
    [
      'are counted if a server that has changed its mind does not answer any more',
      [right, denied, unanswered],
      2,
    ],
  ])('%s', (_, witnesses, count) => expect(epochAfter(...witnesses).wrong).toBe(count));
});

describe('a server has changed its mind', () => {
  it.each([
    ['if it was right and denies the suffix', [right, denied], true],
    ['if it was right and answers for random names', [right, answered], true],
    ['if it was right and wrong, and does not answer any more', [right, denied, unanswered], true],
    ['if it answered for a name below the suffix and denies it', [answering, filtering], true],
    [
      'if it answered for one without ever being right, and denies it',
      [witnessWith({ below: 'exists', random: 'unanswered' }), filtering],
      true,
    ],
    ['not if it denies one, but never answered for any', [right, filtering], false],
    ['not if it was never right', [denied, answered], false],
    ['not if it is right again', [right, denied, right], false],
    ['not if it does not answer any more', [right, unanswered], false],
  ])('%s', (_, witnesses, has) => expect(hasChangedItsMind(epochAfter(...witnesses))).toBe(has));
});

describe('a finding', () => {
  const finding = { first: 1, last: 9, received: 19 };

  it('is settled by a witness that covers it', () => {
    expect(settlingWitness(epochAfter(right), finding)).toBe(right);
  });

  it('is settled by the last of several', () => {
    expect(settlingWitness(epochAfter(right, denied), finding)).toBe(denied);
  });

  it('is not settled before the first witness', () => {
    expect(settlingWitness(createEpoch(), finding)).toBeUndefined();
  });

  it('is not settled by a witness that was sent before its last query', () => {
    expect(settlingWitness(epochAfter(right), { ...finding, last: 10 })).toBeUndefined();
  });
});

describe('witnesses in flight', () => {
  it('have numbers from 0 on', () => {
    const epoch = createEpoch();
    expect([beginWitness(epoch), beginWitness(epoch), beginWitness(epoch)]).toEqual([0, 1, 2]);
  });

  it('count as they come back, if that is in order', () => {
    const epoch = createEpoch();
    const [first, second] = [beginWitness(epoch), beginWitness(epoch)];
    expect(endWitness(epoch, first, right)).toEqual([right]);
    expect(endWitness(epoch, second, denied)).toEqual([denied]);
    expect(endWitness(epoch, beginWitness(epoch), answered)).toEqual([answered]);
  });

  it('wait for those that were asked before them', () => {
    const epoch = createEpoch();
    const numbers = [
      beginWitness(epoch),
      beginWitness(epoch),
      beginWitness(epoch),
      beginWitness(epoch),
    ] as const;
    expect(endWitness(epoch, numbers[2], denied)).toEqual([]);
    expect(endWitness(epoch, numbers[1], right)).toEqual([]);
    expect(endWitness(epoch, numbers[0], answered)).toEqual([answered, right, denied]);
    expect(endWitness(epoch, numbers[3], unanswered)).toEqual([unanswered]);
  });
});
