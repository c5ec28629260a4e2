import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../src/dns/wire/reply.js';
import { isBlocking, isUnlike, readCompactDenial } from '../../../src/probe/trust/comparison.js';

const reply = (changes: Partial<Reply> = {}): Reply => ({
  rcode: 'NOERROR',
  truncated: false,
  addresses: [],
  ...changes,
});
const address = (...addresses: readonly string[]) => reply({ addresses });
const aliasOf = (alias: string, changes: Partial<Reply> = {}) => reply({ alias, ...changes });

const none = reply();
const denied = reply({ rcode: 'NXDOMAIN' });
const wild = address('192.0.2.66');
const mail = reply({ mailExchanges: true });
const gone = { rcode: 'NXDOMAIN' };

describe('a name beside random names that agree', () => {
  it.each<[string, Reply, Reply]>([
    ['another address', address('192.0.2.1'), wild],
    ['one more address', address('192.0.2.66', '192.0.2.1'), wild],
    ['an address, and they have none', wild, none],
    ['an address, and they are denied', wild, denied],
    ['no address, and they have one', none, wild],
    ['no address, and they are denied', none, denied],
    ['MX records, and they have none', mail, none],
    ['TXT records, and they have none', reply({ texts: [new Uint8Array(1)] }), reply({ texts: [] })],
    ['name servers, and they have none', reply({ nameServers: true }), none],
    ['no MX record, and they have some', none, mail],
    ['an address, and they have an alias', wild, aliasOf('a.dev')],
    ['another alias', aliasOf('a.dev'), aliasOf('b.dev')],
    ['an alias that exists, and they do not', aliasOf('a.dev'), aliasOf('b.dev', gone)],
  ])('exists if it has %s', (_, own, sibling) => {
    expect(isUnlike(own, [sibling])).toBe(true);
    expect(isUnlike(own, [sibling, sibling])).toBe(true);
  });

  it.each<[string, Reply, Reply]>([
    ['has the same address', wild, wild],
    ['has some of their addresses', wild, address('192.0.2.7', '192.0.2.66')],
    ['has no record, as they have none', none, none],
    [
      'has the same alias, whatever its address',
      aliasOf('a.dev', address('192.0.2.1')),
      aliasOf('a.dev', wild),
    ],
    ['has the same alias to nowhere', aliasOf('a.dev', gone), aliasOf('a.dev', gone)],
    ['is denied', denied, wild],
    ['is denied as they are', denied, denied],
  ])('may not exist if it %s', (_, own, sibling) => {
    expect(isUnlike(own, [sibling])).toBe(false);
  });
});

describe('a name beside random names that differ among themselves', () => {
  it.each<[string, Reply, readonly Reply[]]>([
    ['addresses', address('192.0.2.1'), [wild, address('192.0.2.7')]],
    ['the number of addresses', address('192.0.2.1'), [wild, address('192.0.2.66', '192.0.2.7')]],
    ['types', wild, [none, wild]],
    ['aliases', aliasOf('a.dev'), [aliasOf('b.dev'), aliasOf('c.dev')]],
    ['existence', none, [denied, none]],
  ])('may not exist if they differ in their %s', (_, own, siblings) => {
    expect(isUnlike(own, siblings)).toBe(false);
  });

  it('exists if they have different addresses in another order only', () => {
    const one = address('192.0.2.1', '192.0.2.2');
    expect(isUnlike(wild, [one, address('192.0.2.2', '192.0.2.1')])).toBe(true);
  });

  it('exists if only its alias exists, as each name below a DNAME record has an alias of its own', () => {
    expect(isUnlike(aliasOf('a.dev'), [aliasOf('b.dev', gone), aliasOf('c.dev', gone)])).toBe(true);
    expect(isUnlike(aliasOf('a.dev', gone), [aliasOf('b.dev', gone), aliasOf('c.dev', gone)])).toBe(false);
  });

  it('may not exist if none is known', () => {
    expect(isUnlike(wild, [])).toBe(false);
  });
});

describe('a name that may keep a wildcard from the names below it', () => {
  const isBlockingDev = isBlocking('host.wild.dev');

  it.each<[string, Reply, Reply]>([
    ['answered', denied, wild],
    ['answered without a record', denied, none],
    ['aliases', denied, aliasOf('a.dev', gone)],
  ])('exists if a name below it is denied, and those below random names are %s', (_, own, sibling) => {
    expect(isBlockingDev(own, [sibling, sibling])).toBe(true);
  });

  it.each(['dev', 'wild.dev', 'host.wild.dev'])('exists if the denial has the SOA record of %s', (zone) => {
    expect(isBlockingDev(reply({ rcode: 'NXDOMAIN', zone }), [wild])).toBe(true);
  });

  it.each<[string, Reply, readonly Reply[]]>([
    ['a name below it has an address', wild, [wild]],
    ['a name below it has no record', none, [wild]],
    ['a name below it is an alias to nowhere', aliasOf('a.dev', gone), [wild]],
    ['a name below it is denied and has an address', { ...wild, ...gone }, [wild]],
    ['the denial has the SOA record of the root', reply({ rcode: 'NXDOMAIN', zone: '' }), [wild]],
    ['the denial has the SOA record of another zone', reply({ rcode: 'NXDOMAIN', zone: 'rpz' }), [wild]],
    ['a name below a random name is denied, too', denied, [denied]],
    ['a name below one of several random names is denied, too', denied, [wild, denied]],
  ])('may not exist if %s', (_, own, siblings) => {
    expect(isBlockingDev(own, siblings)).toBe(false);
  });
});

describe('a compact denial', () => {
  const shows = (occurrence: Reply['occurrence']) => reply({ occurrence });
  const nothing = shows(undefined);

  it.each<[string, Reply, Reply, 'exists' | 'nonexistent' | undefined]>([
    ['no name with NXNAME', shows('nonexistent'), shows('nonexistent'), 'nonexistent'],
    ['no name that is denied as random names are', denied, denied, 'nonexistent'],
    ['a name with records beside NXNAME', shows('records'), shows('nonexistent'), 'exists'],
    ['a name with records beside a random name without', shows('records'), shows('empty'), 'exists'],
    ['a name with records beside a random name without NSEC', shows('records'), nothing, 'exists'],
    ['an empty name beside NXNAME', shows('empty'), shows('nonexistent'), 'exists'],
    ['nothing if random names are empty, too', shows('empty'), shows('empty'), undefined],
    ['nothing if random names have records, too', shows('records'), shows('records'), undefined],
    ['nothing if random names have records, and it has none', shows('empty'), shows('records'), undefined],
    ['nothing without NSEC', nothing, shows('nonexistent'), undefined],
    ['nothing if only it is denied', denied, nothing, undefined],
  ])('shows %s', (_, own, sibling, shown) => {
    expect(readCompactDenial(own, sibling)).toBe(shown);
  });
});
