import type { Packet } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { address, alias, queryFor, read, replyTo, usualFlags } from '../messages.js';

const name = 'is.dev';
const readReply = (content: Packet) => read(replyTo(queryFor(name), content), name);

const ns = { type: 'NS', name: 'dev', data: 'ns.example' } as const;
const soa = { type: 'SOA', name: 'dev', data: { mname: 'ns.example', rname: 'admin.example' } } as const;
const nsOfName = { ...ns, name };

const answered = { rcode: 'NOERROR', truncated: false, addresses: [] };
/** The reply's NS and SOA records are evaluated only if it contains neither an alias nor an address. */
const unanswered = { ...answered, nameServers: false, offersRecursion: true };

describe('decodeReply: the referral', () => {
  it('is the owner of the NS records that the reply contains instead of an answer', () => {
    expect(readReply({ authorities: [ns] })).toEqual({ ...unanswered, referral: 'dev' });
  });

  it('is empty for the root', () => {
    expect(readReply({ authorities: [{ ...ns, name: '.' }] })).toEqual({ ...unanswered, referral: '' });
  });

  it('is absent if there is an SOA record, which says that there are no records of the type', () => {
    expect(readReply({ authorities: [ns, soa] })).toEqual({ ...unanswered, zone: 'dev' });
  });

  it('is absent if the response code is not NOERROR', () => {
    const flags = usualFlags | 3;
    expect(readReply({ flags, authorities: [ns] })).toEqual({ ...unanswered, rcode: 'NXDOMAIN' });
  });

  it('is absent if there is any answer', () => {
    const answers = [{ type: 'TXT', name, data: 'x' } as const];
    expect(readReply({ answers, authorities: [ns] })).toEqual(unanswered);
  });
});

describe('decodeReply: the flag nameServers', () => {
  it('is set if the answer contains an NS record of the name, in any letter case', () => {
    expect(readReply({ answers: [nsOfName] })).toEqual({ ...unanswered, nameServers: true });
    expect(readReply({ answers: [{ ...nsOfName, name: 'IS.Dev' }] })).toMatchObject({ nameServers: true });
    expect(readReply({ answers: [ns, nsOfName] })).toMatchObject({ nameServers: true });
  });

  it('is set if the root was asked for and the answer contains an NS record of the root', () => {
    const answers = [{ ...ns, name: '.' }];
    expect(read(replyTo(queryFor(''), { answers }), '')).toEqual({ ...unanswered, nameServers: true });
  });

  it.each([
    ['of other names', { answers: [ns, { ...ns, name: `a.${name}` }] }],
    ['of class CH', { answers: [{ ...nsOfName, class: 'CH' as const }] }],
    ['in the authority section', { authorities: [nsOfName] }],
    ['in the additional section', { additionals: [nsOfName] }],
  ])('is not set by NS records %s', (_, content) => {
    expect(readReply(content)).toMatchObject({ nameServers: false });
  });

  it('is absent if there is an address or an alias', () => {
    const withAddress = { answers: [nsOfName, address(name, '192.0.2.1')] };
    expect(readReply(withAddress)).toEqual({ ...answered, addresses: ['192.0.2.1'] });
    expect(readReply({ answers: [nsOfName, alias(name, 'b.dev')] })).toEqual({
      ...answered,
      alias: 'b.dev',
    });
  });
});

