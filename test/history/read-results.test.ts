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
  const end = await readResults(
    chunks(),
    (result, from, to) => results.push(`${result.name} ${result.status} ${octets.subarray(from, to)}`),
    signal,
  );
  return { results, end };
}

const one = lineOf('one.dev', 'live', 'ü');
const two = lineOf('two.dev', 'absent');
const whole = one + two;
const { length } = Buffer.from(whole);

describe('readResults', () => {
  it.each([1, 7, 1000])('reads each result and its place, in chunks of %i octets', async (chunkLength) => {
    expect(await read(whole, chunkLength)).toEqual({
      results: [`one.dev live ${one}`, `two.dev absent ${two}`],
      end: { position: length, lacksNewline: false, length },
    });
  });

  it('reads an empty file', async () => {
    expect(await read('')).toEqual({ results: [], end: { position: 0, lacksNewline: false, length: 0 } });
  });

  it('passes over a last line that is cut, wherever that is', async () => {
    const last = lineOf('three.dev', 'taken').trimEnd();
    for (let cut = 1; cut < last.length; cut++) {
      const { results, end } = await read(whole + last.slice(0, cut));
      expect(results).toHaveLength(2);
      expect(end).toEqual({ position: length, lacksNewline: false, length: length + cut });
    }
  });

  it('reads a last line that only lacks its LF', async () => {
    const { results, end } = await read(whole.trimEnd());
    expect(results).toHaveLength(2);
    expect(end).toEqual({ position: length - 1, lacksNewline: true, length: length - 1 });
  });

  it('passes over blank lines and a byte order mark, and accepts lines that end in CR LF', async () => {
    const { results } = await read(`\ufeff${one.trimEnd()}\r\n\r\n\n${two}`);
    expect(results).toHaveLength(2);
  });

  it.each([
    ['in the middle', `${one}is.dev\n${two}`, 2],
    ['that is cut in the middle', `${one}${two.slice(0, 20)}\n${two}`, 2],
    ['at the end', `${whole}is.dev\n`, 3],
    ['at the end that is nothing that blogdom writes, without an LF', `${whole}is.dev`, 3],
    ['that never ends', `${whole}{"name":"${'a'.repeat(2 ** 20)}`, 3],
  ])('returns the number of a line %s', async (_, text, badLine) => {
    expect((await read(text)).end).toEqual({ badLine });
  });

  it('ends when the signal aborts', async () => {
    const aborted = AbortSignal.abort(130);
    const chunks = (async function* () {
      yield Buffer.from(one);
    })();
    await expect(readResults(chunks, () => {}, aborted)).rejects.toBe(130);
  });
});
