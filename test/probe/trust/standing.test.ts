import { describe, expect, it } from 'vitest';
import { createEpoch } from '../../../src/probe/trust/epoch.js';
import { createSchedule } from '../../../src/probe/trust/schedule.js';
import {
  createKnownServer,
  createStanding,
  type Grade,
  gradeOf,
  isOutdated,
  type Trouble,
  troubleWith,
} from '../../../src/probe/trust/standing.js';
import type { Witness } from '../../../src/probe/trust/witness.js';
import { standingAfter, standingOfGrade, witnessWith } from './standings.js';

describe('a new standing', () => {
  it('has a server of which nothing is known, and the suffix as the name that exists', () => {
    const server = createKnownServer('udp://192.0.2.1:53');
    expect(server).toEqual({
      url: 'udp://192.0.2.1:53',
      lastRight: undefined,
      changedAt: 0,
      lie: undefined,
      knowsRoot: undefined,
      rootFailure: undefined,
    });
    expect(createStanding(server, 'dev')).toEqual({
      epoch: createEpoch(),
      schedule: createSchedule(),
      names: { sample: '', existing: [] },
      serverNames: [],
      denials: 0,
      checks: 0,
      isContradicted: false,
      forms: new Map(),
      namesTested: 0,
      isByForm: false,
      hasDenied: false,
      server,
      suffixName: 'dev',
      controlName: 'dev',
      hasSuffix: false,
      answered: undefined,
    });
  });
});

describe('the grade of a server', () => {
  it.each<[Grade, string, readonly Partial<Witness>[]]>([
    ['unheard', 'before its first witness', []],
    ['unanswered', 'if its witness has no answer', [{ suffix: 'unanswered', random: 'unanswered' }]],
    ['unanswered', 'if the suffix has no answer', [{ suffix: 'unanswered' }]],
    ['unanswered', 'if the random name has no answer', [{ random: 'unanswered' }]],
    ['good', 'if it is right', [{}]],
    ['good', 'if it is right and then does not answer', [{}, { suffix: 'unanswered', random: 'unanswered' }]],
    ['denying', 'if it denies the suffix', [{ suffix: 'denied' }]],
    [
      'denying',
      'if it denies the suffix and answers for random names',
      [{ suffix: 'denied', random: 'exists' }],
    ],
    ['wildcard', 'if it answers for random names', [{ random: 'exists' }]],
    ['wildcard', 'if the suffix has no answer', [{ suffix: 'unanswered', random: 'exists' }]],
    ['filtering', 'if it denies a name that exists', [{ below: 'denied' }]],
    ['filtering', 'if it denies such a name after it was right about none', [{}, { below: 'denied' }]],
    ['denying', 'if it denies the suffix, too', [{ suffix: 'denied', below: 'denied' }]],
    [
      'wildcard',
      'if it denies such a name and answers for random ones',
      [{ random: 'exists', below: 'denied' }],
    ],
    ['good', 'if it answers for a name that exists', [{ below: 'exists' }]],
    ['changed', 'if it denies a name after it answered for one', [{ below: 'exists' }, { below: 'denied' }]],
    ['changed', 'if it denies the suffix after it was right', [{}, { suffix: 'denied' }]],
    ['changed', 'if it answers for random names after it was right', [{}, { random: 'exists' }]],
  ])('is %s %s', (grade, _, witnesses) => expect(gradeOf(standingAfter(witnesses))).toBe(grade));
});

describe('a finding is outdated', () => {
  it.each([
    ['if it was sent before the server answered in another way', 6, true],
    ['if its first query has the place of the change', 7, true],
    ['not if it was sent after it', 8, false],
  ])('%s', (_, first, outdated) => {
    const standing = standingOfGrade('good');
    standing.server.changedAt = 7;
    expect(isOutdated(standing, { first, last: 20, received: 30 })).toBe(outdated);
  });

  it.each([
    ['is outdated if no right witness had been sent before it', 7, true],
    ['is not outdated if one had been sent before it', 8, false],
  ])('%s', (_, first, outdated) => {
    const standing = standingAfter([{ begun: 8 }]);
    expect(isOutdated(standing, { first, last: 20, received: 30 })).toBe(outdated);
  });
});

describe('what keeps a finding from being believed', () => {
  type State = readonly [suffix: Witness['suffix'], random: Witness['random']];

  it.each<[string, State, boolean, Trouble | undefined]>([
    ['nothing if the witness is right and the name is absent', ['exists', 'denied'], true, undefined],
    ['nothing if the witness is right and the name exists', ['exists', 'denied'], false, undefined],
    ['that the suffix is denied, for an absent name', ['denied', 'denied'], true, 'denied'],
    ['that the suffix is denied, for an existing name', ['denied', 'exists'], false, 'denied'],
    ['that the suffix has no answer, for an absent name', ['unanswered', 'denied'], true, 'no suffix'],
    [
      'nothing without an answer about the suffix, for an existing name',
      ['unanswered', 'denied'],
      false,
      undefined,
    ],
    [
      'that the random name has no answer, for an existing name',
      ['exists', 'unanswered'],
      false,
      'no random',
    ],
    [
      'nothing without an answer about the random name, for an absent name',
      ['exists', 'unanswered'],
      true,
      undefined,
    ],
    ['that the random name exists, for an existing name', ['exists', 'exists'], false, 'wildcard'],
    ['nothing if the random name exists, for an absent name', ['exists', 'exists'], true, undefined],
  ])('is %s', (_, [suffix, random], isAbsent, trouble) => {
    const standing = standingAfter([{ suffix, random }]);
    expect(troubleWith(standing, witnessWith({ suffix, random }), isAbsent)).toBe(trouble);
  });

  it('is that the server has changed its mind, whatever the witness says', () => {
    expect(troubleWith(standingOfGrade('changed'), witnessWith({ suffix: 'denied' }), true)).toBe('changed');
    expect(troubleWith(standingOfGrade('changed'), witnessWith(), false)).toBe('changed');
  });

  it('is that names are filtered, for an absent name only', () => {
    const standing = standingOfGrade('filtering');
    expect(troubleWith(standing, witnessWith({ below: 'denied' }), true)).toBe('filtered');
    expect(troubleWith(standing, witnessWith({ below: 'denied' }), false)).toBeUndefined();
    // A later witness that has no answer about the name does not take that back.
    expect(troubleWith(standing, witnessWith(), true)).toBe('filtered');
    expect(troubleWith(standing, witnessWith({ suffix: 'unanswered' }), true)).toBe('filtered');
  });

  it('is that the suffix is denied if this witness says so, whatever a later one says', () => {
    const standing = standingAfter([{ suffix: 'denied' }, {}]);
    expect(troubleWith(standing, witnessWith({ suffix: 'denied' }), true)).toBe('denied');
  });

  it('is that the suffix is denied rather than that names are filtered', () => {
    const shown = { suffix: 'denied', below: 'denied' } as const;
    expect(troubleWith(standingAfter([shown]), witnessWith(shown), true)).toBe('denied');
  });

  it('is that the suffix is denied if it was before and this witness has no answer about it', () => {
    const last = { suffix: 'unanswered', random: 'exists' } as const;
    const standing = standingAfter([{ suffix: 'denied' }, last]);
    expect(troubleWith(standing, witnessWith(last), false)).toBe('denied');
    expect(troubleWith(standing, witnessWith(last), true)).toBe('denied');
  });
});
