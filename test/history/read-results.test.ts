import { describe, expect, it } from 'vitest';
import { readResults } from '../../src/history/read-results.js';
import { lineOf, signal } from './results.js';

/** Reads a text in chunks of so many octets. */
async function read(text: string, chunkLength = 1000) {
  const octets = Buffer.from(text);
  async function* chunks() {
    for (let start = 0; start < octets.length; start += chunkLength) {
      yield octets.subarray(start, start + chunkLength);
    }
  }
  const results: string[] = [];
  const reading = await readResults(
    chunks(),
    (result, from, to) => results.push(`${result.name} ${result.status} ${octets.subarray(from, to)}`),
    signal,
  );
  return { results, ...reading };
}

const one = lineOf('one.dev', 'live', 'ü');
const two = lineOf('two.dev', 'absent');
const whole = one + two;
const { length } = Buffer.from(whole);
const allResults = { lacksNewline: false, skipped: 0, firstSkipped: undefined, foreign: undefined };

describe('readResults', () => {
  it.each([1, 7, 1000])('reads each result and its place, in chunks of %i octets', async (chunkLength) => {
    expect(await read(whole, chunkLength)).toEqual({
      results: [`one.dev live ${one}`, `two.dev absent ${two}`],
      length,
      ...allResults,
    });
  });

  it('reads an empty file', async () => {
    expect(await read('')).toEqual({ results: [], length: 0, ...allResults });
  });

  it('passes over a last line that is cut, wherever that is', async () => {
    const last = lineOf('three.dev', 'taken').trimEnd();
    for (let cut = 1; cut < last.length; cut++) {
      const { results, ...reading } = await read(whole + last.slice(0, cut));
      expect(results).toHaveLength(2);
      expect(reading).toEqual({ ...allResults, length: length + cut, lacksNewline: true });
    }
  });

  it('reads a last line that only lacks its LF', async () => {
    const { results, ...reading } = await read(whole.trimEnd());
    expect(results).toHaveLength(2);
    expect(reading).toEqual({ ...allResults, length: length - 1, lacksNewline: true });
  });

  it('passes over blank lines and a byte order mark, and accepts lines that end in CR LF', async () => {
    const { results } = await read(`\ufeff${one.trimEnd()}\r\n\r\n\n${two}`);
    expect(results).toHaveLength(2);
  });

  it.each([
    ['in the middle', `${one}is.dev\n${two}`, 2],
    ['that is cut in the middle', `${one}${two.slice(0, 20)}\n${two}`, 2],
    ['at the end', `${whole}is.dev\n`, 3],
    ['at the end that blogdom has not begun to write, without an LF', `${whole}is.dev`, 3],
    ['that is too long', `${one}{"name":"${'a'.repeat(2 ** 21)}"}\n${two}`, 2],
    ['that never ends', `${whole}{"name":"${'a'.repeat(2 ** 21)}\n`, 3],
  ])('passes over a line %s', async (_, text, firstSkipped) => {
    const { results, ...reading } = await read(text, 50_000);
    expect(results.map((result) => result.slice(0, 7))).toEqual(['one.dev', 'two.dev']);
    expect(reading).toMatchObject({
      skipped: 1,
      firstSkipped,
      foreign: undefined,
      length: Buffer.byteLength(text),
    });
  });

  it.each([
    ['a list of names', 'one.dev\ntwo.dev\n', 1],
    ['another JSON file', '{\n  "name": "blogdom"\n}\n', 1],
    ['a list of names after a line that is cut', '{"name":"one\none.dev\n', 2],
    ['nothing but a line that is cut', '{"name":"one\n', undefined],
  ])('returns the first line that is not from blogdom if it reads %s', async (_, text, foreign) => {
    expect((await read(text)).foreign).toBe(foreign);
  });

  it('ends when the signal aborts', async () => {
    const aborted = AbortSignal.abort(130);
    const chunks = (async function* () {
      yield Buffer.from(one);
    })();
    await expect(readResults(chunks, () => {}, aborted)).rejects.toBe(130);
  });
});
