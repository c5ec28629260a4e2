import { describe, expect, it } from 'vitest';
import { afterReview, type EarlierRounds, isConclusive } from '../../src/probe/earlier-rounds.js';
import { createKnownServer } from '../../src/probe/trust/standing.js';
import { createSuffix } from '../../src/probe/trust/suffix.js';
import { absent, doubt } from '../../src/probe/verdict.js';
import { primary, secondary } from '../helpers/answers.js';
import { findingWith } from './making.js';

const third = 'udp://192.0.2.3:53';
const suffixOf = (...servers: readonly string[]) =>
  createSuffix('dev', servers.map(createKnownServer), () => {});
const roundsWith = (changes: Partial<EarlierRounds> = {}): EarlierRounds => ({
  policy: undefined,
  suspects: [],
  ...changes,
});
/** The servers that a name avoids from now on. */
const avoidedBy = (next: ReturnType<typeof afterReview>) =>
  'verdict' in next ? [] : [...(next.policy?.avoid ?? [])];

const live = findingWith();
const denied = findingWith({ verdict: absent, addresses: [] });
const lost = doubt(findingWith(), 'no reply');
const suspect = findingWith({
  suspicion: 'blocked by FIRST: its address is 127.0.0.1',
  addresses: ['127.0.0.1'],
});
const otherSuspect = { ...suspect, sources: [secondary], suspicion: 'blocked by SECOND' };
const blocked = { verdict: { status: 'unknown', reason: suspect.suspicion }, failure: 'blocked' };

describe('a review is conclusive', () => {
  it.each([
    ['if it ends with a finding', live, true],
    ['not if the finding is suspicious', suspect, false],
    ['not if the name is asked for again', {}, false],
  ])('%s', (_, reviewed, is) => expect(isConclusive(reviewed)).toBe(is));
});

describe('a name that is asked for again', () => {
  const suffix = suffixOf(primary, secondary, third);

  it('is asked for as its suffix is', () => {
    expect(afterReview({}, suffix, undefined)).toEqual({
      policy: suffix.policy,
      claim: undefined,
      suspects: [],
    });
  });

  it('avoids one more server, and otherwise is asked for as its suffix is', () => {
    const next = afterReview({ avoid: primary }, suffix, undefined);
    expect(next).toMatchObject({ policy: { sending: suffix.policy.sending } });
    expect(avoidedBy(next)).toEqual([primary]);
    const earlier = 'verdict' in next ? undefined : next;
    expect(avoidedBy(afterReview({ avoid: secondary }, suffix, earlier))).toEqual([primary, secondary]);
  });

  it('still avoids the servers that it has avoided', () => {
    const policy = { avoid: new Set([primary]) };
    expect(afterReview({}, suffix, roundsWith({ policy }))).toMatchObject({ policy });
  });

  it('avoids only what its suffix does if no server would be left', () => {
    const earlier = roundsWith({ policy: { avoid: new Set([primary, secondary]) } });
    expect(afterReview({ avoid: third }, suffix, earlier)).toMatchObject({ policy: suffix.policy });
  });

  it('keeps a denial that another server is to confirm, and what is suspicious', () => {
    const next = afterReview({ avoid: primary, claim: denied }, suffix, roundsWith({ suspects: [suspect] }));
    expect(next).toMatchObject({ claim: denied, suspects: [suspect] });
    expect(afterReview({}, suffix, roundsWith({ claim: denied }))).toMatchObject({ claim: denied });
  });

  it('keeps the newest denial', () => {
    const newer = { ...denied, sources: [secondary] };
    const earlier = roundsWith({ claim: denied });
    expect(afterReview({ avoid: secondary, claim: newer }, suffix, earlier)).toMatchObject({ claim: newer });
  });

  it('is asked for anywhere if its servers are not tested', () => {
    expect(afterReview({ avoid: primary }, undefined, undefined)).toEqual({
      policy: undefined,
      claim: undefined,
      suspects: [],
    });
  });
});

describe('a finding that is believed', () => {
  const suffix = suffixOf(primary, secondary);

  it.each([
    ['an answer that contradicts a denial', live],
    ['a denial that confirms one', denied],
  ])('is the result: %s', (_, finding) => {
    expect(afterReview(finding, suffix, roundsWith({ claim: denied, suspects: [suspect] }))).toBe(finding);
  });

  it('makes a name unknown that has a doubtful alias at one server, and does not exist at another one', () => {
    const alias = { ...live, alias: 'landing.example', isDoubtful: true };
    const absent = { ...denied, server: secondary };
    const unknown = {
      verdict: { status: 'unknown', reason: `${primary} has an alias for it, and ${secondary} denies it` },
    };
    expect(afterReview(absent, suffix, roundsWith({ claim: alias }))).toMatchObject(unknown);
    expect(afterReview(alias, suffix, roundsWith({ claim: absent }))).toMatchObject(unknown);
    expect(afterReview(live, suffix, roundsWith({ claim: alias }))).toBe(live);
    expect(afterReview(lost, suffix, roundsWith({ claim: alias }))).toBe(alias);
    const other = { ...alias, isDoubtful: undefined };
    expect(afterReview(other, suffix, roundsWith({ claim: absent }))).toBe(other);
  });

  it('without an answer leaves the denial that it was to confirm', () => {
    expect(afterReview(lost, suffix, roundsWith({ claim: denied, suspects: [suspect] }))).toBe(denied);
  });

  it('without an answer leaves a name blocked that another server blocks', () => {
    expect(afterReview(lost, suffix, roundsWith({ suspects: [suspect, otherSuspect] }))).toMatchObject(
      blocked,
    );
  });

  it('without an answer is all that is known if nothing came before', () => {
    expect(afterReview(lost, suffix, roundsWith())).toBe(lost);
  });
});

describe('a suspicious finding', () => {
  it('has the name asked for elsewhere, and is kept', () => {
    const next = afterReview(suspect, suffixOf(primary, secondary), roundsWith({ claim: denied }));
    expect(avoidedBy(next)).toEqual([primary]);
    expect(next).toMatchObject({ claim: denied, suspects: [suspect] });
  });

  it('is kept after those before it', () => {
    const sign = { ...suspect, addresses: [], sources: [secondary] };
    const earlier = roundsWith({ policy: { avoid: new Set([primary]) }, suspects: [suspect] });
    const next = afterReview(sign, suffixOf(primary, secondary, third), earlier);
    expect(avoidedBy(next)).toEqual([primary, secondary]);
    expect(next).toMatchObject({ suspects: [suspect, sign] });
  });

  it('is believed if another server has given a null address, too', () => {
    const suffix = suffixOf(primary, secondary, third);
    expect(afterReview(otherSuspect, suffix, roundsWith({ suspects: [suspect] }))).toEqual({
      ...otherSuspect,
      suspicion: undefined,
    });
  });

  it.each([
    ['the only server', suffixOf(primary), roundsWith(), suspect],
    ['a server that is not tested', undefined, undefined, suspect],
    [
      'the last server, for the reason of the first one',
      suffixOf(primary, secondary),
      roundsWith({ policy: { avoid: new Set([primary]) }, suspects: [{ ...suspect, addresses: [] }] }),
      otherSuspect,
    ],
  ])('of %s makes the name blocked', (_, suffix, earlier, finding) => {
    expect(afterReview(finding, suffix, earlier)).toMatchObject(blocked);
  });

  it('of the last server leaves the denial that it was to confirm', () => {
    expect(afterReview(suspect, suffixOf(primary), roundsWith({ claim: denied }))).toBe(denied);
  });
});
