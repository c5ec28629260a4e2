import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines } from '../../src/names/lines.js';
import { anyString } from '../helpers/any-string.js';

const encoder = new TextEncoder();

async function* arriving(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function linesOf(...chunks: readonly (string | Uint8Array)[]): Promise<string[]> {
  const octets = chunks.map((chunk) => (typeof chunk === 'string' ? encoder.encode(chunk) : chunk));
  const lines: string[] = [];
  for await (const some of readLines(arriving(octets))) lines.push(...some);
  return lines;
}

/** Cuts octets into chunks at some offsets; two equal offsets give an empty chunk. */
function cut(octets: Uint8Array, offsets: readonly number[]): Uint8Array[] {
  const cuts = [0, ...offsets.map((offset) => offset % (octets.length + 1)), octets.length].sort(
    (a, b) => a - b,
  );
  return cuts.slice(1).map((end, index) => octets.subarray(cuts[index], end));
}

const anyOffsets = fc.array(fc.nat({ max: 100_000 }), { maxLength: 20 });

describe('readLines', () => {
  it.each([
    ['nothing in it', '', []],
    ['LF', 'a\nb\n', ['a', 'b']],
    ['CR LF', 'a\r\nb\r\n', ['a', 'b']],
    ['no LF at the end', 'a\nb', ['a', 'b']],
    ['a CR at the end', 'a\nb\r', ['a', 'b']],
    ['empty lines', '\n\na\n\n', ['', '', 'a', '']],
    ['a byte order mark', '\ufeffa\nb\n', ['a', 'b']],
    ['CR', 'a\rb\r\rc\r', ['a', 'b', '', 'c']],
    ['CR, LF and CR LF', 'a\rb\nc\r\n\rd', ['a', 'b', 'c', '', 'd']],
    ['a form feed and a line separator, which do not end a line', 'a\fb\u2028c\n', ['a\fb\u2028c']],
  ])('splits a text with %s', async (_, text, lines) => {
    expect(await linesOf(text)).toEqual(lines);
  });

  it('joins a line that arrives in several chunks', async () => {
    expect(await linesOf('a', 'b', '\nc', '\n', 'd')).toEqual(['ab', 'c', 'd']);
    expect(await linesOf('a\r', '\nb')).toEqual(['a', 'b']);
  });

  it('joins a character and a byte order mark that arrive in several chunks', async () => {
    const octets = encoder.encode('\ufeffbücher\n日本\n💩\n');
    const each = Array.from(octets, (octet) => Uint8Array.of(octet));
    expect(await linesOf(...each)).toEqual(['bücher', '日本', '💩']);
  });

  it('replaces octets that are not UTF-8, and leaves the other lines alone', async () => {
    expect(await linesOf('a\n', Uint8Array.of(0xc3, 0x0a), 'b\n', Uint8Array.of(0xe6))).toEqual([
      'a',
      '\ufffd',
      'b',
      '\ufffd',
    ]);
  });

  it('finds the same lines in any text, however it is cut', async () => {
    const texts = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'ü', '日', '💩', '\r', '\n', '\r\n', '\ufeff', ' ', '#') }),
      anyString(),
    );
    await fc.assert(
      fc.asyncProperty(texts, anyOffsets, async (text, cuts) => {
        const octets = encoder.encode(text);
        // Node's decoder, given the whole text, is the second opinion.
        const expected = new TextDecoder().decode(octets).split(/\r\n|\n|\r/);
        if (expected.at(-1) === '') expected.pop();
        expect(await linesOf(...cut(octets, cuts))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('finds the same lines in any octets, however they are cut', async () => {
    const octets = fc.array(fc.constantFrom(0x0a, 0x0d, 0x61, 0xc3, 0xa9, 0xe6, 0x97, 0xf0, 0xff));
    await fc.assert(
      fc.asyncProperty(octets, anyOffsets, async (list, cuts) => {
        const all = Uint8Array.from(list);
        expect(await linesOf(...cut(all, cuts))).toEqual(await linesOf(all));
      }),
    );
  });
});

describe('readLines as a stream', () => {
  it('yields a line before it reads the next chunk', async () => {
    let read = 0;
    async function* typed() {
      for (const text of ['one\n', 'tw', 'o\nthree\nfo', 'ur']) {
        read++;
        yield encoder.encode(text);
      }
    }
    const lines = readLines(typed());
    expect(await lines.next()).toEqual({ done: false, value: ['one'] });
    expect(read).toBe(1);
    expect(await lines.next()).toEqual({ done: false, value: ['two', 'three'] });
    expect(read).toBe(3);
    expect(await lines.next()).toEqual({ done: false, value: ['four'] });
    expect((await lines.next()).done).toBe(true);
  });

  it('closes its input when the caller leaves the loop', async () => {
    let closed = false;
    async function* endless() {
      try {
        for (;;) yield encoder.encode('a\n');
      } finally {
        closed = true;
      }
    }
    for await (const _ of readLines(endless())) break;
    expect(closed).toBe(true);
  });
});

describe('readLines with a line longer than any name', () => {
  it('cuts the line, and yields the next one whole', async () => {
    const chunk = 'a'.repeat(65_536);
    const [long, next] = await linesOf(...Array<string>(200).fill(chunk), '\nnext\n');
    expect(long?.length).toBeLessThan(2 * chunk.length);
    expect(long?.length).toBeGreaterThan(253);
    expect(next).toBe('next');
  });

  it('yields the same part of the line, however the input is cut', async () => {
    const text = `${'a'.repeat(5000)}\nb\n`;
    const lengths = async (chunks: readonly Uint8Array[]) =>
      (await linesOf(...chunks)).map((line) => line.length);
    await fc.assert(
      fc.asyncProperty(anyOffsets, async (cuts) => {
        const octets = encoder.encode(text);
        expect(await lengths(cut(octets, cuts))).toEqual(await lengths([octets]));
      }),
    );
  });

  it('does not yield a name that the line begins with', async () => {
    const blanks = ' '.repeat(4091);
    const [line] = await linesOf(`a.dev${blanks}b`, '\n');
    expect(line?.trim() === 'a.dev').toBe(false);
  });
});
