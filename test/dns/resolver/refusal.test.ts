import { describe, expect, it } from 'vitest';
import { withoutRefusals } from '../../../src/dns/resolver/refusal.js';
import type { Question } from '../../../src/dns/wire/query.js';
import type { Reply } from '../../../src/dns/wire/reply.js';
import { failureOf, replyFrom, urlOf } from './fakes.js';

const server = urlOf(1);
const name = 'is.dev';
const replied = (reply: Partial<Reply>) => replyFrom(server, { addresses: [], ...reply });
const question: Question = { name, type: 'A' };
/** The question for a name at the servers of its zone. */
const inZone = (zone: string): Question => ({ name, type: 'A', flags: { zone } });

describe('withoutRefusals', () => {
  it.each([
    ['the name exists', replied({})],
    ['the name does not exist', replied({ rcode: 'NXDOMAIN' })],
    ['the name is delegated', replied({ referral: name })],
    ['getaddrinfo found the name', { reply: { truncated: false, addresses: [] }, server }],
  ])('keeps a reply that says: %s', (_, outcome) => {
    expect(withoutRefusals(outcome, question)).toBe(outcome);
  });

  it('keeps a failure', () => {
    const failure = failureOf(server);
    expect(withoutRefusals(failure, question)).toBe(failure);
  });

  it.each(['FORMERR', 'SERVFAIL', 'NOTIMP', 'REFUSED', 'YXDOMAIN', 'NOTAUTH', 'RCODE12'])(
    'turns a reply with %s into a failure',
    (rcode) => {
      expect(withoutRefusals(replied({ rcode }), question)).toEqual({
        failure: `${rcode} from ${server}`,
        server,
        rcode,
        hasReplied: true,
      });
    },
  );

  it('keeps how the server explains its response code', () => {
    const extendedErrors = [{ code: 22, meaning: 'no name server of the zone can be reached' }];
    expect(withoutRefusals(replied({ rcode: 'SERVFAIL', extendedErrors }), question)).toHaveProperty(
      'extendedErrors',
      extendedErrors,
    );
  });

  it('keeps the alias that came with a response code, as the name exists', () => {
    const outcome = replied({ rcode: 'SERVFAIL', alias: 'b.example' });
    expect(withoutRefusals(outcome, question)).toEqual({
      failure: `SERVFAIL from ${server}`,
      ...{ server, rcode: 'SERVFAIL', alias: 'b.example', hasReplied: true },
    });
  });

  it.each([
    ['dev', 'dev'],
    ['', 'the root'],
  ])('turns a referral to the zone "%s" into a failure', (referral, zone) => {
    expect(withoutRefusals(replied({ referral }), question)).toEqual({
      failure: `${server} refers only to the name servers of ${zone}`,
      server,
      hasReplied: true,
    });
  });
});

describe('withoutRefusals for a question at the servers of a zone', () => {
  it.each([
    ['it is authoritative', replied({ isAuthoritative: true })],
    ['it denies the name and is authoritative', replied({ rcode: 'NXDOMAIN', isAuthoritative: true })],
    ['it refers to the name', replied({ referral: name })],
  ])('keeps a reply of a server if %s', (_, outcome) => {
    expect(withoutRefusals(outcome, inZone('dev'))).toBe(outcome);
  });

  it('keeps a referral to a zone between it and the name', () => {
    const outcome = replied({ referral: 'co.uk' });
    expect(withoutRefusals(outcome, { ...inZone('uk'), name: 'is.co.uk' })).toBe(outcome);
  });

  it.each([
    ['itself', 'co.uk'],
    ['a zone above it', 'uk'],
    ['a zone beside it', 'org.uk'],
  ])('turns a referral to %s into a failure', (_, referral) => {
    expect(withoutRefusals(replied({ referral }), { ...inZone('co.uk'), name: 'is.co.uk' })).toHaveProperty(
      'failure',
      `${server} refers only to the name servers of ${referral}`,
    );
  });

  it.each([
    ['an answer that is not authoritative', replied({})],
    ['a denial that is not authoritative', replied({ rcode: 'NXDOMAIN' })],
    [
      'an answer of a server that offers recursion',
      replied({ isAuthoritative: true, offersRecursion: true }),
    ],
    ['a refusal of a server that offers recursion', replied({ rcode: 'REFUSED', offersRecursion: true })],
  ])('takes %s for an interception, which every other try would meet', (_, outcome) => {
    expect(withoutRefusals(outcome, inZone('dev'))).toEqual({
      failure: `${server} is intercepted`,
      server,
      hasReplied: true,
      isPermanent: true,
    });
  });

  it.each([
    ['127.0.0.2:53', { isAuthoritative: true, offersRecursion: true }, 'dev', '.dev'],
    ['10.0.0.1:53', {}, 'dev', '.dev'],
    ['[::1]:53', { rcode: 'REFUSED', offersRecursion: true }, '', 'the root'],
  ])('does not take the server at %s in the own network for intercepted', (host, reply, zone, shown) => {
    const local = `udp://${host}`;
    expect(withoutRefusals(replyFrom(local, { addresses: [], ...reply }), inZone(zone))).toEqual({
      failure: `${local} is not authoritative for ${shown}`,
      server: local,
      hasReplied: true,
      isPermanent: true,
    });
  });

  it('takes a refusal without recursion for what it is', () => {
    expect(withoutRefusals(replied({ rcode: 'REFUSED' }), inZone('dev'))).toHaveProperty('rcode', 'REFUSED');
  });
});
