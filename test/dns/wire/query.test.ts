import { decode, encode } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeQuery } from '../../../src/dns/wire/query.js';
import { type RecordType, recordTypes } from '../../../src/dns/wire/record-types.js';
import { anyNameOrRoot } from './stories.js';

const isType = (text: string): text is RecordType => text in recordTypes;
const anyType = fc.constantFrom(...Object.keys(recordTypes).filter(isType));
const anyId = fc.nat(0xffff);
const longestName = [63, 63, 63, 61].map((length) => 'x'.repeat(length)).join('.');

const forAnyQuery = (check: (id: number, name: string, type: RecordType) => void) =>
  fc.assert(fc.property(anyId, anyNameOrRoot, anyType, check), {
    examples: [
      [0, 'a', 'A'],
      [0xffff, longestName, 'AAAA'],
      [1, '', 'NS'],
    ],
  });

describe('encodeQuery', () => {
  it('asks one question of class IN with recursion desired, and nothing else', () => {
    forAnyQuery((id, name, type) => {
      expect(decode(encodeQuery(id, { name, type }))).toMatchObject({
        type: 'query',
        id,
        opcode: 'QUERY',
        flags: 0x0100,
        flag_rd: true,
        // dns-packet writes the root as a dot.
        questions: [{ name: name || '.', type, class: 'IN' }],
        answers: [],
        authorities: [],
        // No EDNS record, which some servers reject.
        additionals: [],
      });
    });
  });

  it('returns a buffer as long as the header, the name, the type and the class together', () => {
    forAnyQuery((id, name, type) => {
      const nameLength = name === '' ? 1 : name.length + 2;
      expect(encodeQuery(id, { name, type })).toHaveLength(12 + nameLength + 4);
    });
  });

  it('returns the same octets as dns-packet', () => {
    forAnyQuery((id, name, type) => {
      const expected = encode({ type: 'query', id, flags: 0x0100, questions: [{ name, type }] });
      expect(encodeQuery(id, { name, type }).equals(expected)).toBe(true);
    });
  });

  it('has an OPT record with the DO bit if records of DNSSEC are wanted', () => {
    const query = encodeQuery(1, { name: 'a.dev', type: 'A', flags: { wantsDnssec: true } });
    expect(decode(query)).toMatchObject({
      flag_rd: true,
      additionals: [{ type: 'OPT', udpPayloadSize: 1232, ednsVersion: 0, flags: 0x8000, flag_do: true }],
    });
    const plain = encodeQuery(1, { name: 'a.dev', type: 'A', flags: { hasEdns: true } });
    expect(decode(plain)).toMatchObject({ additionals: [{ type: 'OPT', flags: 0 }] });
  });
});
