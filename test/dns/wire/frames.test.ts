import { streamEncode } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameReader } from '../../../src/dns/wire/frames.js';

const hex = (message: Uint8Array) => Buffer.from(message).toString('hex');

function frame(message: Uint8Array): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}

/** The messages (in hexadecimal) that are read from a stream whose chunks end at the given offsets. */
function messagesIn(stream: Buffer, cuts: readonly number[]): string[] {
  const messages: string[] = [];
  const read = createFrameReader((message) => messages.push(hex(message)));
  const offsets = [0, ...cuts.map((cut) => cut % (stream.length + 1)).sort((a, b) => a - b), stream.length];
  for (const [index, start] of offsets.entries()) read(stream.subarray(start, offsets[index + 1] ?? start));
  return messages;
}

describe('createFrameReader', () => {
  it('reads the messages of a stream wherever its chunks end', () => {
    const anyMessages = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 });
    fc.assert(
      fc.property(anyMessages, fc.array(fc.nat(), { maxLength: 12 }), (messages, cuts) => {
        expect(messagesIn(Buffer.concat(messages.map(frame)), cuts)).toEqual(messages.map(hex));
      }),
    );
  });

  it('reads a stream that arrives octet by octet', () => {
    const messages = [Buffer.of(1, 2, 3), Buffer.alloc(0), Buffer.alloc(300, 7)];
    const stream = Buffer.concat(messages.map(frame));
    expect(messagesIn(stream, [...stream.keys()])).toEqual(messages.map(hex));
  });

  it('reads a message of the maximum length', () => {
    const message = Buffer.alloc(0xffff, 0xab);
    expect(messagesIn(frame(message), [1, 2, 1000])).toEqual([hex(message)]);
  });

  it('passes a message on as soon as it is complete, and not before', () => {
    const messages: string[] = [];
    const read = createFrameReader((message) => messages.push(Buffer.from(message).toString()));
    read(Buffer.from('\0\x02hi\0\x05wor'));
    expect(messages).toEqual(['hi']);
    read(Buffer.from('l'));
    expect(messages).toEqual(['hi']);
    read(Buffer.from('d'));
    expect(messages).toEqual(['hi', 'world']);
  });

  it('reads the frames that dns-packet writes', () => {
    const stream = streamEncode({ type: 'query', id: 7, questions: [{ type: 'A', name: 'is.dev' }] });
    expect(messagesIn(stream, [])).toEqual([hex(stream.subarray(2))]);
  });
});
