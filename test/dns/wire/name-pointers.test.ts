import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readName, skipName } from '../../../src/dns/wire/name.js';
import { unreadable } from '../../../src/dns/wire/octets.js';
import { handmade, label, octets, pointer, read, record } from './messages.js';

const name = 'is.dev';
/** Where things stand in the replies below: the question's name, its `dev`, and the first record. */
const question = 12;
const dev = 15;
const records = 24;
/** Octets of a record with a pointer for its owner, before its data. */
const untilData = 12;
const firstData = records + untilData;
const ipv4 = octets(192, 0, 2, 1);

const aliasIn = (...answers: readonly Buffer[]) => read(handmade(name, answers), name)?.alias;

describe('a pointer', () => {
  test('has two octets', () => {
    expect(skipName(octets(pointer(0), 1), 0)).toBe(2);
    expect(() => skipName(octets(0xc0), 0)).toThrow(unreadable);
    expect(() => readName(octets(0, 0xc0), 1)).toThrow(unreadable);
  });

  test('leads to the question', () => {
    expect(aliasIn(record(pointer(question), 'CNAME', octets(label('www'), pointer(question))))).toBe(
      'www.is.dev',
    );
  });

  test('leads into the question', () => {
    expect(aliasIn(record(pointer(question), 'CNAME', octets(label('www'), pointer(dev))))).toBe('www.dev');
  });

  test('leads to an earlier record, also as the owner of a record', () => {
    const target = octets(label('WWW'), pointer(dev));
    const answers = [record(pointer(question), 'CNAME', target), record(pointer(firstData), 'A', ipv4)];
    expect(read(handmade(name, answers), name)).toMatchObject({ alias: 'www.dev', addresses: ['192.0.2.1'] });
  });

  test('may point to the middle of an earlier name', () => {
    const target = octets(label('a'), label('b'), pointer(dev));
    const answers = [
      record(pointer(question), 'CNAME', target),
      record(pointer(firstData), 'CNAME', pointer(firstData + 2)),
    ];
    expect(aliasIn(...answers)).toBe('b.dev');
  });

  test('may lead to a pointer, in chains of any length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (length) => {
        const chain = Array.from({ length }, (_, hop) =>
          pointer(hop === 0 ? dev : firstData + 2 * (hop - 1)),
        );
        const last = pointer(firstData + 2 * (length - 1));
        const text = record(pointer(question), 'TXT', octets(...chain));
        expect(aliasIn(text, record(pointer(question), 'CNAME', octets(label('a'), last)))).toBe('a.dev');
      }),
    );
  });

  test('may have labels before every pointer of a chain', () => {
    const first = record(pointer(question), 'CNAME', octets(label('a'), pointer(dev)));
    const secondOwner = pointer(firstData);
    const secondData = records + first.length + untilData;
    const second = record(secondOwner, 'CNAME', octets(label('b'), pointer(firstData)));
    const third = record(pointer(secondData), 'CNAME', octets(label('c'), pointer(secondData)));
    expect(aliasIn(first, second, third)).toBe('c.b.a.dev');
  });

  test('makes no name longer than 255 octets', () => {
    const long = [63, 63, 63, 57].map((length) => 'x'.repeat(length)).join('.');
    const target = (length: number) =>
      record(pointer(12), 'CNAME', octets(label('y'.repeat(length)), pointer(12)));
    expect(read(handmade(long, [target(3)]), long)?.alias).toBe(`yyy.${long}`);
    expect(read(handmade(long, [target(4)]), long)).toBeUndefined();
  });
});

/** Each at an offset: what to put there so that no name can be read. */
const broken: [string, (offset: number) => Buffer][] = [
  ['points to itself', (offset) => pointer(offset)],
  ['points to its own label', (offset) => octets(label('a'), pointer(offset))],
  ['points to its own second label', (offset) => octets(label('a'), label('b'), pointer(offset + 2))],
  ['points behind the end of the message', () => pointer(0x3fff)],
  ['has a label of 64 octets', () => octets(64, 'x'.repeat(64), 0)],
  ['has a label of the reserved kind 10', () => octets(0x80, 'x'.repeat(128), 0)],
  ['has a label that does not end', () => octets(63, 'x')],
];

describe('a name is unreadable that', () => {
  test.each(broken)('%s, as the target of an alias', (_, make) => {
    expect(aliasIn(record(pointer(question), 'CNAME', pointer(dev)))).toBe('dev');
    expect(read(handmade(name, [record(pointer(question), 'CNAME', make(firstData))]), name)).toBeUndefined();
  });

  test.each(broken)('%s, as the owner of a record', (_, make) => {
    expect(read(handmade(name, [record(make(records), 'A', ipv4)]), name)).toBeUndefined();
  });

  test.each(broken)('%s, as the owner of a record of the authority section', (_, make) => {
    const owner = record(make(records), 'NS', pointer(dev));
    expect(read(handmade(name, [], [owner]), name)).toBeUndefined();
  });

  test('points forward, be it to a name', () => {
    const target = (to: number) => record(pointer(question), 'CNAME', pointer(to));
    const rest = record(octets(0), 'TXT', octets(label('a'), 0));
    const nameAt = firstData + 2 + 1 + 10;
    expect(readName(handmade(name, [target(dev), rest]), nameAt)).toBe('a');
    expect(read(handmade(name, [target(nameAt), rest]), name)).toBeUndefined();
    const owner = record(pointer(firstData), 'A', octets(label('ab'), 0));
    expect(readName(handmade(name, [owner]), firstData)).toBe('ab');
    expect(read(handmade(name, [owner]), name)).toBeUndefined();
  });

  test('goes round through an earlier label', () => {
    // The label takes in all that stands between its length and the pointer that leads to it.
    const text = record(pointer(question), 'TXT', octets(untilData));
    const target = record(pointer(question), 'CNAME', pointer(firstData));
    expect(read(handmade(name, [text, target]), name)).toBeUndefined();
  });

  test.each([
    ['goes round through two pointers', octets(pointer(firstData + 2), pointer(firstData))],
    ['leads to a pointer to itself', pointer(firstData)],
    ['leads to a pointer forward', octets(pointer(firstData + 2), label('a'), 0)],
    ['leads to a label of 64 octets', octets(64, 'x'.repeat(64), 0)],
    ['leads to a label of the reserved kind 10', octets(0x80, 'x'.repeat(128), 0)],
  ])('%s in an earlier record', (_, content) => {
    const text = record(pointer(question), 'TXT', content);
    const target = record(pointer(question), 'CNAME', pointer(firstData));
    expect(read(handmade(name, [text, target]), name)).toBeUndefined();
  });

  test('ends before or behind its record', () => {
    const target = octets(label('a'), 0);
    expect(aliasIn(record(pointer(question), 'CNAME', target))).toBe('a');
    const short = record(pointer(question), 'CNAME', target.subarray(0, 2));
    expect(read(handmade(name, [short, record(octets(0), 'A', ipv4)]), name)).toBeUndefined();
    const long = record(pointer(question), 'CNAME', octets(target, 0));
    expect(read(handmade(name, [long]), name)).toBeUndefined();
  });
});
