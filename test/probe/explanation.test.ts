import { describe, expect, it } from 'vitest';
import type { Ask } from '../../src/dns/resolver/resolver.js';
import type { Outcome } from '../../src/dns/transport/transport.js';
import type { Question } from '../../src/dns/wire/query.js';
import { explain } from '../../src/probe/explanation.js';
import { unknown } from '../../src/probe/verdict.js';
import { address, answerWith, denial, failed, primary, replied } from '../helpers/answers.js';
import { findingWith } from './making.js';

const reason = `SERVFAIL from ${primary}`;
const before = findingWith({
  verdict: unknown(reason),
  addresses: [],
  rcode: 'SERVFAIL',
  evidence: [reason],
  tries: 7,
  failure: 'failing',
});

const servfail: Outcome = { ...failed(reason), rcode: 'SERVFAIL' };
const servfailBecause = (code: number, meaning: string): Outcome => ({
  ...servfail,
  extendedErrors: [{ code, meaning }],
});
const stale = { code: 3, meaning: 'stale answer' };
const invalid = servfailBecause(6, 'DNSSEC validation failed');

/** Explains a failure; the questions are `TYPE`, and `unchecked` if signatures are not to be checked. */
async function explainWith(outcomes: Readonly<Record<string, Outcome>>, finding = before) {
  const asked: string[] = [];
  const ask: Ask = async ({ type, flags }: Question, policy) => {
    expect([policy, flags?.hasEdns]).toEqual([{ only: primary, tries: 1, isSuspect: true }, true]);
    const question = `${type}${flags?.isCheckingDisabled ? ' unchecked' : ''}`;
    asked.push(question);
    return answerWith(outcomes[question] ?? servfail, { sent: 30, received: 40 });
  };
  return { finding: await explain('as.dev', finding, primary, ask), asked };
}

describe('a name for which the server fails', () => {
  it('has the reason that the server gives with EDNS', async () => {
    const { finding, asked } = await explainWith({ A: servfailBecause(15, 'blocked by policy') });
    expect(finding).toEqual({
      ...before,
      verdict: unknown(`${reason}: blocked by policy`),
      evidence: [reason, 'blocked by policy'],
      tries: 8,
      failure: 'blocked',
    });
    // Nobody asks without the check of signatures if something else is wrong.
    expect(asked).toEqual(['A']);
  });

  it.each([
    ['without a reason', servfail],
    ['with a bad signature', invalid],
  ])('%s is asked for without the check of signatures, and exists if it does then', async (_, first) => {
    const { finding, asked } = await explainWith({ A: first, 'A unchecked': address });
    expect(finding).toMatchObject({
      verdict: { status: 'live' },
      addresses: ['192.0.2.7'],
      evidence: ['A: NOERROR, address', 'DNSSEC bogus'],
      tries: 7 + 1 + 1,
      first: 30,
    });
    expect(asked).toEqual(['A', 'A unchecked']);
  });

  it('is taken if it exists without an address when signatures are not checked', async () => {
    const { finding } = await explainWith({
      A: invalid,
      'A unchecked': replied(),
      'AAAA unchecked': replied(),
    });
    expect(finding).toMatchObject({
      verdict: { status: 'taken' },
      evidence: ['A: NOERROR, no record', 'AAAA: NOERROR, no record', 'DNSSEC bogus'],
      tries: 7 + 1 + 2,
    });
  });

  it.each([
    ['a denial that fails validation', denial],
    ['another failure', servfail],
  ])('stays unknown after %s', async (_, unchecked) => {
    const { finding } = await explainWith({ A: invalid, 'A unchecked': unchecked });
    expect(finding).toEqual({
      ...before,
      verdict: unknown(`${reason}: DNSSEC validation failed`),
      evidence: [reason, 'DNSSEC validation failed'],
      tries: 7 + 1 + 1,
    });
  });

  it.each([15, 16, 17])('is blocked if the server says so, with code %i', async (code) => {
    const { finding } = await explainWith({ A: servfailBecause(code, 'some words') });
    expect(finding.failure).toBe('blocked');
  });

  it('is blocked, whatever else the server says before', async () => {
    const extendedErrors = [stale, { code: 15, meaning: 'blocked by policy' }];
    const { finding } = await explainWith({ A: { ...servfail, extendedErrors } });
    expect(finding).toMatchObject({ failure: 'blocked', verdict: { reason: `${reason}: stale answer` } });
  });

  it.each([0, 14, 18, 22])('is not blocked if the server says something else: code %i', async (code) => {
    const { finding } = await explainWith({ A: servfailBecause(code, 'some words') });
    expect(finding.failure).toBe('failing');
  });

  it('is asked for once more if it is refused, as signatures are no reason for that', async () => {
    const refused = { ...before, rcode: 'REFUSED', failure: undefined };
    const { finding, asked } = await explainWith({ A: failed(`REFUSED from ${primary}`) }, refused);
    expect(finding).toEqual({ ...refused, tries: 8 });
    expect(asked).toEqual(['A']);
  });

  it('stays as it is, but for the tries, if the server does not say why', async () => {
    const { finding, asked } = await explainWith({ A: failed(`FORMERR from ${primary}`) });
    expect(finding).toEqual({ ...before, tries: 9 });
    expect(asked).toEqual(['A', 'A unchecked']);
  });

  it('has the answer of a server that has come back, or that needs EDNS', async () => {
    const { finding, asked } = await explainWith({ A: address });
    expect(finding).toEqual(findingWith({ first: 30, last: 30, received: 40, tries: 8 }));
    expect(asked).toEqual(['A']);
  });

  it('is asked for its IPv6 address, too, if the server has come back and there is no IPv4 address', async () => {
    const six = replied({ addresses: ['2001:db8::7'] });
    const { finding } = await explainWith({ A: replied(), AAAA: six });
    expect(finding).toMatchObject({ verdict: { status: 'live' }, addresses: ['2001:db8::7'], tries: 7 + 2 });
  });
});
