import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/dns/transport/transport.js';
import { findingOf, joinFindings } from '../../src/probe/findings.js';
import { address, answerWith, denial, failed, primary, replied, secondary } from '../helpers/answers.js';
import { findingWith } from './making.js';

const places = { sent: 10, received: 20, tries: 2 };

describe('the finding from one answer', () => {
  const find = (outcome: Outcome) => findingOf('as.dev', answerWith(outcome, places));

  it('says all that is known of a name with an address', () => {
    expect(find(address)).toEqual(findingWith({ first: 10, last: 10, received: 20, tries: 2 }));
  });

  it('keeps the zone that a denial comes from', () => {
    expect(find(replied({ rcode: 'NXDOMAIN', zone: '' }))).toMatchObject({
      verdict: { status: 'absent' },
      rcode: 'NXDOMAIN',
      zone: '',
      addresses: [],
      evidence: ['A: NXDOMAIN'],
    });
  });

  it('is unknown if there is no answer, and rests on no server', () => {
    const refusal = { ...failed('REFUSED from it'), rcode: 'REFUSED' };
    expect(find(refusal)).toEqual(
      findingWith({
        verdict: { status: 'unknown', reason: 'REFUSED from it' },
        addresses: [],
        rcode: 'REFUSED',
        sources: [],
        evidence: ['REFUSED from it'],
        first: 10,
        last: 10,
        received: 20,
        tries: 2,
      }),
    );
  });

  it('is taken if the name is an alias whose end the server fails to resolve', () => {
    const failure = { ...failed('SERVFAIL from it'), rcode: 'SERVFAIL', alias: 'b.example' };
    const finding = find(failure);
    expect(finding).toMatchObject({
      verdict: { status: 'taken', reason: 'alias of b.example: SERVFAIL from it' },
      sources: [primary],
    });
    expect(finding?.failure).toBeUndefined();
  });

  it('rests on the server that was asked, which may have answered in another way', () => {
    const overTcp = answerWith({ ...address, server: 'tcp://192.0.2.1:53' }, { asked: primary });
    expect(findingOf('as.dev', overTcp)).toMatchObject({ server: 'tcp://192.0.2.1:53', sources: [primary] });
  });

  it('needs another answer if the name exists without a record', () => {
    expect(find(replied())).toBeUndefined();
    expect(find(replied({ alias: 'b.dev' }))).toBeUndefined();
  });
});

describe('the finding from two answers', () => {
  const join = (second: Outcome, first: Outcome = replied()) =>
    joinFindings(
      'as.dev',
      answerWith(first, places),
      answerWith(second, { sent: 30, received: 40, tries: 3 }),
    );

  it('is that the name is live if it has an IPv6 address', () => {
    expect(join(replied({ addresses: ['2001:db8::7'] }, secondary))).toEqual({
      verdict: { status: 'live' },
      addresses: ['2001:db8::7'],
      rcode: 'NOERROR',
      server: secondary,
      sources: [primary, secondary],
      type: 'AAAA',
      zone: undefined,
      first: 10,
      last: 30,
      received: 40,
      evidence: ['A: NOERROR, no record', 'AAAA: NOERROR, address'],
      tries: 2 + 3,
    });
  });

  it('is that the name is taken if it has no address', () => {
    expect(join(replied())).toMatchObject({
      verdict: { status: 'taken', reason: undefined },
      sources: [primary],
      evidence: ['A: NOERROR, no record', 'AAAA: NOERROR, no record'],
    });
  });

  it('is that the name is taken if it is an alias without an address', () => {
    const alias = replied({ alias: 'empty.example' });
    expect(join(alias, alias)).toMatchObject({
      verdict: { status: 'taken', reason: 'alias of empty.example, no address given' },
      evidence: ['A: NOERROR, alias', 'AAAA: NOERROR, alias'],
    });
  });

  it('is that the name is taken if it is delegated', () => {
    expect(join(replied({ referral: 'as.dev' })).verdict).toEqual({ status: 'taken', reason: 'delegated' });
  });

  it('is that the name is taken if the second answer denies it: the first one has shown that it exists', () => {
    expect(join(replied({ rcode: 'NXDOMAIN' }, secondary))).toMatchObject({
      verdict: { status: 'taken', reason: 'no A record, NXDOMAIN for AAAA' },
      rcode: 'NOERROR',
      addresses: [],
      sources: [primary, secondary],
      evidence: ['A: NOERROR, no record', 'AAAA: NXDOMAIN'],
    });
  });

  it('is that the name is taken if there is no second answer, and rests on the first one', () => {
    expect(join(failed('no reply', secondary))).toMatchObject({
      verdict: { status: 'taken', reason: 'no A record, AAAA not answered: no reply' },
      rcode: 'NOERROR',
      addresses: [],
      server: secondary,
      sources: [primary],
      first: 10,
      last: 30,
      received: 40,
      evidence: ['A: NOERROR, no record', 'AAAA: no reply'],
    });
  });

  it('is suspicious if the second answer contradicts itself', () => {
    const contradiction = replied({ rcode: 'NXDOMAIN', addresses: ['2001:db8::7'] });
    expect(join(contradiction).suspicion).toBe('the reply denies a name and gives its address');
  });

  it('spans both queries, whichever was sent first', () => {
    const late = answerWith(replied(), { sent: 30, received: 45 });
    const early = answerWith(replied(), { sent: 10, received: 20 });
    const expected = { first: 10, last: 30, received: 45 };
    expect(joinFindings('as.dev', late, early)).toMatchObject(expected);
    expect(joinFindings('as.dev', early, late)).toMatchObject(expected);
  });
});

describe('a name without an answer', () => {
  it.each([
    ['failing', 'SERVFAIL', undefined],
    ['failing', 'SERVFAIL', 7],
    ['silent', undefined, 7],
    ['silent', 'REFUSED', 7],
    [undefined, 'REFUSED', undefined],
    [undefined, undefined, undefined],
  ])(
    'finds its servers %s after the response code %s and silence since %s',
    (failure, rcode, silentSince) => {
      const outcome = {
        ...failed('failure'),
        ...(rcode && { rcode }),
        ...(silentSince && { silentSince }),
      };
      const finding = findingOf('as.dev', answerWith(outcome, { sent: 30, received: 40 }));
      expect(finding).toMatchObject({
        failure,
        first: failure === 'silent' ? 7 : 30,
        last: 30,
        received: 40,
      });
    },
  );
});

it('a name is found absent for no reason but a denial', () => {
  const failures = ['SERVFAIL', 'REFUSED', 'FORMERR', 'NOTIMP'].map((rcode) => failed(`${rcode} from it`));
  const firsts = [...failures, failed('no reply'), replied(), replied({ referral: 'as.dev' })];
  for (const first of firsts) {
    expect(findingOf('as.dev', answerWith(first))?.verdict.status).not.toBe('absent');
    for (const second of [...firsts, denial])
      expect(joinFindings('as.dev', answerWith(first), answerWith(second)).verdict.status).not.toBe('absent');
  }
});
