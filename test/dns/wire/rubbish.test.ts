import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reply } from '../../../src/dns/wire/reply.js';
import { anyStory, compressed, plain } from '../resolver/stories.js';
import { octets, pointer, queryFor, read, readIfReply, record, replyTo } from './messages.js';

const name = 'is.dev';
const anyMessage = anyStory.chain((story) =>
  fc.constantFrom(plain, compressed).map((encode) => ({ message: encode(story), story })),
);
/** Octets that mean something to a reader of records: lengths, pointers back to the question, types. */
const anyRecordOctet = fc.oneof(
  fc.nat(255),
  fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 12, 16, 28, 63, 64, 0x80, 0xc0, 0xff),
);

/** Whatever a server sent, this is what the other stages rely on. */
function expectWellFormed(reply: Reply | undefined): void {
  for (const address of reply?.addresses ?? []) expect(isIP(address)).not.toBe(0);
  expect(reply?.alias ?? '').toMatch(/^[!-~]*$/);
  expect(reply?.referral ?? '').toMatch(/^[!-~]*$/);
  expect(reply?.zone ?? '').toMatch(/^[!-~]*$/);
}

describe('whatever comes in is read or is unreadable, without a throw', () => {
  test('any octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        expect(readIfReply(Buffer.from(bytes), name)).toBeUndefined();
      }),
    );
  });

  test('any octets behind a question, any number of records announced', () => {
    const anyCounts = fc.uint8Array({ minLength: 6, maxLength: 6, max: 3 });
    const anyRecords = fc.array(anyRecordOctet, { maxLength: 200 });
    fc.assert(
      fc.property(anyCounts, anyRecords, (counts, records) => {
        const head = replyTo(queryFor(name));
        for (const [index, count] of counts.entries()) head.writeUInt8(index % 2 ? count : 0, 6 + index);
        expectWellFormed(read(octets(head, Buffer.from(records)), name));
      }),
      { numRuns: 2000 },
    );
  });

  test('a reply with octets changed', () => {
    const anyChanges = fc.array(fc.tuple(fc.nat(), anyRecordOctet), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(anyMessage, anyChanges, ({ message, story }, changes) => {
        for (const [at, octet] of changes) message.writeUInt8(octet, at % message.length);
        expectWellFormed(readIfReply(message, story.name));
      }),
      { numRuns: 1000 },
    );
  });

  test('as many records as a message holds, announced as more', () => {
    const bare = record(pointer(12), 'CNAME', pointer(12));
    const message = octets(replyTo(queryFor(name)), ...Array.from({ length: 4000 }, () => bare));
    message.writeUInt16BE(0xffff, 6);
    expect(read(message, name)).toBeUndefined();
    message.writeUInt16BE(4000, 6);
    expect(read(message, name)).toEqual({ rcode: 'NOERROR', truncated: false, addresses: [], alias: name });
  });
});

test('a reply cut short, at any length, is unreadable or says just what the whole one says', () => {
  fc.assert(
    fc.property(anyMessage, ({ message, story }) => {
      for (let end = 0; end < message.length; end++) {
        const reply = readIfReply(message.subarray(0, end), story.name);
        if (reply !== undefined) expect(reply).toEqual(story.truth);
      }
    }),
    { numRuns: 60 },
  );
});

test('a reply is unreadable when cut within its answers', () => {
  const answers = [
    record(pointer(12), 'CNAME', pointer(15)),
    record(pointer(15), 'A', octets(192, 0, 2, 1)),
    record(pointer(15), 'TXT', octets(2, 'hi')),
  ];
  const head = replyTo(queryFor(name));
  head.writeUInt16BE(answers.length, 6);
  const message = octets(head, ...answers);
  for (let end = head.length; end < message.length; end++) {
    expect(read(message.subarray(0, end), name)).toBeUndefined();
  }
  expect(read(message, name)).toMatchObject({ addresses: ['192.0.2.1'], alias: 'dev' });
});