describe('decodeReply: the zone', () => {
  it.each([
    ['NOERROR', 0],
    ['NXDOMAIN', 3],
  ])('is the owner of the SOA record that a reply with %s contains instead of an answer', (rcode, flags) => {
    const reply = readReply({ flags: usualFlags | flags, authorities: [soa] });
    expect(reply).toEqual({ ...unanswered, rcode, zone: 'dev' });
  });

  it('is in lower case, and empty for the root', () => {
    expect(readReply({ authorities: [{ ...soa, name: 'DEV' }] })).toMatchObject({ zone: 'dev' });
    expect(readReply({ authorities: [{ ...soa, name: '.' }] })).toMatchObject({ zone: '' });
  });

  it('can be the name itself', () => {
    expect(readReply({ authorities: [{ ...soa, name }] })).toEqual({ ...unanswered, zone: name });
  });

  it.each([
    ['in the answer section', { answers: [soa] }],
    ['of class CH', { authorities: [{ ...soa, class: 'CH' as const }] }],
  ])('is not read from an SOA record %s', (_, content) => {
    expect(readReply(content)).toEqual(unanswered);
  });

  it('is absent if there is an address', () => {
    const withAddress = { answers: [address(name, '192.0.2.1')], authorities: [soa] };
    expect(readReply(withAddress)).toEqual({ ...answered, addresses: ['192.0.2.1'] });
  });

  it('is that of the end of an alias without an address', () => {
    const withAlias = { answers: [alias(name, 'b.dev')], authorities: [soa] };
    expect(readReply(withAlias)).toEqual({ ...answered, alias: 'b.dev', zone: 'dev' });
  });
});

describe('decodeReply: the policy zone', () => {
  const policy = { ...soa, name: 'rpz.example' };

  it.each([
    ['a denial', { flags: 0x0183 }],
    ['an address', { answers: [address(name, '192.0.2.1')] }],
    ['an alias', { answers: [alias(name, 'landing.example')], authorities: [soa] }],
    ['a reply without a record', { authorities: [ns] }],
  ])('is the owner of an SOA record in the additional section of %s', (_, content) => {
    const additionals = [address('ns.example', '192.0.2.2'), policy];
    expect(readReply({ ...content, additionals })).toMatchObject({ policyZone: 'rpz.example' });
  });

  it.each([
    ['in the authority section', { authorities: [policy] }],
    ['of class CH', { additionals: [{ ...policy, class: 'CH' as const }] }],
  ])('is not read from an SOA record %s', (_, content) => {
    expect(readReply(content)?.policyZone).toBeUndefined();
  });

  it('does not keep a reply from being read if there are fewer records than the header says', () => {
    const message = replyTo(queryFor(name), { answers: [address(name, '192.0.2.1')] });
    message.writeUInt16BE(1, 10);
    expect(read(message, name)).toEqual({ ...answered, addresses: ['192.0.2.1'] });
  });
});

describe('decodeReply: the flag isAuthoritative', () => {
  it.each([
    ['a denial', {}],
    ['an address', { answers: [address(name, '192.0.2.1')] }],
    ['an alias', { answers: [alias(name, 'b.dev')] }],
  ])('is the AA bit of %s', (_, content) => {
    expect(readReply({ ...content, flags: usualFlags | 0x0400 })).toMatchObject({ isAuthoritative: true });
    expect(readReply(content)?.isAuthoritative).toBeUndefined();
  });
});

describe('decodeReply: the flag offersRecursion', () => {
  it('is the RA bit of a reply without an answer', () => {
    expect(readReply({ flags: 0x0183, authorities: [soa] })).toMatchObject({ offersRecursion: true });
    expect(readReply({ flags: 0x0103, authorities: [soa] })).toMatchObject({ offersRecursion: false });
  });
});

describe('decodeReply: the flag isAboutOthers', () => {
  const other = `a.${name}`;
  it.each([
    ['an address', [address(other, '192.0.2.1')]],
    ['an alias', [alias(other, name)]],
    ['an alias and its address', [alias(other, 'b.dev'), address('b.dev', '192.0.2.1')]],
  ])('is set if the answer only has %s of another name', (_, answers) => {
    expect(readReply({ answers })).toEqual({ ...answered, isAboutOthers: true });
  });

  it('is not set if the answer has an address or an alias of the name as well', () => {
    const answers = [address(other, '192.0.2.1'), address(name, '192.0.2.2')];
    expect(readReply({ answers })).toEqual({ ...answered, addresses: ['192.0.2.2'] });
  });
});
