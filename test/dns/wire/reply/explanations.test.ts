import type { OptAnswer, Packet } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { decodeReply } from '../../../../src/dns/wire/reply.js';
import { address, alias, queryFor, replyTo } from '../messages.js';

const name = 'is.dev';

/** An OPT record without options (RFC 6891 section 6.1.2). */
const opt: OptAnswer = {
  type: 'OPT',
  name: '.',
  udpPayloadSize: 1232,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
};
/** The extended error 22 (RFC 8914 section 2). */
const option = Buffer.of(0, 15, 0, 2, 0, 22);

const servfail = 0x8182;
const withErrors = { extendedErrors: [{ code: 22, meaning: 'no reachable authority' }] };

/** Reads a reply that ends with an OPT record, to which the error is added. */
function read(content: Packet, flags?: { readonly hasEdns: true }) {
  const message = replyTo(queryFor(name), { flags: servfail, additionals: [opt], ...content });
  message.writeUInt16BE(option.length, message.length - 2);
  return decodeReply(Buffer.concat([message, option]), { name, type: 'A', flags });
}

describe('the explanation of an error', () => {
  it.each<[string, Packet]>([
    ['nothing else', {}],
    ['an alias', { answers: [alias(name, 'dead.example')] }],
    ['an address', { answers: [address(name, '0.0.0.0')] }],
    [
      'an alias and records of its zone',
      { answers: [alias(name, 'x.example')], authorities: [alias('x', 'y')] },
    ],
    ['an answer about another name', { answers: [address('other.dev', '192.0.2.1')] }],
  ])('is read beside %s', (_, content) => {
    expect(read(content, { hasEdns: true })).toMatchObject(withErrors);
  });

  it('comes with the upper bits of the response code, which NOERROR in the header lacks', () => {
    const content = { flags: 0x8180, additionals: [{ ...opt, extendedRcode: 1 }] };
    expect(read(content, { hasEdns: true })).toMatchObject({ rcode: 'BADVERS', ...withErrors });
  });

  it('is not read if it was not asked for', () => {
    expect(read({})).not.toHaveProperty('extendedErrors');
  });
});
