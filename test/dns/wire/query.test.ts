import { decode, encode } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeQuery } from '../../../src/dns/wire/query.js';
import { type RecordType, recordTypes } from '../../../src/dns/wire/record-types.js';
import { anyNameOrRoot } from '../resolver/stories.js';

const isType = (text: string): text is RecordType => text in recordTypes;
const anyType = fc.constantFrom(...Object.keys(recordTypes).filter(isType));
const anyId = fc.nat(0xffff);
const longestName = [63, 63, 63, 61].map((length) => 'x'.repeat(length)).join('.');

const everyQuery = (holds: (id: number, name: string, type: RecordType) => void) =>
  fc.assert(fc.property(anyId, anyNameOrRoot, anyType, holds), {
    examples: [
      [0, 'a', 'A'],
      [0xffff, longestName, 'AAAA'],
      [1, '', 'NS'],
    ],
  });

describe('a query', () => {
  test('asks one question of class IN with recursion desired, and says nothing else', () => {
    everyQuery((id, name, type) => {
      expect(decode(encodeQuery(id, { name, type }))).toMatchObject({
        type: 'query',
        id,
        opcode: 'QUERY',
        flags: 0x0100,
        flag_rd: true,
        // The root has a name in dns-packet.
        questions: [{ name: name || '.', type, class: 'IN' }],
        answers: [],
        authorities: [],
        additionals: [],
      });
    });
  });

  test('is as long as its header, its name and its type and class are', () => {
    everyQuery((id, name, type) => {
      const nameLength = name === '' ? 1 : name.length + 2;
      expect(encodeQuery(id, { name, type })).toHaveLength(12 + nameLength + 4);
    });
  });

  test('is octet by octet what dns-packet encodes', () => {
    everyQuery((id, name, type) => {
      const expected = encode({ type: 'query', id, flags: 0x0100, questions: [{ name, type }] });
      expect(encodeQuery(id, { name, type }).equals(expected)).toBe(true);
    });
  });
});
