import { describe, expect, it } from 'vitest';
import type { Question } from '../../../src/dns/wire/query.js';
import { decodeReply, type Reply } from '../../../src/dns/wire/reply.js';
import { handmade, label, octets, pointer, record } from './messages.js';

const name = 'a.dev';
const flags = { wantsDnssec: true } as const;
/** A pointer to the name in the question. */
const own = pointer(12);
/** The next name in the zone: the first one below the name (RFC 9824 section 3.1). */
const next = octets(label(octets(0)), own);

/** A block of the first window: the bits of the types 0 to 47 or 128. */
const bits = (...types: readonly number[]): Buffer => {
  const block = Buffer.alloc((Math.max(...types) >> 3) + 1);
  for (const type of types) block[type >> 3] = (block[type >> 3] ?? 0) | (0x80 >> (type & 7));
  return octets(0, block.length, block);
};

/** Reads a reply without an answer that has an NSEC record. */
const read = (bitMaps: Uint8Array, owner: Uint8Array = own, question: Partial<Question> = {}) => {
  const nsec = record(owner, 'NSEC', octets(next, bitMaps));
  return decodeReply(handmade(name, [], [nsec]), { name, type: 'A', flags, ...question });
};

describe('the NSEC record at a name', () => {
  it.each<[string, Uint8Array, Reply['occurrence']]>([
    ['does not exist if the bit of NXNAME is set', bits(46, 47, 128), 'nonexistent'],
    ['has records if the bit of another type is set', bits(16, 46, 47), 'records'],
    ['has records if such a type is in a later window', octets(bits(46, 47), 1, 1, 0x40), 'records'],
    ['is empty if only DNSSEC has records there', bits(46, 47), 'empty'],
    ['is empty if no bit is set', new Uint8Array(), 'empty'],
  ])('shows that it %s', (_, bitMaps, occurrence) => {
    expect(read(bitMaps)).toMatchObject({ rcode: 'NOERROR', occurrence });
  });

  it('is read only if the records of DNSSEC are asked for', () => {
    expect(read(bits(1), own, { flags: undefined })).not.toHaveProperty('occurrence');
    expect(read(bits(1), own, { flags: { hasEdns: true } })).not.toHaveProperty('occurrence');
  });

  it('is not one of another name, such as the wildcard', () => {
    expect(read(bits(1), octets(label('*'), pointer(14)))).toMatchObject({ occurrence: undefined });
  });

  it.each([
    ['has a block without octets', octets(0, 0)],
    ['has a block of more than 32 octets', octets(0, 33, Buffer.alloc(33))],
    ['is cut off in a block', octets(0, 2, 1)],
    ['is cut off before the length of a block', octets(0)],
  ])('makes the reply unreadable if it %s', (_, bitMaps) => {
    expect(read(bitMaps)).toBeUndefined();
  });
});

describe('the reply to a query for MX', () => {
  const mail = octets(0, 10, label('mail'), 0);

  it('says whether the name itself has such records', () => {
    const readMx = (owner: Uint8Array) =>
      decodeReply(handmade(name, [record(owner, 'MX', mail)]), { name, type: 'MX' });
    expect(readMx(own)).toMatchObject({ mailExchanges: true });
    expect(readMx(pointer(14))).toMatchObject({ mailExchanges: false });
  });
});
