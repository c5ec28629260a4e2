import { describe, expect, it } from 'vitest';
import { decodeText, inUtf8 } from '../../src/util/utf-16.js';

const little = (text: string): Buffer => Buffer.from(text, 'utf16le');
const big = (text: string): Buffer => little(text).swap16();

const text = 'not\r\nbücher\r\n中😀\n';
const marked = `\ufeff${text}`;
const encodings: readonly (readonly [string, Buffer])[] = [
  ['UTF-8', Buffer.from(text)],
  ['UTF-16LE', little(marked)],
  ['UTF-16BE', big(marked)],
];

/** Reads octets in chunks of a length. */
async function convert(octets: Buffer, length: number): Promise<string> {
  async function* chunks() {
    for (let start = 0; start < octets.length; start += length) yield octets.subarray(start, start + length);
  }
  const converted: Uint8Array[] = [];
  for await (const chunk of inUtf8(chunks())) converted.push(chunk);
  return Buffer.concat(converted).toString();
}

describe('decodeText', () => {
  it.each(encodings)('decodes %s', (_name, octets) => {
    expect(decodeText(octets)).toBe(text);
  });

  it.each([
    ['little-endian', little(text)],
    ['big-endian', big(text)],
  ])('throws if it seems to be %s UTF-16 without a byte order mark', (_order, octets) => {
    expect(() => decodeText(octets)).toThrow(expect.objectContaining({ code: 'ERR_UTF_16' }));
  });

  it.each(['', 'a', '\0\0'])('decodes %j', (short) => {
    expect(decodeText(Buffer.from(short))).toBe(short);
  });
});

describe('inUtf8', () => {
  it.each(encodings)('converts %s, in chunks of any length', async (_name, octets) => {
    for (const length of [1, 2, 3, 1000]) expect(await convert(octets, length)).toBe(text);
  });

  it('passes on a text that is empty or a single octet', async () => {
    expect(await convert(Buffer.from(''), 1)).toBe('');
    expect(await convert(Buffer.from('a'), 1)).toBe('a');
    expect(await convert(little('\ufeff'), 1)).toBe('');
  });

  it('throws if the text seems to be in UTF-16 without a byte order mark', async () => {
    for (const length of [1, 1000])
      await expect(convert(little(text), length)).rejects.toMatchObject({ code: 'ERR_UTF_16' });
  });

  it('passes on each chunk when it comes', async () => {
    async function* endless() {
      yield Buffer.from('a\n');
      await new Promise(() => {});
    }
    const { value } = await inUtf8(endless()).next();
    expect(String(value)).toBe('a\n');
  });
});
