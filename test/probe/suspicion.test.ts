import { describe, expect, it } from 'vitest';
import type { Reply } from '../../src/dns/wire/reply.js';
import {
  createHabits,
  type Denial,
  departureFrom,
  hasNullAddress,
  type ReplyHabits,
  recordAnswer,
  recordDenial,
  suspicionOf,
} from '../../src/probe/suspicion.js';
import type { Finding } from '../../src/probe/verdict.js';
import { primary } from '../helpers/answers.js';
import { findingWith } from './making.js';

const name = 'shop.dev';
const suspicion = (reply: Partial<Reply>) =>
  suspicionOf(name, { truncated: false, addresses: [], ...reply }, primary);

describe('a reply is not believed', () => {
  it.each<[string, Partial<Reply>, string]>([
    ['if it is about other names', { isAboutOthers: true }, 'the reply is about other names'],
    [
      'if it denies the name and gives its address',
      { rcode: 'NXDOMAIN', addresses: ['192.0.2.1'] },
      'the reply denies a name and gives its address',
    ],
    [
      'if its only address is null',
      { rcode: 'NOERROR', addresses: ['0.0.0.0'] },
      `blocked by ${primary}: its address is 0.0.0.0`,
    ],
    [
      'if it denies the name in the name of another zone',
      { rcode: 'NXDOMAIN', zone: 'rpz.example' },
      `blocked by ${primary}: the denial comes from the zone rpz.example`,
    ],
    [
      'if it has no record, but the SOA record of another zone',
      { zone: 'rpz.example' },
      `blocked by ${primary}: the denial comes from the zone rpz.example`,
    ],
    [
      'if its alias has no address, but the SOA record of a zone that is not above the alias',
      { alias: 'landing.example', zone: 'rpz.local' },
      `blocked by ${primary}: the answer comes from the zone rpz.local`,
    ],
    [
      'if its address comes from a policy zone',
      { rcode: 'NOERROR', addresses: ['192.0.2.1'], policyZone: 'rpz.local' },
      `blocked by ${primary}: the answer comes from the zone rpz.local`,
    ],
    [
      'if its denial comes from a policy zone',
      { rcode: 'NXDOMAIN', policyZone: 'rpz.local' },
      `blocked by ${primary}: the denial comes from the zone rpz.local`,
    ],
    [
      'if the zone is that of another name with the same end',
      { rcode: 'NXDOMAIN', zone: 'op.dev' },
      `blocked by ${primary}: the denial comes from the zone op.dev`,
    ],
  ])('%s', (_, reply, reason) => expect(suspicion(reply)).toBe(reason));
});

describe('nothing speaks against a reply', () => {
  it.each<[string, Partial<Reply>]>([
    ['that has an address', { addresses: ['192.0.2.1'] }],
    ['that has a null address and another one', { rcode: 'NOERROR', addresses: ['127.0.0.1', '192.0.2.1'] }],
    ['with a null address from the hosts file of the user', { addresses: ['127.0.0.1'] }],
    ['that denies the name without an SOA record', { rcode: 'NXDOMAIN' }],
    ['that denies the name in the name of its suffix', { rcode: 'NXDOMAIN', zone: 'dev' }],
    ['that denies the name in its own name', { rcode: 'NXDOMAIN', zone: name }],
    ['that denies the name in the name of the root', { rcode: 'NXDOMAIN', zone: '' }],
    ['that has no record, but the SOA record of the name', { zone: name }],
    ['that has an alias, and the SOA record of its zone', { alias: 'host.example', zone: 'example' }],
    ['that has the SOA record of its suffix in the wrong section', { rcode: 'NXDOMAIN', policyZone: 'dev' }],
    ['that has neither a record nor an SOA record', {}],
  ])('%s', (_, reply) => expect(suspicion(reply)).toBeUndefined());
});

describe('a name has null addresses', () => {
  it.each([
    [['0.0.0.0'], true],
    [['127.0.0.1'], true],
    [['127.255.0.9'], true],
    [['::'], true],
    [['::1'], true],
    [['0.0.0.0', '::1'], true],
    [['0.0.0.0', '192.0.2.1'], false],
    [['10.0.0.0'], false],
    [['100.0.0.0'], false],
    [['127a'], false],
    [['::11'], false],
    [['2001:db8::1'], false],
    [['192.127.0.1'], false],
    [['0.0.0.01'], false],
    [[], false],
  ])('or not: %j', (addresses, has) => expect(hasNullAddress({ addresses })).toBe(has));
});

