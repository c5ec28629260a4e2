import { describe, expect, it } from 'vitest';
import {
  explainChange,
  explainDispute,
  explainFilter,
  explainTrouble,
  isCutOff,
} from '../../../src/probe/trust/reasons.js';
import type { Standing, Trouble } from '../../../src/probe/trust/standing.js';
import { knowing, standingAfter, standingOfGrade, witnessWith } from './standings.js';

const url = 'udp://192.0.2.1:53';

/** A server that denies a suffix, and what it says about the root. */
function denying(knowsRoot: boolean | undefined, rootFailure?: string, suffixName?: string): Standing {
  const standing = standingOfGrade('denying', url, suffixName);
  Object.assign(standing.server, { knowsRoot, rootFailure });
  return standing;
}

/** The same server, if it was right about another suffix. */
function rightElsewhere(standing: Standing): Standing {
  standing.server.lastRight = standingOfGrade('good');
  return standing;
}

describe('a server is cut off', () => {
  it.each([
    ['if it denies the root and was never right', denying(false), true],
    ['not if it was right about a suffix', rightElsewhere(denying(false)), false],
    ['not if it knows the root', denying(true), false],
    ['not if it does not say whether it knows the root', denying(undefined, 'REFUSED'), false],
  ])('%s', (_, standing, is) => expect(isCutOff(standing)).toBe(is));
});

describe('the reason for a name under a denied suffix', () => {
  it.each([
    ['of a server that is cut off', denying(false), `cut off from the internet: ${url} denies even the root`],
    ['of one that knows the root', denying(true, undefined, 'dvv'), 'there is no top-level domain .dvv'],
    [
      'of one that was right about another suffix',
      rightElsewhere(denying(false, undefined, 'dvv')),
      'there is no top-level domain .dvv',
    ],
    [
      'of one that knows the root, if the suffix exists',
      denying(true),
      `blocked by ${url}: it denies .dev, which IANA lists`,
    ],
    ['for a suffix of two labels', denying(true, undefined, 'cu.uk'), 'there is no domain cu.uk'],
    [
      'of one that does not say whether it knows the root',
      denying(undefined, `REFUSED from ${url}`),
      `${url} denies .dev: REFUSED from ${url}`,
    ],
    [
      'of one that does not say so, but was right about another suffix',
      rightElsewhere(denying(undefined, `REFUSED from ${url}`, 'dvv')),
      'there is no top-level domain .dvv',
    ],
  ])('is that %s', (_, standing, reason) => {
    expect(explainTrouble('denied', standing, witnessWith())).toBe(reason);
  });
});

describe('the reason for a name of a server that has changed its mind', () => {
  it.each([
    ['denies the suffix', [{}, { suffix: 'denied' }], `${url} denies .dev, which it had before`],
    [
      'answers for random names',
      [{}, { random: 'exists' }],
      `${url} answers for names under .dev that do not exist, which it did not before`,
    ],
    [
      'denies a name that it had',
      [{ below: 'exists' }, { below: 'denied' }],
      `${url} denies dev, which exists, and had names under .dev before`,
    ],
    ['is right again', [{}, { suffix: 'denied' }, {}], `${url} keeps changing its answers about .dev`],
  ] as const)('is that it %s', (_, witnesses, reason) => {
    const standing = standingAfter(witnesses);
    expect(explainChange(standing)).toBe(reason);
    expect(explainTrouble('changed', standing, witnessWith())).toBe(reason);
  });
});

describe('a filter', () => {
  const standing = standingOfGrade('filtering');
  standing.controlName = 'live.dev';

  it('shows in the name that it denies', () => {
    expect(explainFilter(standing)).toBe(`blocked by ${url}: it denies live.dev, which exists`);
  });

  it('is the reason for a name', () => {
    const reason = `blocked by ${url}: it denies live.dev, which exists`;
    expect(explainTrouble('filtered', standing, witnessWith())).toBe(reason);
  });
});

describe('the reason for a name that nothing settles', () => {
  it.each<[Trouble, string]>([
    ['no suffix', 'cannot tell whether .dev exists: no reply'],
    ['no random', `cannot tell whether ${url} answers for nonexistent names: no reply`],
    ['wildcard', `${url} answers for names under .dev that do not exist`],
  ])('says what is not known: %s', (trouble, reason) => {
    const witness = witnessWith({ failure: 'no reply' });
    expect(explainTrouble(trouble, standingOfGrade('unanswered'), witness)).toBe(reason);
  });

  it('names the two servers of a dispute', () => {
    const dispute = { denier: knowing('denying', url), other: knowing('good', 'udp://192.0.2.2:53') };
    expect(explainDispute(dispute)).toBe(`${url} denies .dev, which udp://192.0.2.2:53 has`);
  });
});
