import { streamEncode } from 'dns-packet';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrameReader } from '../../../src/dns/wire/frames.js';

function framed(message: Uint8Array): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}

/** What comes out of a stream that arrives in chunks cut at some offsets. */
function received(stream: Buffer, cuts: readonly number[]): string[] {
  const messages: string[] = [];
  const take = createFrameReader((message) => messages.push(hex(message)));
  const offsets = [0, ...cuts.map((cut) => cut % (stream.length + 1)).sort((a, b) => a - b), stream.length];
  for (const [index, start] of offsets.entries()) take(stream.subarray(start, offsets[index + 1] ?? start));
  return messages;
}

const hex = (message: Uint8Array) => Buffer.from(message).toString('hex');

test('messages come out as they went in, however the stream is cut', () => {
  const anyMessages = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 });
  fc.assert(
    fc.property(anyMessages, fc.array(fc.nat(), { maxLength: 12 }), (messages, cuts) => {
      expect(received(Buffer.concat(messages.map(framed)), cuts)).toEqual(messages.map(hex));
    }),
  );
});

test('messages come out of a stream that arrives octet by octet', () => {
  const messages = [Buffer.of(1, 2, 3), Buffer.alloc(0), Buffer.alloc(300, 7)];
  const stream = Buffer.concat(messages.map(framed));
  expect(received(stream, [...stream.keys()])).toEqual(messages.map(hex));
});

test('a message of the greatest length comes out whole', () => {
  const message = Buffer.alloc(0xffff, 0xab);
  expect(received(framed(message), [1, 2, 1000])).toEqual([hex(message)]);
});

test('a message comes out as soon as it is whole, and not before', () => {
  const messages: string[] = [];
  const take = createFrameReader((message) => messages.push(Buffer.from(message).toString()));
  take(Buffer.from('\0\x02hi\0\x05wor'));
  expect(messages).toEqual(['hi']);
  take(Buffer.from('l'));
  expect(messages).toEqual(['hi']);
  take(Buffer.from('d'));
  expect(messages).toEqual(['hi', 'world']);
});

test('frames are those of dns-packet', () => {
  const stream = streamEncode({ type: 'query', id: 7, questions: [{ type: 'A', name: 'is.dev' }] });
  expect(received(stream, [])).toEqual([hex(stream.subarray(2))]);
});
