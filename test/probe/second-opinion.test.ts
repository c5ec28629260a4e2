import { describe, expect, it } from 'vitest';
import type { ProbeResult } from '../../src/probe/result.js';
import { joinOpinions, mayKnowMore } from '../../src/probe/second-opinion.js';
import type { Standing } from '../../src/probe/trust/standing.js';
import { unknown } from '../../src/probe/verdict.js';
import { findingWith } from './making.js';
import { standingAfter, standingOfGrade } from './trust/standings.js';

/** Witnesses of which both canaries, or only the random one, have no answer. */
const lost = { suffix: 'unanswered', random: 'unanswered' } as const;
const half = { random: 'unanswered' } as const;

const common = {
  name: 'x.dev',
  word: 'x',
  tld: 'dev',
  addresses: [],
  server: 'udp://192.0.2.1:53',
  tries: 2,
  ms: 1.5,
  evidence: ['one'],
};
const failed = { ...common, status: 'unknown', reason: 'SERVFAIL', rcode: 'SERVFAIL' } as const;
const silent = { ...common, status: 'unknown', reason: 'no reply', rcode: undefined } as const;
const taken: ProbeResult = { ...common, status: 'taken', rcode: 'NOERROR', ms: 1.6, evidence: ['two'] };
const delegated: ProbeResult = { ...taken, reason: 'delegated to ns1.example' };
const absent: ProbeResult = { ...common, status: 'absent', rcode: 'NXDOMAIN' };

describe('the authority may know more about a name', () => {
  const failing = findingWith({ verdict: unknown('SERVFAIL'), failure: 'failing' });

  it.each(['failing', 'blocked'] as const)('for which the resolvers are %s', (failure) => {
    expect(mayKnowMore('for.dev', { ...failing, failure }, undefined)).toBe(true);
  });

  it.each([
    ['is unknown for another reason', { ...failing, failure: undefined }],
    ['has an answer in spite of a failure', { ...failing, verdict: { status: 'taken' } as const }],
  ])('but not about one that %s', (_, finding) => {
    expect(mayKnowMore('for.dev', finding, undefined)).toBe(false);
  });
});

describe('the authority may know more about a name for which only silence came', () => {
  // The witnesses came back at place 20.
  const silentSince = (first: number) =>
    findingWith({ verdict: unknown('no reply'), failure: 'silent', first, received: 90 });
  const among = (...standings: readonly Standing[]) => ({
    standings: new Map(standings.map((standing, index) => [`${index}`, standing])),
  });
  const good = standingOfGrade('good');

  it.each([
    ['both canaries were answered meanwhile', among(good)],
    ['one server of several answered its canaries', among(standingOfGrade('unanswered'), good)],
    ['any name is answered', among(standingOfGrade('wildcard'))],
  ])('if %s', (_, suffix) => {
    expect(mayKnowMore('for.dev', silentSince(19), suffix)).toBe(true);
  });

  it.each([
    ['the canaries came back before it was asked for', 20, among(good)],
    ['the last canaries came back before, and later ones did not', 19, among(standingAfter([{}, lost]))],
    ['the suffix is denied', 19, among(standingOfGrade('denying'))],
    ['only the suffix is answered, which a server may remember', 19, among(standingAfter([half]))],
    ['no canary has come back', 19, among(standingOfGrade('unheard'))],
    ['no server has been tested', 19, undefined],
  ])('but not if %s', (_, first, suffix) => {
    expect(mayKnowMore('for.dev', silentSince(first), suffix)).toBe(false);
  });
});

describe('the opinion of the authority', () => {
  it('counts, with all evidence and tries', () => {
    const { reason: _, ...joined } = joinOpinions(failed, taken);
    expect(joined).toEqual({
      ...common,
      status: 'taken',
      rcode: 'NOERROR',
      tries: 4,
      ms: 3.1,
      evidence: ['one', 'two'],
    });
  });

  it.each<[string, typeof failed | typeof silent, ProbeResult, string]>([
    ['after its own reason', failed, delegated, 'delegated to ns1.example; the resolver fails: SERVFAIL'],
    ['alone if it gives no reason', silent, taken, 'the resolver fails: no reply'],
    ['of a name that does not exist, too', failed, absent, 'the resolver fails: SERVFAIL'],
  ])('is followed by the reason of the resolver, %s', (_, first, other, reason) => {
    expect(joinOpinions(first, other)).toMatchObject({ status: other.status, reason });
  });

  it('leaves the result as it is, with all evidence and tries, if it is no answer either', () => {
    const other: ProbeResult = { ...silent, evidence: ['two'] };
    expect(joinOpinions(failed, other)).toEqual({ ...failed, tries: 4, ms: 3, evidence: ['one', 'two'] });
  });
});
