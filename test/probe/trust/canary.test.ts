import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/dns/transport/transport.js';
import type { Reply } from '../../../src/dns/wire/reply.js';
import {
  type CanaryReply,
  describeCanary,
  exists,
  isDenied,
  isUnanswered,
  randomNameUnder,
  readCanary,
  showsDelegation,
  similarName,
} from '../../../src/probe/trust/canary.js';
import { createSeededRandom } from '../../simulation/random.js';

const server = 'udp://192.0.2.1:53';

const read = (outcome: Outcome) =>
  readCanary({ outcome, asked: server, tries: 1, ms: 1, sent: 3, received: 5 });

const replied = (reply: Partial<Reply>): Outcome => ({
  reply: { rcode: 'NOERROR', truncated: false, addresses: [], ...reply },
  server,
});

describe('the reply to a canary', () => {
  it.each([
    ['exists if the reply has no error', {}, true],
    [
      'exists if it is an alias of a name that does not exist',
      { rcode: 'NXDOMAIN', alias: 'gone.dev' },
      true,
    ],
    ['does not exist if it is denied', { rcode: 'NXDOMAIN' }, false],
  ])('says that a name %s', (_, reply, exists) => {
    expect(read(replied(reply))).toEqual({ exists, zone: undefined, addresses: [], sent: 3, received: 5 });
  });

  it('keeps the zone whose SOA record the reply has', () => {
    expect(read(replied({ rcode: 'NXDOMAIN', zone: 'dev' }))).toMatchObject({ zone: 'dev' });
  });

  it.each([
    ['whether the server offers recursion', { rcode: 'NXDOMAIN', offersRecursion: false }],
    [
      'the addresses, and whether the server is authoritative',
      { addresses: ['192.0.2.1'], isAuthoritative: true },
    ],
  ])('keeps %s', (_, reply) => {
    const { rcode, ...kept } = { rcode: 'NOERROR', ...reply };
    expect(read(replied({ rcode, ...kept }))).toMatchObject(kept);
  });

  it('says that a name exists which is denied, but has an address', () => {
    expect(read(replied({ rcode: 'NXDOMAIN', addresses: ['192.0.2.1'] }))).toMatchObject({ exists: true });
  });

  it('is none if the reply is about other names', () => {
    expect(read(replied({ isAboutOthers: true }))).toEqual({ failure: 'the reply is about other names' });
  });

  it('keeps nothing of a failure but the reason', () => {
    expect(read({ failure: 'no reply', server })).toEqual({ failure: 'no reply' });
  });
});

describe('the description of a canary', () => {
  const places = { zone: undefined, sent: 1, received: 2 };

  it.each([
    [{ exists: true, ...places }, 'dev exists'],
    [{ exists: false, ...places }, 'dev does not exist'],
    [{ failure: 'no reply' }, 'dev: no reply'],
  ])('says what the server has said: %j', (reply, text) => {
    expect(describeCanary('dev', reply)).toBe(text);
  });
});

describe('a canary', () => {
  const places = { zone: undefined, sent: 1, received: 2 };

  it.each<[string, CanaryReply, readonly [boolean, boolean, boolean]]>([
    ['exists', { exists: true, ...places }, [true, false, false]],
    ['is denied', { exists: false, ...places }, [false, true, false]],
    ['is unanswered', { failure: 'no reply' }, [false, false, true]],
  ])('%s', (_, reply, expected) => {
    const canary = { name: 'dev', reply };
    expect([exists(canary), isDenied(canary), isUnanswered(canary)]).toEqual(expected);
  });
});

describe('a random name', () => {
  const makeMany = () =>
    Array.from({ length: 200 }, (_, seed) => randomNameUnder('dev', createSeededRandom(seed)));

  it('has a label of 24 to 40 letters and digits that begins with a letter', () => {
    for (const name of makeMany()) expect(name).toMatch(/^[a-z][a-z0-9]{23,39}\.dev$/);
  });

  it('has all lengths and begins with all letters', () => {
    const made = makeMany();
    expect(new Set(made.map(({ length }) => length)).size).toBe(17);
    expect(new Set(made.map((name) => name[0])).size).toBe(26);
  });

  it.each([
    [228, 24],
    [229, 23],
    [251, 1],
    [252, 1],
  ])('under a parent of %i octets has a label of %i', (length, label) => {
    const random = { ...createSeededRandom(1), below: () => 0 };
    expect(randomNameUnder('x'.repeat(length), random).indexOf('.')).toBe(label);
  });
});

describe('a name in the form of another one', () => {
  it.each([
    ['for', /^[a-z]{3}\.dev$/],
    ['k8s', /^[a-z]\d[a-z]\.dev$/],
    ['my-blog-2', /^[a-z]{2}-[a-z]{4}-\d\.dev$/],
    ['www.for', /^www\.[a-z]{3}\.dev$/],
    ['xn--mnchen-3ya', /^xn--[a-z]{6}-\d[a-z]{2}\.dev$/],
    ['_dmarc', /^_[a-z]{5}\.dev$/],
  ])('keeps the form of %s', (word, form) => {
    for (let seed = 0; seed < 50; seed++)
      expect(similarName(word, 'dev', createSeededRandom(seed))).toMatch(form);
  });

  it('has none of the letters of a label in another script', () => {
    const made = Array.from({ length: 50 }, (_, seed) =>
      similarName('xn--mnchen-3ya', 'dev', createSeededRandom(seed)),
    );
    expect(made.filter((name) => name.includes('mnchen'))).toEqual([]);
  });

  it('differs from one time to the next', () => {
    const names = Array.from({ length: 50 }, (_, seed) =>
      similarName('while', 'dev', createSeededRandom(seed)),
    );
    expect(new Set(names).size).toBe(50);
  });
});

describe('a delegation', () => {
  it.each([
    ['name servers of its own', { nameServers: true }, true],
    ['a referral', { referral: 'for.dev' }, true],
    ['the SOA record of a zone below the suffix', { zone: 'for.dev' }, true],
    ['the SOA record of the suffix', { zone: 'dev' }, false],
    ['the SOA record of another zone', { zone: 'fordev' }, false],
    ['nothing', {}, false],
  ])('is shown by a reply or not: %s', (_, reply, shown) => {
    expect(showsDelegation({ truncated: false, addresses: [], ...reply }, 'dev')).toBe(shown);
  });
});
