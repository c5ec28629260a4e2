import { describe, expect, it } from 'vitest';
import type { Ask } from '../../../src/dns/resolver/resolver.js';
import type { Outcome } from '../../../src/dns/transport/transport.js';
import { asBlocked, askAboutBlocking, isShared } from '../../../src/probe/blocking.js';
import { absent } from '../../../src/probe/verdict.js';
import { address, answerWith, denial, failed, primary, replied } from '../../helpers/answers.js';
import { findingWith } from '../making.js';

const suspect = findingWith({
  verdict: absent,
  addresses: [],
  suspicion: `blocked by ${primary}: the denial has no SOA record`,
  tries: 1,
});
const blockedError = { code: 15, meaning: 'blocked by policy' };
const otherError = { code: 3, meaning: 'stale answer' };

/** Asks about a suspicious finding; the answers took 2 tries for A and 3 for AAAA. */
async function askWith(a: Outcome, aaaa: Outcome = replied(), ns: Outcome = denial) {
  const asked: Parameters<Ask>[] = [];
  const ask: Ask = async (...question) => {
    asked.push(question);
    const { type } = question[0];
    if (type === 'NS') return answerWith(ns, { tries: 4 });
    return type === 'A' ? answerWith(a, { tries: 2 }) : answerWith(aaaa, { tries: 3 });
  };
  return { asked, found: await askAboutBlocking('shop.dev', suspect, primary, ask) };
}

describe('a server whose reply is suspicious', () => {
  it('is asked once more with EDNS, and no other one is', async () => {
    const { asked } = await askWith(denial);
    const flags = { hasEdns: true };
    const policy = { only: primary, tries: 1, isSuspect: true };
    expect(asked).toEqual([[{ name: 'shop.dev', type: 'A', flags }, policy]]);
  });

  it('is asked for both addresses if there is no record of the first type', async () => {
    const { asked, found } = await askWith(replied(), replied({ addresses: ['2001:db8::1'] }));
    expect(asked[1]).toEqual([{ ...asked[0]?.[0], type: 'AAAA' }, asked[0]?.[1]]);
    expect(found).toMatchObject({
      verdict: { status: 'live' },
      addresses: ['2001:db8::1'],
      tries: 1 + 2 + 3,
    });
  });

  it('is believed if nothing speaks against its second reply', async () => {
    const { found } = await askWith(address);
    expect(found).toMatchObject({ verdict: { status: 'live' }, tries: 1 + 2 });
    expect(found.suspicion).toBeUndefined();
  });

  it.each<[string, Outcome]>([
    ['with a reply', replied({ rcode: 'NXDOMAIN', extendedErrors: [otherError, blockedError] })],
    ['without one', { ...failed('REFUSED'), rcode: 'REFUSED', extendedErrors: [blockedError] }],
  ])('may say that it blocks the name: %s', async (_, outcome) => {
    const { found } = await askWith(outcome);
    expect(found).toEqual({
      ...suspect,
      suspicion: `blocked by ${primary}: blocked by policy`,
      evidence: [...suspect.evidence, 'blocked by policy'],
      tries: 1 + 2,
    });
  });

  it.each<[string, Outcome]>([
    ['it has no answer', failed('no reply')],
    ['its second reply is suspicious, too', replied({ rcode: 'NXDOMAIN', zone: 'rpz.example' })],
    [
      'it fails for another reason',
      { ...failed('SERVFAIL'), rcode: 'SERVFAIL', extendedErrors: [otherError] },
    ],
  ])('leaves the finding as it is if %s', async (_, outcome) => {
    expect((await askWith(outcome)).found).toEqual({ ...suspect, tries: 1 + 2 });
  });

  it.each<[string, Outcome, true | undefined]>([
    ['if it has the name servers of the name', replied({ nameServers: true }), undefined],
    ['but does not if it has none', replied({ zone: 'dev' }), true],
    ['but does not if they have no answer', failed('no reply'), true],
  ])('may serve the zone of the name itself %s', async (_, ns, isAuthoritative) => {
    const own = replied({ addresses: ['192.0.2.7'], isAuthoritative: true });
    const { found, asked } = await askWith(own, undefined, ns);
    expect(found).toMatchObject({ verdict: { status: 'live' }, isAuthoritative, tries: 1 + 2 + 4 });
    expect(asked[1]).toEqual([{ name: 'shop.dev', type: 'NS' }, asked[0]?.[1]]);
  });

  it('is believed although it gives another extended error', async () => {
    const { found } = await askWith(replied({ addresses: ['192.0.2.7'], extendedErrors: [otherError] }));
    expect(found).toMatchObject({ verdict: { status: 'live' } });
  });
});

describe('a null address', () => {
  const ofNull = findingWith({ addresses: ['127.0.0.1'] });

  it.each([
    ['is shared if another server has given one', ofNull, [suspect, ofNull], true],
    ['is not shared if no other server has', ofNull, [suspect], false],
    ['is not shared if there is no other server', ofNull, [], false],
    ['is not needed by a finding without one', suspect, [ofNull], false],
  ])('%s', (_, finding, others, is) => expect(isShared(finding, others)).toBe(is));
});

describe('a suspicious finding for which there is no better one', () => {
  it('makes the name unknown, for the reason that it is suspicious', () => {
    expect(asBlocked(suspect)).toMatchObject({
      verdict: { status: 'unknown', reason: suspect.suspicion },
      addresses: [],
      failure: 'blocked',
    });
  });
});
