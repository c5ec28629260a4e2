import { describe, expect, it } from 'vitest';
import type { Ask, ServerPolicy } from '../../src/dns/resolver/resolver.js';
import type { Outcome } from '../../src/dns/transport/transport.js';
import type { Question } from '../../src/dns/wire/query.js';
import type { Candidate } from '../../src/names/candidate.js';
import { probe } from '../../src/probe/probe.js';
import { address, answerWith, denial, failed, primary, replied, secondary } from '../helpers/answers.js';

const candidate: Candidate = { name: 'as.dev', word: 'as', tld: 'dev' };
const noRecord = replied();
const servfail: Outcome = { ...failed(`SERVFAIL from ${secondary}`, secondary), rcode: 'SERVFAIL' };

const refusedWith = (): Outcome => ({ ...failed(`REFUSED from ${primary}`), rcode: 'REFUSED' });

/** Probes a name without trust; the answers took 2 tries for A and 3 for AAAA, and 7 ms each. */
async function probeWith(a: Outcome, aaaa: Outcome = noRecord, name = candidate) {
  const questions: Question[] = [];
  const policies: (ServerPolicy | undefined)[] = [];
  const ask: Ask = async (question, policy) => {
    questions.push(question);
    policies.push(policy);
    const [outcome, tries] = question.type === 'A' ? [a, 2] : [aaaa, 3];
    // A server that was given as UDP may have answered over TCP.
    return answerWith(outcome, { asked: outcome.server.replace('tcp:', 'udp:'), tries, ms: 7 });
  };
  const result = await probe(name, { ask, clock: { now: () => 1000 }, trust: undefined });
  return { result, questions, policies };
}

const A: Question = { name: 'as.dev', type: 'A' };
const AAAA: Question = { name: 'as.dev', type: 'AAAA' };

describe('a name that is probed', () => {
  it.each([
    ['an address', address],
    ['a denial', denial],
    ['a delegation', replied({ referral: 'as.dev' })],
    ['no reply', failed('no reply')],
  ])('is not asked for its IPv6 address after %s', async (_, outcome) => {
    const { result, questions } = await probeWith(outcome);
    expect(questions).toEqual([A]);
    expect(result.tries).toBe(2);
  });

  it.each([
    ['no record', noRecord],
    ['an alias without an address', replied({ alias: 'b.dev' })],
  ])('is asked for its IPv6 address after %s, and the tries of both are counted', async (_, outcome) => {
    const { result, questions } = await probeWith(outcome);
    expect(questions).toEqual([A, AAAA]);
    expect(result.tries).toBe(2 + 3);
  });

  it.each([
    [primary, primary],
    [secondary, secondary],
    ['tcp://192.0.2.1:53', primary],
  ])('is asked for its IPv6 address first at the server that answered before: %s', async (server, first) => {
    const { policies } = await probeWith(replied({}, server));
    expect(policies).toEqual([undefined, { first }]);
  });

  it('has the failure of its server explained', async () => {
    const { questions, policies, result } = await probeWith(servfail);
    expect(questions.slice(1).map(({ flags }) => flags?.hasEdns)).toEqual([true, true]);
    expect(policies[1]).toEqual({ only: secondary, tries: 1, isSuspect: true });
    expect(result).toMatchObject({ status: 'unknown', reason: `SERVFAIL from ${secondary}`, tries: 6 });
  });

  it('has a refusal explained, too', async () => {
    const { questions, result } = await probeWith(refusedWith());
    expect(questions).toEqual([A, { ...A, flags: { hasEdns: true } }]);
    expect(result).toMatchObject({ status: 'unknown', reason: `REFUSED from ${primary}`, tries: 4 });
  });

  it('has no other failure explained', async () => {
    const { questions } = await probeWith({ ...failed(`NOTIMP from ${primary}`), rcode: 'NOTIMP' });
    expect(questions).toEqual([A]);
  });
});

describe('the result of a name', () => {
  const ms = 7;

  it('says all that is known if it is live', async () => {
    const bücher = { name: 'xn--bcher-kva.dev', unicode: 'bücher.dev', word: 'xn--bcher-kva', tld: 'dev' };
    const { result } = await probeWith(address, noRecord, bücher);
    expect(result).toEqual({
      ...bücher,
      status: 'live',
      reason: undefined,
      addresses: ['192.0.2.7'],
      rcode: 'NOERROR',
      server: primary,
      tries: 2,
      ms,
      evidence: ['A: NOERROR, address'],
    });
  });

  it('says why it is unknown', async () => {
    const { result } = await probeWith(failed('no reply'));
    expect(result).toEqual({
      ...candidate,
      unicode: undefined,
      status: 'unknown',
      reason: 'no reply',
      addresses: [],
      rcode: undefined,
      server: primary,
      tries: 2,
      ms,
      evidence: ['no reply'],
    });
  });

  it.each([
    ['absent', denial, noRecord],
    ['taken', noRecord, noRecord],
  ])('has no addresses if it is %s', async (status, a, aaaa) => {
    expect((await probeWith(a, aaaa)).result).toMatchObject({ status, addresses: [] });
  });

  it('has no addresses if a reply contradicts itself', async () => {
    const contradiction = replied({ rcode: 'NXDOMAIN', addresses: ['192.0.2.7'] });
    expect((await probeWith(contradiction)).result).toMatchObject({ status: 'unknown', addresses: [] });
  });
});
