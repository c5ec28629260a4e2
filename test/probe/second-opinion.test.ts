import { describe, expect, it } from 'vitest';
import type { ProbeResult } from '../../src/probe/result.js';
import { joinOpinions, mayKnowMore } from '../../src/probe/second-opinion.js';
import { unknown } from '../../src/probe/verdict.js';
import { findingWith } from './making.js';

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
const failed: ProbeResult = { ...common, status: 'unknown', reason: 'SERVFAIL', rcode: 'SERVFAIL' };
const silent: ProbeResult = { ...common, status: 'unknown', reason: 'no reply', rcode: undefined };
const taken: ProbeResult = { ...common, status: 'taken', rcode: 'NOERROR', ms: 1.6, evidence: ['two'] };

describe('the authority may know more about a name', () => {
  const failing = findingWith({ verdict: unknown('SERVFAIL'), failure: 'failing' });

  it('for which the resolvers fail', () => {
    expect(mayKnowMore(failing)).toBe(true);
  });

  it.each([
    ['is unknown for another reason', { ...failing, failure: undefined }],
    ['has an answer in spite of a failure', { ...failing, verdict: { status: 'taken' } as const }],
  ])('but not about one that %s', (_, finding) => {
    expect(mayKnowMore(finding)).toBe(false);
  });
});

describe('the opinion of the authority', () => {
  it('on a delegated name for which a resolver fails shows that its name servers do not answer', () => {
    expect(joinOpinions(failed, taken)).toEqual({
      ...taken,
      reason: 'delegated, but its name servers do not answer',
      tries: 4,
      ms: 3.1,
      evidence: ['one', 'two'],
    });
  });

  it.each<[string, ProbeResult, ProbeResult]>([
    ['that exists after another failure', silent, taken],
    ['that does not exist', failed, { ...common, status: 'absent', rcode: 'NXDOMAIN', evidence: ['two'] }],
  ])('replaces the result of a name %s', (_, first, other) => {
    const { status, reason } = joinOpinions(first, other);
    expect([status, reason]).toEqual([other.status, undefined]);
  });

  it('leaves the result as it is, with all evidence and tries, if it is no answer either', () => {
    const other: ProbeResult = { ...silent, evidence: ['two'] };
    expect(joinOpinions(failed, other)).toEqual({ ...failed, tries: 4, ms: 3, evidence: ['one', 'two'] });
  });
});
