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
const failed = { ...common, status: 'unknown', reason: 'SERVFAIL', rcode: 'SERVFAIL' } as const;
const silent = { ...common, status: 'unknown', reason: 'no reply', rcode: undefined } as const;
const taken: ProbeResult = { ...common, status: 'taken', rcode: 'NOERROR', ms: 1.6, evidence: ['two'] };
const delegated: ProbeResult = { ...taken, reason: 'delegated to ns1.example' };
const absent: ProbeResult = { ...common, status: 'absent', rcode: 'NXDOMAIN' };

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
