import { describe, expect, it } from 'vitest';
import { takeWitness } from '../../../src/probe/trust/epoch.js';
import { createKnownServer, type Grade, gradeOf } from '../../../src/probe/trust/standing.js';
import {
  chooseServers,
  createSuffix,
  isAnyTested,
  isListed,
  missingFrom,
  othersOf,
  type Suffix,
  standingOf,
  suffixOf,
} from '../../../src/probe/trust/suffix.js';
import { standingOfGrade, witnessWith } from './standings.js';

const urlOf = (index: number) => `udp://192.0.2.${index + 1}:53`;

const createServers = (count: number) =>
  Array.from({ length: count }, (_, index) => createKnownServer(urlOf(index)));

/** A suffix whose first servers have been asked, and have these grades. */
function suffixWith(grades: readonly Grade[], serverCount = grades.length, name = 'dev'): Suffix {
  const suffix = createSuffix(name, createServers(serverCount), () => {});
  for (const [index, grade] of grades.entries())
    suffix.standings.set(urlOf(index), standingOfGrade(grade, urlOf(index), name));
  return suffix;
}

const times = (count: number, grade: Grade): Grade[] => new Array<Grade>(count).fill(grade);

describe('isListed', () => {
  it.each([
    ['dev', true],
    ['xn--p1ai', true],
    ['example', false],
    ['co.uk', false],
    ['', false],
  ])('says of "%s" whether IANA lists it as a top-level domain: %s', (name, is) => {
    expect(isListed(name)).toBe(is);
  });
});

describe('a suffix', () => {
  it('knows its name, whether it is listed, and how many servers there are', () => {
    expect(createSuffix('dev', createServers(16), () => {})).toMatchObject({
      name: 'dev',
      isListed: true,
      serverCount: 16,
      areMany: false,
      recovery: undefined,
    });
    expect(createSuffix('example', createServers(17), () => {})).toMatchObject({
      isListed: false,
      areMany: true,
    });
  });

  it('tells which server is sent a query about it', () => {
    const sent: unknown[] = [];
    const suffix = createSuffix('dev', createServers(1), (...args) => sent.push(args));
    suffix.policy.sending?.(urlOf(0));
    expect(sent).toEqual([[suffix, urlOf(0)]]);
  });

  it('is not asked of servers that lie', () => {
    const servers = createServers(3);
    Object.assign(servers[1] ?? {}, { lie: 'denies .com and the root' });
    const { avoid, policy } = createSuffix('dev', servers, () => {});
    expect([...avoid]).toEqual([urlOf(1)]);
    expect(policy.avoid).toBe(avoid);
  });

  it('is asked of all servers if all of them lie', () => {
    const servers = createServers(2);
    for (const server of servers) server.lie = 'denies .com and the root';
    expect(createSuffix('dev', servers, () => {}).avoid.size).toBe(0);
  });
});

describe('the standing of a server under a suffix', () => {
  it('is created once, and belongs to the suffix', () => {
    const [server] = createServers(1);
    if (server === undefined) throw new Error('Expected a server');
    const suffix = createSuffix('dev', [server], () => {});
    const standing = standingOf(suffix, server);
    expect(standing).toMatchObject({ server, suffixName: 'dev' });
    expect(standingOf(suffix, server)).toBe(standing);
    expect(suffixOf(standing)).toBe(suffix);
    expect(suffixOf(standingOfGrade('good'))).toBeUndefined();
  });
});

