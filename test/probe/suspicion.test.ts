import { describe, expect, it } from 'vitest';
import type { Reply } from '../../src/dns/wire/reply.js';
import {
  createHabits,
  type DenialHabits,
  departureFrom,
  hasNullAddress,
  recordDenial,
  suspicionOf,
} from '../../src/probe/suspicion.js';
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
  const habitsAfter = (...denials: readonly Pick<Reply, 'zone' | 'offersRecursion'>[]) => {
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
    });
  });

  it.each<[string, Pick<Reply, 'zone' | 'offersRecursion'>, Partial<DenialHabits>]>([
    ['an SOA record', { zone: 'dev' }, {}],
    ['the SOA record of the root', { zone: '' }, {}],
    ['no SOA record', {}, { hasOmittedZone: true }],
    ['the SOA record of the name itself', { zone: 'random.dev' }, { hasNamedItself: true }],
    ['recursion', { zone: 'dev', offersRecursion: true }, { hasOfferedRecursion: true }],
    ['no recursion', { zone: 'dev', offersRecursion: false }, { hasOfferedNone: true }],
  ])('are learned from a denial with %s', (_, denied, changes) => {
    expect(habitsAfter(denied)).toEqual({ ...createHabits(), ...changes });
  });

  it('are kept', () => {
    expect(
      habitsAfter(
        { offersRecursion: true },
        { zone: 'random.dev', offersRecursion: false },
        { zone: 'dev', offersRecursion: true },
      ),
    ).toEqual({
      ...{ hasOmittedZone: true, hasNamedItself: true },
      ...{ hasOfferedRecursion: true, hasOfferedNone: true },
    });
  });
});

describe('a denial', () => {
  const always: DenialHabits = { ...createHabits(), hasOfferedRecursion: true };
  const never: DenialHabits = { ...createHabits(), hasOfferedNone: true };
  const denied = { zone: 'dev', offersRecursion: true };
  const departure = (
    habits: DenialHabits,
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
