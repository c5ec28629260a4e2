import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readName, skipName } from '../../../../src/dns/wire/name.js';
import { malformedMessage } from '../../../../src/dns/wire/octets.js';
import { handmade, label, octets, pointer, read, record } from '../messages.js';

const name = 'is.dev';
/** Offsets in the replies below: the question's name, its label `dev`, and the first record. */
const question = 12;
const dev = 15;
const records = 24;
/** Length in octets of a record before its data if its owner is a pointer. */
const recordHead = 12;
const firstData = records + recordHead;
const ipv4 = octets(192, 0, 2, 1);

const readAlias = (...answers: readonly Buffer[]) => read(handmade(name, answers), name)?.alias;

describe('a pointer in a name', () => {
  it('has two octets', () => {
    expect(skipName(octets(pointer(0), 1), 0)).toBe(2);
    expect(() => skipName(octets(0xc0), 0)).toThrow(malformedMessage);
    expect(() => readName(octets(0, 0xc0), 1)).toThrow(malformedMessage);
  });

  it('can point to the name of the question', () => {
    const target = octets(label('www'), pointer(question));
    expect(readAlias(record(pointer(question), 'CNAME', target))).toBe('www.is.dev');
  });

  it('can point to a parent of the name of the question', () => {
    const target = octets(label('www'), pointer(dev));
    expect(readAlias(record(pointer(question), 'CNAME', target))).toBe('www.dev');
  });

  it('can be the owner of a record and point to an earlier record', () => {
    const target = octets(label('WWW'), pointer(dev));
    const answers = [record(pointer(question), 'CNAME', target), record(pointer(firstData), 'A', ipv4)];
    expect(read(handmade(name, answers), name)).toMatchObject({ alias: 'www.dev', addresses: ['192.0.2.1'] });
  });

  it('can point to the middle of an earlier name', () => {
    const target = octets(label('a'), label('b'), pointer(dev));
    const answers = [
      record(pointer(question), 'CNAME', target),
      record(pointer(firstData), 'CNAME', pointer(firstData + 2)),
    ];
    expect(readAlias(...answers)).toBe('b.dev');
  });

  it('can point to a pointer, in chains of any length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (length) => {
        const chain = Array.from({ length }, (_, hop) =>
          pointer(hop === 0 ? dev : firstData + 2 * (hop - 1)),
        );
        const last = pointer(firstData + 2 * (length - 1));
        const text = record(pointer(question), 'TXT', octets(...chain));
        expect(readAlias(text, record(pointer(question), 'CNAME', octets(label('a'), last)))).toBe('a.dev');
      }),
    );
  });

  it('can follow labels at each step of a chain', () => {
    const first = record(pointer(question), 'CNAME', octets(label('a'), pointer(dev)));
    const secondOwner = pointer(firstData);
    const secondData = records + first.length + recordHead;
    const second = record(secondOwner, 'CNAME', octets(label('b'), pointer(firstData)));
    const third = record(pointer(secondData), 'CNAME', octets(label('c'), pointer(secondData)));
    expect(readAlias(first, second, third)).toBe('c.b.a.dev');
  });

  it('cannot make a name longer than 255 octets', () => {
    const long = [63, 63, 63, 57].map((length) => 'x'.repeat(length)).join('.');
    const target = (length: number) =>
      record(pointer(question), 'CNAME', octets(label('y'.repeat(length)), pointer(question)));
    expect(read(handmade(long, [target(3)]), long)?.alias).toBe(`yyy.${long}`);
    expect(read(handmade(long, [target(4)]), long)).toBeUndefined();
  });
});

/** The octets of malformed names that begin at a given offset. */
const malformedNames: [string, (offset: number) => Buffer][] = [
  ['points to itself', (offset) => pointer(offset)],
  ['points to its own first label', (offset) => octets(label('a'), pointer(offset))],
  ['points to its own second label', (offset) => octets(label('a'), label('b'), pointer(offset + 2))],
  ['points past the end of the message', () => pointer(0x3fff)],
  ['contains a label of 64 octets', () => octets(64, 'x'.repeat(64), 0)],
  ['contains a label of the reserved kind 10', () => octets(0x80, 'x'.repeat(128), 0)],
  ['ends within a label', () => octets(63, 'x')],
];

describe('decodeReply rejects a reply', () => {
  it.each(malformedNames)('if the target of an alias %s', (_, encode) => {
    expect(readAlias(record(pointer(question), 'CNAME', pointer(dev)))).toBe('dev');
    const answer = record(pointer(question), 'CNAME', encode(firstData));
    expect(read(handmade(name, [answer]), name)).toBeUndefined();
  });

  it.each(malformedNames)('if the owner of an answer %s', (_, encode) => {
    expect(read(handmade(name, [record(encode(records), 'A', ipv4)]), name)).toBeUndefined();
  });

  it.each(malformedNames)('if the owner of a record in the authority section %s', (_, encode) => {
    const authority = record(encode(records), 'NS', pointer(dev));
    expect(read(handmade(name, [], [authority]), name)).toBeUndefined();
  });

  it('if a name points forwards, even to a valid name', () => {
    const target = (to: number) => record(pointer(question), 'CNAME', pointer(to));
    const rest = record(octets(0), 'TXT', octets(label('a'), 0));
    const nameAt = firstData + 2 + 1 + 10;
    expect(readName(handmade(name, [target(dev), rest]), nameAt)).toBe('a');
    expect(read(handmade(name, [target(nameAt), rest]), name)).toBeUndefined();
    const owner = record(pointer(firstData), 'A', octets(label('ab'), 0));
    expect(readName(handmade(name, [owner]), firstData)).toBe('ab');
    expect(read(handmade(name, [owner]), name)).toBeUndefined();
  });

  it('if an alias points to a label that leads back to the alias', () => {
    // The length octet in the TXT record makes a label of everything up to the pointer that leads to it.
    const text = record(pointer(question), 'TXT', octets(recordHead));
    const target = record(pointer(question), 'CNAME', pointer(firstData));
    expect(read(handmade(name, [text, target]), name)).toBeUndefined();
  });

  it.each([
    ['two pointers to each other', octets(pointer(firstData + 2), pointer(firstData))],
    ['a pointer to itself', pointer(firstData)],
    ['a pointer forwards', octets(pointer(firstData + 2), label('a'), 0)],
    ['a label of 64 octets', octets(64, 'x'.repeat(64), 0)],
    ['a label of the reserved kind 10', octets(0x80, 'x'.repeat(128), 0)],
  ])('if an alias points to an earlier record that contains %s', (_, content) => {
    const text = record(pointer(question), 'TXT', content);
    const target = record(pointer(question), 'CNAME', pointer(firstData));
    expect(read(handmade(name, [text, target]), name)).toBeUndefined();
  });

  it('if the target of an alias does not end where its record ends', () => {
    const target = octets(label('a'), 0);
    expect(readAlias(record(pointer(question), 'CNAME', target))).toBe('a');
    const short = record(pointer(question), 'CNAME', target.subarray(0, 2));
    expect(read(handmade(name, [short, record(octets(0), 'A', ipv4)]), name)).toBeUndefined();
    const long = record(pointer(question), 'CNAME', octets(target, 0));
    expect(read(handmade(name, [long]), name)).toBeUndefined();
  });
});
