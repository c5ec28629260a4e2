import { describe, expect, it } from 'vitest';
import { disputeOf, lieOf } from '../../../../src/probe/trust/decision.js';
import type { Grade, Standing } from '../../../../src/probe/trust/standing.js';
import { knowing, standingOfGrade } from '../standings.js';

const few = { areMany: false, isListed: false, isPrivate: false };
const many = { ...few, areMany: true };
const listed = { ...few, isListed: true };

const urlOf = (index: number) => `udp://192.0.2.${index + 1}:53`;

const knowingAll = (...grades: readonly Grade[]): Standing[] =>
  grades.map((grade, index) => knowing(grade, urlOf(index)));

const times = (count: number, grade: Grade): Grade[] => new Array<Grade>(count).fill(grade);

describe('servers disagree about a suffix', () => {
  it.each<[string, Grade[], boolean]>([
    ['if one denies it and one is good', ['denying', 'good'], true],
    ['if one denies it and one answers for any name', ['wildcard', 'denying'], true],
    ['not if both deny it', ['denying', 'denying'], false],
    ['not if both have it', ['good', 'wildcard'], false],
    ['not if the other one does not say', ['denying', 'unanswered'], false],
    ['not if the other one has changed its mind', ['denying', 'changed'], false],
    ['not if the other one has not been heard', ['denying', 'unheard'], false],
  ])('%s', (_, grades, disagree) => {
    expect(disputeOf({ standings: knowingAll(...grades), ...few }) !== undefined).toBe(disagree);
  });

  it('and the dispute names the first of each side', () => {
    const standings = knowingAll('good', 'denying', 'good', 'denying');
    expect(disputeOf({ standings, ...few })).toEqual({ denier: standings[1], other: standings[0] });
  });

  it.each([
    ['the one that denies it', 0],
    ['the one that has it', 1],
  ])('only if they know the root: not if %s does not', (_, index) => {
    for (const knowsRoot of [false, undefined]) {
      const standings = knowingAll('denying', 'good');
      Object.assign(standings[index]?.server ?? {}, { knowsRoot });
      expect(disputeOf({ standings, ...few })).toBeUndefined();
    }
  });

  it('but not about one that IANA lists', () => {
    expect(disputeOf({ standings: knowingAll('denying', 'good'), ...listed })).toBeUndefined();
  });

  it.each([
    [1, 4, true],
    [1, 5, false],
    [2, 8, true],
    [2, 9, false],
  ])('if they are many: %i of which deny it and %i have it: %s', (deniers, others, disagree) => {
    const standings = knowingAll(...times(deniers, 'denying'), ...times(others, 'good'));
    expect(disputeOf({ standings, ...many }) !== undefined).toBe(disagree);
    expect(disputeOf({ standings, ...few })).toBeDefined();
  });
});

describe('a server lies', () => {
  it('if it answers for names that do not exist', () => {
    expect(lieOf(standingOfGrade('wildcard'), few)).toBe('answers for names under .dev that do not exist');
  });

  it('if it denies the suffix and the root', () => {
    const standing = standingOfGrade('denying');
    standing.server.knowsRoot = false;
    expect(lieOf(standing, few)).toBe('denies .dev and the root');
  });

  it('if it denies the suffix, and does not say whether it knows the root', () => {
    const standing = standingOfGrade('denying');
    standing.server.rootFailure = 'REFUSED';
    expect(lieOf(standing, few)).toBe('denies .dev, which the others have');
  });

  it.each([
    ['one of many', many],
    ['of a suffix that IANA lists', listed],
  ])('if it knows the root and denies the suffix, %s', (_, others) => {
    expect(lieOf(knowing('denying'), others)).toBe('denies .dev, which the others have');
  });

  it.each<[string, Standing]>([
    ['knows the root and denies the suffix', knowing('denying')],
    ['denies the suffix, and has not been asked for the root', standingOfGrade('denying')],
    ['is good', knowing('good')],
    ['has changed its mind', knowing('changed')],
    ['does not answer', knowing('unanswered')],
    ['has not been heard', knowing('unheard')],
  ])('but not if it %s', (_, standing) => expect(lieOf(standing, few)).toBeUndefined());

  it.each<[Grade]>([['good'], ['filtering'], ['changed'], ['unanswered'], ['unheard']])(
    'but not if it is %s under a suffix that IANA lists',
    (grade) => expect(lieOf(knowing(grade), listed)).toBeUndefined(),
  );

  it('but not by denying a suffix if it was right about another one', () => {
    for (const knowsRoot of [true, false]) {
      const standing = standingOfGrade('denying');
      Object.assign(standing.server, { knowsRoot, lastRight: standingOfGrade('good') });
      expect(lieOf(standing, listed)).toBeUndefined();
    }
  });
});
