import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isGif, isWholeGif } from '../../../src/commands/flags/gif.js';
import { gifOf } from '../../helpers/flag-server.js';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const join = (...parts: readonly Buffer[]) => Buffer.concat(parts);

const header = Buffer.from('GIF89a');
const screen = hex('0100 0100 00 00 00');
const image = hex('2c 0000 0000 0100 0100 00 02 02 4401 00');
const trailer = hex('3b');

/** A screen or an image descriptor with a colour table of `2 ** (size + 1)` colours, which are full of trailers. */
const tableOf = (size: number) => Buffer.alloc(3 * 2 ** (size + 1), trailer);
const screenWithTable = (size: number) =>
  join(hex('0100 0100'), Buffer.from([0x80 | size]), hex('00 00'), tableOf(size));
const imageWithTable = (size: number) =>
  join(hex('2c 0000 0000 0100 0100'), Buffer.from([0x80 | size]), tableOf(size), hex('02 02 4401 00'));

const extensions = {
  control: hex('21 f9 04 00 0000 00 00'),
  comment: hex('21 fe 03 3b3b3b 01 3b 00'),
  application: join(hex('21 ff 0b'), Buffer.from('NETSCAPE2.0'), hex('03 01 0000 00')),
  plainText: join(hex('21 01 0c'), Buffer.alloc(12), hex('02 3b3b 00')),
};

describe('isWholeGif', () => {
  it.each([
    ['one image', [screen, image]],
    ['an extension that ends at once', [screen, hex('21 fe 00'), image]],
    ['two images', [screen, extensions.control, image, extensions.control, image]],
    ['every kind of extension', [screen, ...Object.values(extensions), image, ...Object.values(extensions)]],
    ['the smallest colour tables', [screenWithTable(0), imageWithTable(0)]],
    ['the largest colour tables', [screenWithTable(7), imageWithTable(7)]],
    ['an image without data', [screen, hex('2c 0000 0000 0100 0100 00 02 00')]],
  ])('accepts %s, and no beginning of it', (_what, parts) => {
    const gif = join(header, ...parts, trailer);
    expect(isWholeGif(gif)).toBe(true);
    for (let length = 0; length < gif.length; length++)
      expect(isWholeGif(gif.subarray(0, length))).toBe(false);
  });

  it('accepts the version 87a', () => {
    expect(isWholeGif(join(Buffer.from('GIF87a'), screen, image, trailer))).toBe(true);
  });

  it('accepts what follows the trailer', () => {
    expect(isWholeGif(join(gifOf('BR'), Buffer.from('\r\n')))).toBe(true);
  });

  it.each([
    ['no image', join(header, screen, extensions.comment, trailer)],
    ['another block', join(header, screen, image, hex('00'), image, trailer)],
    ['another signature', join(Buffer.from('GIF88a'), screen, image, trailer)],
  ])('does not accept a file with %s', (_what, data) => {
    expect(isWholeGif(data)).toBe(false);
  });

  it('returns for any data', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
        expect(isWholeGif(join(header, Buffer.from(octets)))).toBeTypeOf('boolean');
      }),
    );
  });
});

describe('isGif', () => {
  it.each([
    ['half a picture', gifOf('BR').subarray(0, 20), true],
    ['half a header', header.subarray(0, 5), false],
    ['a page', Buffer.from('<html>'), false],
    ['nothing', Buffer.alloc(0), false],
  ])('tells by the header alone whether data is a GIF file (%s)', (_what, data, expected) => {
    expect(isGif(data)).toBe(expected);
  });
});
