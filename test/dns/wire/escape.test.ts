import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNameAt, nameLength, readName, skipName, writeName } from '../../../src/dns/wire/name.js';
import { encodeQuery } from '../../../src/dns/wire/query.js';
import { decodeReply, isReplyTo } from '../../../src/dns/wire/reply.js';
import { label, octets } from './messages.js';

const anyLabel = fc.uint8Array({ minLength: 1, maxLength: 63 });

describe('a name of unusual octets', () => {
  it('is written as it was read, whatever its octets', () => {
    fc.assert(
      fc.property(fc.array(anyLabel, { minLength: 1, maxLength: 3 }), (labels) => {
        const wire = octets(...labels.map((each) => label(Buffer.from(each))), 0);
        const name = readName(wire, 0);
        const buffer = Buffer.alloc(300, 0xee);
        const end = writeName(buffer, 5, name);
        expect({ end, length: nameLength(name) }).toEqual({ end: 5 + wire.length, length: wire.length });
        expect(skipName(buffer, 5)).toBe(end);
        expect(readName(buffer, 5)).toBe(name);
        expect(isNameAt(wire, 0, name)).toBe(true);
      }),
    );
  });

  it('keeps its length: sixty octets of value 1 are a label of sixty', () => {
    const wire = octets(label(Buffer.alloc(60, 1)), label('dev'), 0);
    const name = readName(wire, 0);
    const query = encodeQuery(7, { name, type: 'A' });
    expect(query.subarray(12, -4)).toEqual(wire);
    expect(query).toHaveLength(12 + wire.length + 4);
  });

  it.each([
    ['a dot', 'a.b', 'a\\.b.dev'],
    ['a backslash', '\\', '\\\\.dev'],
    ['a digit after an escape', '\x011', '\\0011.dev'],
  ])('is recognized in a reply if a label has %s', (_octets, content, name) => {
    const question = { name, type: 'A' } as const;
    const reply = encodeQuery(7, question);
    expect(reply.subarray(12, -4)).toEqual(octets(label(Buffer.from(content, 'latin1')), label('dev'), 0));
    reply[2] = 0x80;
    expect(isReplyTo(7, question, reply)).toBe(true);
    expect(isReplyTo(7, { ...question, name: 'other.dev' }, reply)).toBe(false);
    expect(decodeReply(reply, question)).toMatchObject({ rcode: 'NOERROR' });
  });
});
