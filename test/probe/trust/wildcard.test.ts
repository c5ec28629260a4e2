import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/dns/transport/transport.js';
import { restingOn, reviewWildcard } from '../../../src/probe/trust/wildcard.js';
import type { Finding } from '../../../src/probe/verdict.js';
import { answerWith, denial, failed, primary, replied } from '../../helpers/answers.js';

const before: Finding = {
  verdict: { status: 'live' },
  addresses: ['192.0.2.66'],
  rcode: 'NOERROR',
  server: primary,
  sources: [primary],
  type: 'A',
  zone: undefined,
  first: 10,
  last: 10,
  received: 20,
  evidence: ['A: NOERROR, address'],
  tries: 2,
};

const nameServers = replied({ nameServers: true });
/** No name servers, with the SOA record of the parent. */
const none = replied({ zone: 'co.uk' });
const alias = replied({ alias: 'parked.example' });

/** Reviews `own.co.uk`, which is answered as any name under co.uk is. */
const review = (own: Outcome, random: Outcome = none, answersAnything = false) =>
  reviewWildcard(
    before,
    'co.uk',
    { name: 'own.co.uk', nameServers: answerWith(own) },
    { name: 'random.co.uk', nameServers: answerWith(random) },
    answersAnything,
  );

describe('a name under a parent that answers for any name', () => {
  it.each<[string, Outcome, Outcome, string]>([
    ['has name servers', nameServers, none, 'own zone'],
    ['is referred to its name servers', replied({ referral: 'own.co.uk' }), none, 'own zone'],
    ['has an SOA record of its own', replied({ zone: 'own.co.uk' }), none, 'own zone'],
    ['lies in a zone below the parent', replied({ zone: 'other.co.uk' }), none, 'own zone'],
    ['exists where a random name does not', replied({ zone: 'co.uk' }), denial, 'exists'],
  ])('keeps its mark if it %s', (_, own, random, found) => {
    expect(review(own, random)).toMatchObject({
      verdict: { status: 'live' },
      addresses: ['192.0.2.66'],
      evidence: ['A: NOERROR, address', `NS: ${found}`],
    });
  });

  it.each<[string, Outcome, Outcome]>([
    ['is denied', denial, none],
    ['is denied as a random name is', denial, denial],
    ['has the SOA record of the parent', none, none],
    ['has the SOA record of the domain above', replied({ zone: 'uk' }), none],
    ['has the SOA record of the root', replied({ zone: '' }), none],
  ])('is absent if it %s', (_, own, random) => {
    expect(review(own, random)).toMatchObject({
      verdict: { status: 'absent' },
      addresses: [],
      evidence: ['A: NOERROR, address', 'NS: none'],
    });
  });

  it('that is absent has the response code of the query for its name servers', () => {
    expect(review(denial).rcode).toBe('NXDOMAIN');
    expect(review(none).rcode).toBe('NOERROR');
  });

  const everyName = 'any name under .co.uk is answered';

  it.each<[string, Outcome, Outcome, string]>([
    [
      'if its name servers are not known',
      failed('REFUSED'),
      none,
      `${everyName}, and name servers are not known: REFUSED`,
    ],
    [
      'if those of a random name are not known',
      nameServers,
      failed('SERVFAIL'),
      `${everyName}, and name servers are not known: SERVFAIL`,
    ],
    [
      'if a random name has name servers',
      nameServers,
      nameServers,
      `${everyName}, with name servers: real and made-up names look the same`,
    ],
    [
      'if a random name has an SOA record of its own',
      none,
      replied({ zone: 'random.co.uk' }),
      `${everyName}, with name servers: real and made-up names look the same`,
    ],
    ['if it is an alias', alias, none, `${everyName}, and whether this one has name servers is not clear`],
    [
      'if it is an alias where random names do not exist',
      alias,
      denial,
      `${everyName}, and whether this one has name servers is not clear`,
    ],
    [
      'if it has no SOA record',
      replied(),
      none,
      `${everyName}, and whether this one has name servers is not clear`,
    ],
    [
      'if it has the SOA record of another domain',
      replied({ zone: 'example' }),
      none,
      `${everyName}, and whether this one has name servers is not clear`,
    ],
    [
      'if it is referred to the servers of another name',
      replied({ referral: 'example' }),
      none,
      `${everyName}, and whether this one has name servers is not clear`,
    ],
  ])('is unknown %s', (_, own, random, reason) => {
    expect(review(own, random)).toMatchObject({ verdict: { status: 'unknown', reason }, addresses: [] });
  });

  it('is unknown if it has no name servers and the server answers even for names that cannot exist', () => {
    const reason = 'the server answers for any name, even for one that cannot exist';
    expect(review(none, none, true).verdict).toEqual({ status: 'unknown', reason });
    expect(review(nameServers, none, true).verdict).toEqual({ status: 'live' });
    // It makes up nothing but addresses.
    expect(review(denial, denial, true).verdict).toEqual({ status: 'absent' });
  });

  it('is not absent because of a denial that has an alias', () => {
    expect(review(replied({ rcode: 'NXDOMAIN', alias: 'gone.example' }), denial).verdict.status).toBe(
      'unknown',
    );
  });
});

describe('a finding that rests on more answers', () => {
  const resting = (...spans: readonly (readonly [number, number])[]) =>
    restingOn(
      before,
      spans.map(([sent, received]) => answerWith(none, { sent, received })),
      3,
    );

  it('spans the queries and the replies of all, of which some may have come before', () => {
    expect(resting([30, 40], [12, 13])).toMatchObject({ first: 10, last: 30, received: 40 });
    expect(resting([11, 15], [5, 50])).toMatchObject({ first: 5, last: 11, received: 50 });
    expect(resting([9, 15])).toMatchObject({ first: 9, last: 10, received: 20 });
  });

  it('has the tries of both', () => {
    expect(resting().tries).toBe(2 + 3);
  });
});
