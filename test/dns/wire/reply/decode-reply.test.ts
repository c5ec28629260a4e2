import type { Packet } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { address, id, queryFor, read, replyTo } from '../messages.js';
import { anyStory, compressed, plain, rcodeNames } from '../stories.js';

const name = 'is.dev';
const readReply = (content: Packet) => read(replyTo(queryFor(name), content), name);

describe('decodeReply', () => {
  it('reads a reply with uncompressed names', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        expect(read(plain(story), story.name)).toEqual(story.truth);
      }),
    );
  });

  it('reads a reply with compressed names', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        expect(read(compressed(story), story.name)).toEqual(story.truth);
      }),
    );
  });

  it.each(rcodeNames.map((rcode, number) => [number, rcode] as const))(
    'reads response code %i as %s',
    (number, rcode) => {
      expect(readReply({ flags: number })).toEqual({
        rcode,
        truncated: false,
        addresses: [],
        nameServers: false,
        offersRecursion: false,
      });
    },
  );

  it('reads a header alone that says REFUSED', () => {
    const header = Buffer.alloc(12);
    header.writeUInt16BE(id, 0);
    header.writeUInt16BE(0x8185, 2);
    expect(read(header, name)).toEqual({ rcode: 'REFUSED', truncated: false, addresses: [] });
  });

  it.each(Array.from({ length: 15 }, (_, index) => index + 1))('rejects a reply with opcode %i', (opcode) => {
    const answers = [address(name, '192.0.2.1')];
    expect(readReply({ flags: opcode << 11, answers })).toBeUndefined();
    expect(readReply({ flags: (opcode << 11) | 0x0200, answers })).toBeUndefined();
  });

  it.each([
    ['A', 3],
    ['A', 5],
    ['A', 0],
    ['AAAA', 15],
    ['AAAA', 4],
  ] as const)('rejects a reply with an %s record whose data have %i octets', (type, length) => {
    const message = replyTo(queryFor(name), { answers: [{ type: 'TXT', name, data: 'x' }] });
    const data = message.length - 2;
    const answer = message.subarray(0, data);
    answer.writeUInt16BE(type === 'A' ? 1 : 28, data - 10);
    answer.writeUInt16BE(length, data - 2);
    expect(read(Buffer.concat([answer, Buffer.alloc(length)]), name)).toBeUndefined();
  });
});

describe('decodeReply of a truncated reply', () => {
  it('reads the response code and ignores the records', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const message = plain(story);
        message.writeUInt16BE(message.readUInt16BE(2) | 0x0200, 2);
        expect(read(message, story.name)).toEqual({
          rcode: story.truth.rcode,
          truncated: true,
          addresses: [],
        });
      }),
    );
  });

  it('returns the same wherever the message was cut off after its question', () => {
    const query = queryFor(name);
    const message = replyTo(query, { flags: 0x0200, answers: [address(name, '192.0.2.1')] });
    for (let end = query.length; end <= message.length; end++) {
      expect(read(message.subarray(0, end), name)).toEqual({
        rcode: 'NOERROR',
        truncated: true,
        addresses: [],
      });
    }
  });
});
