import { describe, expect, it } from 'vitest';
import {
  describeReply,
  doubt,
  type Verdict,
  verdictOf,
  withEvidence,
  withoutAddress,
} from '../../src/probe/verdict.js';
import { replied } from '../helpers/answers.js';
import { findingWith } from './making.js';

type Reply = Parameters<typeof replied>[0];

const decideAbout = (reply: Reply) => verdictOf(replied(reply).reply, 'as.dev');

describe('a reply proves that a name is', () => {
  it.each<[string, Reply, Verdict]>([
    ['live if it has an address', { addresses: ['192.0.2.7'] }, { status: 'live' }],
    [
      'live if it is an alias of a name with an address',
      { alias: 'b.dev', addresses: ['192.0.2.7'] },
      { status: 'live' },
    ],
    ['absent if it is denied', { rcode: 'NXDOMAIN' }, { status: 'absent' }],
    [
      'taken if it is an alias of a name that does not exist',
      { rcode: 'NXDOMAIN', alias: 'gone.example' },
      { status: 'taken', reason: 'alias of gone.example, which does not exist' },
    ],
    ['taken if it is delegated', { referral: 'as.dev' }, { status: 'taken', reason: 'delegated' }],
    [
      'taken if it is delegated to no name',
      { referral: 'as.dev', serverNames: [] },
      { status: 'taken', reason: 'delegated' },
    ],
    [
      'taken if it is delegated to two names',
      { referral: 'as.dev', serverNames: ['ns1.example', 'ns2.example'] },
      { status: 'taken', reason: 'delegated to ns1.example, ns2.example' },
    ],
    [
      'taken if it is delegated to more names, of which two are listed',
      { referral: 'as.dev', serverNames: ['ns1.example', 'ns2.example', 'ns3.example'] },
      { status: 'taken', reason: 'delegated to ns1.example, ns2.example, …' },
    ],
    [
      'unknown if a name above it is delegated',
      { referral: 'dev' },
      { status: 'unknown', reason: 'lies below the delegation dev; ask its name servers' },
    ],
  ])('%s', (_, reply, verdict) => expect(decideAbout(reply)).toEqual(verdict));

  it.each<[string, Reply]>([
    ['without a record', {}],
    ['with an alias and without an address', { alias: 'b.dev' }],
  ])('nothing yet %s', (_, reply) => expect(decideAbout(reply)).toBeUndefined());
});

describe('a name without either kind of address', () => {
  it('is taken', () => {
    expect(withoutAddress(replied().reply)).toEqual({ status: 'taken', reason: undefined });
  });

  it('is taken, and its alias is named', () => {
    expect(withoutAddress(replied({ alias: 'empty.example' }).reply)).toEqual({
      status: 'taken',
      reason: 'alias of empty.example, no address given',
    });
  });
});

describe('the description of a reply', () => {
  it.each<[string, Reply]>([
    ['A: NOERROR, address', { addresses: ['192.0.2.7'] }],
    ['A: NOERROR, address', { alias: 'b.dev', addresses: ['192.0.2.7'] }],
    ['A: NXDOMAIN, alias', { rcode: 'NXDOMAIN', alias: 'gone.example' }],
    ['A: NOERROR, alias', { alias: 'b.dev' }],
    ['A: NXDOMAIN', { rcode: 'NXDOMAIN' }],
    ['A: NOERROR, referral', { referral: 'as.dev' }],
    ['A: NOERROR, no record', {}],
  ])('is "%s" for %j', (text, reply) => {
    expect(describeReply('A', replied(reply).reply)).toBe(text);
  });

  it('says that getaddrinfo, which has no response code, found an address', () => {
    expect(describeReply('A', { truncated: false, addresses: ['192.0.2.7'] })).toBe(
      'A: getaddrinfo, address',
    );
  });
});

describe('a finding', () => {
  it('that is doubted is unknown, and has no address', () => {
    expect(doubt(findingWith({ addresses: ['192.0.2.7'] }), 'it lies')).toEqual(
      findingWith({ verdict: { status: 'unknown', reason: 'it lies' }, addresses: [] }),
    );
  });

  it('has new evidence after what it had', () => {
    expect(withEvidence(findingWith({ evidence: ['one'] }), ['two']).evidence).toEqual(['one', 'two']);
  });
});
