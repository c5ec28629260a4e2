import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../../src/dns/wire/reply.js';
import { octets, pointer, queryFor, read, readIfReply, record, replyTo } from '../messages.js';
import { anyStory, compressed, plain } from '../stories.js';

const name = 'is.dev';
const anyMessage = fc
  .tuple(anyStory, fc.constantFrom(plain, compressed))
  .map(([story, encode]) => ({ message: encode(story), story }));
/** Any octet; those that have a meaning in a record (lengths, types, pointers to the question) are frequent. */
const anyRecordOctet = fc.oneof(
  fc.nat(255),
  fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 12, 16, 28, 63, 64, 0x80, 0xc0, 0xff),
);

/** Checks the properties that the callers of `decodeReply` rely on, whatever the server sent. */
function expectWellFormed(reply: Reply | undefined): void {
  for (const address of reply?.addresses ?? []) expect(isIP(address)).not.toBe(0);
  for (const text of [reply?.alias, reply?.referral, reply?.zone]) expect(text ?? '').toMatch(/^[!-~]*$/);
}

describe('decodeReply', () => {
  it('does not throw when given any octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        expect(readIfReply(Buffer.from(bytes), name)).toBeUndefined();
      }),
    );
  });

  it('does not throw when any octets follow the question, whatever number of records is announced', () => {
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

  it('does not throw when some octets of a reply were changed', () => {
    const anyChanges = fc.array(fc.tuple(fc.nat(), anyRecordOctet), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(anyMessage, anyChanges, ({ message, story }, changes) => {
        for (const [at, octet] of changes) message.writeUInt8(octet, at % message.length);
        expectWellFormed(readIfReply(message, story.name));
      }),
      { numRuns: 1000 },
    );
  });

  it('reads a reply with 4,000 records, and rejects it if it announces more records than it contains', () => {
    const selfAlias = record(pointer(12), 'CNAME', pointer(12));
    const message = octets(replyTo(queryFor(name)), ...Array.from({ length: 4000 }, () => selfAlias));
    message.writeUInt16BE(0xffff, 6);
    expect(read(message, name)).toBeUndefined();
    message.writeUInt16BE(4000, 6);
    expect(read(message, name)).toEqual({ rcode: 'NOERROR', truncated: false, addresses: [], alias: name });
  });

  it('either rejects a reply that was cut off at any length or reads from it what the whole reply says', () => {
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

  it('rejects a reply that was cut off within its answer section', () => {
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
});