describe('the habits of a server', () => {
  const habitsAfter = (...denials: readonly Omit<Denial, 'name'>[]) => {
    const habits = createHabits();
    for (const each of denials) recordDenial(habits, { name: 'random.dev', ...each });
    return habits;
  };

  it('are unknown before the first denial', () => {
    expect(createHabits()).toEqual({
      hasOmittedZone: false,
      hasNamedItself: false,
      hasOfferedRecursion: false,
      hasOfferedNone: false,
      hasDeniedAsOwner: false,
      hasAnsweredPlainly: false,
    });
  });

  it.each<[string, Omit<Denial, 'name'>, Partial<ReplyHabits>]>([
    ['an SOA record', { zone: 'dev' }, {}],
    ['the SOA record of the root', { zone: '' }, {}],
    ['no SOA record', {}, { hasOmittedZone: true }],
    ['the SOA record of the name itself', { zone: 'random.dev' }, { hasNamedItself: true }],
    ['recursion', { zone: 'dev', offersRecursion: true }, { hasOfferedRecursion: true }],
    ['no recursion', { zone: 'dev', offersRecursion: false }, { hasOfferedNone: true }],
    ['authority', { zone: 'dev', isAuthoritative: true }, { hasDeniedAsOwner: true }],
  ])('are learned from a denial with %s', (_, denied, changes) => {
    expect(habitsAfter(denied)).toEqual({ ...createHabits(), ...changes });
  });

  it.each<[string, Parameters<typeof recordAnswer>[1], boolean]>([
    ['has an address', { addresses: ['192.0.2.1'] }, true],
    ['has an address, and is authoritative', { addresses: ['192.0.2.1'], isAuthoritative: true }, false],
    ['has none', { addresses: [] }, false],
  ])('are learned from an answer that %s', (_, answer, hasAnsweredPlainly) => {
    const habits = createHabits();
    recordAnswer(habits, answer);
    expect(habits).toEqual({ ...createHabits(), hasAnsweredPlainly });
  });

  it('are not learned from an IPv6 address', () => {
    const habits = createHabits();
    recordAnswer(habits, { addresses: ['2001:db8::1'] }, 'AAAA');
    expect(habits).toEqual(createHabits());
  });

  it('are kept', () => {
    expect(
      habitsAfter(
        { offersRecursion: true },
        { zone: 'random.dev', offersRecursion: false },
        { zone: 'dev', offersRecursion: true },
      ),
    ).toEqual({
      ...createHabits(),
      ...{ hasOmittedZone: true, hasNamedItself: true },
      ...{ hasOfferedRecursion: true, hasOfferedNone: true },
    });
  });
});

describe('a denial', () => {
  const always: ReplyHabits = { ...createHabits(), hasOfferedRecursion: true };
  const never: ReplyHabits = { ...createHabits(), hasOfferedNone: true };
  const denied = { zone: 'dev', offersRecursion: true };
  const departure = (
    habits: ReplyHabits,
    changes: { zone?: string | undefined; offersRecursion?: boolean },
  ) => departureFrom(name, habits, findingWith({ verdict: { status: 'absent' }, ...changes }));

  it.each([
    [
      'without an SOA record, at a server that always sends one',
      always,
      { ...denied, zone: undefined },
      'the denial has no SOA record',
    ],
    [
      'without recursion, at a server that always offers it',
      always,
      { ...denied, offersRecursion: false },
      'the denial does not offer recursion',
    ],
    ['with recursion, at a server that never offers it', never, denied, 'the denial offers recursion'],
    [
      'in its own name, at a server that names the zone above',
      always,
      { ...denied, zone: name },
      `the denial comes from the zone ${name}`,
    ],
  ])('is not like the others: %s', (_, habits, changes, sign) => {
    expect(departure(habits, changes)).toBe(`blocked by ${primary}: ${sign}`);
  });

  it.each([
    ['with an SOA record and recursion', always, denied],
    ['without recursion, at a server that never offers it', never, { zone: 'dev', offersRecursion: false }],
    [
      'without an SOA record, at a server that sometimes omits it',
      { ...always, hasOmittedZone: true },
      { ...denied, zone: undefined },
    ],
    [
      'without recursion, at a server that sometimes offers it',
      { ...always, hasOfferedNone: true },
      { ...denied, offersRecursion: false },
    ],
    [
      'in its own name, at a server that does the same to random names',
      { ...always, hasNamedItself: true },
      { ...denied, zone: name },
    ],
    ['at a server that has not denied a random name', createHabits(), { ...denied, zone: undefined }],
  ])('is like the others: %s', (_, habits, changes) => expect(departure(habits, changes)).toBeUndefined());

  it('is not looked for in a finding of another kind', () => {
    expect(departure(always, { zone: undefined })).toBeUndefined();
  });
});

describe('an authoritative reply about a name directly below a top-level domain', () => {
  const plain = { ...createHabits(), hasOfferedRecursion: true, hasAnsweredPlainly: true };
  const departure = (habits: ReplyHabits, changes: Partial<Finding> = {}, asked = name) =>
    departureFrom(asked, habits, findingWith({ isAuthoritative: true, ...changes }));
  const taken = { verdict: { status: 'taken' }, addresses: [] } as const;
  const denied = { ...taken, verdict: { status: 'absent' }, zone: 'dev', offersRecursion: true } as const;

  it.each<[string, Partial<Finding>]>([
    ['an address', {}],
    ['an alias', taken],
    ['a denial', denied],
  ])('is not like the others: %s', (_, changes) => {
    const sign = 'its reply is authoritative, unlike others';
    expect(departure(plain, changes)).toBe(`blocked by ${primary}: ${sign}`);
  });

  it.each<[string, Partial<ReplyHabits>, Partial<Finding>, string]>([
    ['not authoritative', {}, { isAuthoritative: undefined }, name],
    ['about a name further below', {}, {}, `www.${name}`],
    ['at a server that denies random names like that', { hasDeniedAsOwner: true }, {}, name],
    ['at a server that has not denied a random name', { hasOfferedRecursion: false }, {}, name],
    ['an address, at a server that has given no other one', { hasAnsweredPlainly: false }, {}, name],
    ['an alias, at a server that has given no other address', { hasAnsweredPlainly: false }, taken, name],
  ])('is like the others: %s', (_, habits, changes, asked) => {
    expect(departure({ ...plain, ...habits }, changes, asked)).toBeUndefined();
  });
});