describe('the servers that are asked about a suffix', () => {
  /** The indices of the servers that are avoided. */
  const avoidedOf = (suffix: Suffix) => {
    chooseServers(suffix);
    return [...suffix.avoid].map((url) => Number(url.split('.')[3]?.split(':')[0]) - 1).toSorted();
  };

  it.each<[string, Grade[], number[]]>([
    ['the good ones', ['good', 'denying', 'wildcard', 'unanswered', 'good'], [1, 2, 3]],
    ['those that have not been heard, beside the best', ['unheard', 'good', 'denying'], [2]],
    [
      'those that answer for any name, if no other has denied a random one',
      ['denying', 'wildcard', 'unanswered'],
      [0, 2],
    ],
    [
      'those that have changed their minds rather than those that answer for any name',
      ['wildcard', 'changed', 'denying'],
      [0, 2],
    ],
    [
      'those that filter rather than those that deny the suffix or do not answer',
      ['denying', 'filtering', 'unanswered'],
      [0, 2],
    ],
    ['the good ones rather than those that filter', ['filtering', 'good'], [0]],
    ['those that have changed their minds rather than those that filter', ['filtering', 'changed'], [0]],
    ['those that answer for any name rather than those that filter', ['filtering', 'wildcard'], [0]],
    ['all of them if none is any good', ['denying', 'unanswered'], []],
    ['the good ones rather than those that have changed their minds', ['changed', 'good'], [0]],
    [
      'those that answer for any name together with those that are to be heard',
      ['wildcard', 'unheard', 'denying'],
      [2],
    ],
  ])('are %s', (_, grades, avoided) => {
    expect(avoidedOf(suffixWith(grades))).toEqual(avoided);
  });

  it('are asked again when they have become the best', () => {
    const suffix = suffixWith(['good', 'denying']);
    expect(avoidedOf(suffix)).toEqual([1]);
    suffix.standings.set(urlOf(0), standingOfGrade('denying', urlOf(0)));
    expect(avoidedOf(suffix)).toEqual([]);
  });

  it('are those that answer for any name if one that changed its mind was never right about the suffix', () => {
    const suffix = suffixWith(['wildcard', 'changed']);
    const changed = standingOfGrade('denying', urlOf(1));
    suffix.standings.set(urlOf(1), changed);
    expect(avoidedOf(suffix)).toEqual([1]);
    takeWitness(changed.epoch, witnessWith());
    expect(avoidedOf(suffix)).toEqual([0]);
  });

  it('do not include a liar that has not been asked', () => {
    const suffix = suffixWith(['denying'], 2);
    suffix.avoid.add(urlOf(1));
    expect(avoidedOf(suffix)).toEqual([1]);
  });
});

describe('the servers that must be asked before a name is given up', () => {
  it.each([
    ['all of a few', suffixWith(['denying'], 16), 15],
    ['none if all of a few have been asked', suffixWith(['denying', 'unheard']), 0],
    ['all of a few, even if one is good', suffixWith(['good'], 2), 1],
    ['six of many', suffixWith(['denying'], 30), 6],
    ['none of many if one is good', suffixWith(['denying', 'good'], 30), 0],
    ['none of many if one is to be heard', suffixWith(['denying', 'unheard'], 30), 0],
    ['six more of many after 23', suffixWith(times(23, 'denying'), 100), 6],
    ['no more of many after 24', suffixWith(times(24, 'denying'), 100), 0],
    ['those that are left of many', suffixWith(times(15, 'denying'), 17), 2],
    ['none of many if all have been asked', suffixWith(times(17, 'denying')), 0],
  ])('are %s', (_, suffix, count) => expect(missingFrom(suffix)).toBe(count));
});

/** A suffix with a server that is being tested. */
function testedSuffix() {
  const suffix = suffixWith(['denying', 'unheard']);
  for (const standing of suffix.standings.values())
    if (gradeOf(standing) === 'unheard') standing.schedule.inFlight = 1;
  return suffix;
}

/** A suffix with a server that is being tested once more. */
function retestedSuffix() {
  const suffix = suffixWith(['denying', 'good']);
  for (const standing of suffix.standings.values()) standing.schedule.inFlight = 1;
  return suffix;
}

describe('what a decision depends on', () => {
  it('includes whether a witness is in flight', () => {
    expect(isAnyTested(suffixWith(['denying', 'unheard']))).toBe(false);
    expect(isAnyTested(testedSuffix())).toBe(true);
  });

  it('is all that is known of the servers that have been asked', () => {
    const suffix = suffixWith(['good', 'denying']);
    expect(othersOf(suffix)).toEqual({
      standings: [...suffix.standings.values()],
      areSomeUnheard: false,
      areMany: false,
      isListed: true,
      isPrivate: false,
    });
    expect(othersOf(suffixWith([], 2, 'internal'))).toMatchObject({ isPrivate: true });
    expect(othersOf(suffixWith([], 17, 'example'))).toMatchObject({ areMany: true, isListed: false });
  });

  it.each([
    ['has not been asked', suffixWith(['denying'], 2), true],
    ['has been asked, and its witness is in flight', testedSuffix(), true],
    ['has been heard, and another witness is in flight', retestedSuffix(), false],
    ['has a standing, but no witness in flight', suffixWith(['denying', 'unheard']), false],
    ['is left', suffixWith(['denying', 'unanswered']), false],
  ])('includes whether somebody %s', (_, suffix, are) => {
    expect(othersOf(suffix).areSomeUnheard).toBe(are);
  });
});
