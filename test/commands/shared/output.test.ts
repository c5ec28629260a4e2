import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { openOutput } from '../../../src/commands/shared/output.js';

/** A stream that keeps each write, and takes the next only when the test says so. */
function slowStream(highWaterMark: number) {
  const writes: string[] = [];
  let taken = () => {};
  const stream = new Writable({
    highWaterMark,
    decodeStrings: false,
    write(text: string, _encoding, callback) {
      writes.push(text);
      taken = callback;
    },
  });
  return { stream, writes, take: () => taken() };
}

/** A stream that keeps each write and takes all at once. */
function fastStream() {
  const writes: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, callback) {
      writes.push(text);
      callback();
    },
  });
  return { stream, writes };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Whether a promise is settled once all that can happen without a further event has happened. */
async function isSettled(promise: Promise<void>): Promise<boolean> {
  let settled = false;
  const done = () => {
    settled = true;
  };
  promise.then(done, done);
  await turn();
  await turn();
  return settled;
}

describe('what is written', () => {
  test('goes to the stream at once, each text by itself', async () => {
    const { stream, writes } = fastStream();
    const output = openOutput(stream);
    output.write('a\nb\n');
    expect(writes).toEqual(['a\nb\n']);
    output.write('c\n');
    expect(writes).toEqual(['a\nb\n', 'c\n']);
  });

  test('does not wait for more: each line is there when it is known', async () => {
    const { stream, writes } = fastStream();
    const output = openOutput(stream);
    for (const line of ['a\n', 'b\n', 'c\n']) {
      output.write(line);
      await turn();
      expect(writes.at(-1)).toBe(line);
    }
  });

  test('is nothing where there is no text', async () => {
    const { stream, writes } = fastStream();
    await openOutput(stream).write('');
    await turn();
    expect(writes).toEqual([]);
  });
});

describe('a reader', () => {
  test('that keeps up is not waited for', async () => {
    const { stream } = fastStream();
    const output = openOutput(stream);
    expect(await isSettled(output.write('a'.repeat(100_000)))).toBe(true);
    expect(await isSettled(output.write('b'))).toBe(true);
  });

  test('that has room for more is not waited for', async () => {
    const { stream, take } = slowStream(100);
    const output = openOutput(stream);
    expect(await isSettled(output.write('little'))).toBe(true);
    expect(await isSettled(output.write('and more'))).toBe(true);
    take();
  });

  test('that is slower is waited for until it has taken everything', async () => {
    const { stream, writes, take } = slowStream(4);
    const output = openOutput(stream);
    const waiting = [output.write('too much'), output.write('more')];
    expect(await Promise.all(waiting.map(isSettled))).toEqual([false, false]);
    take();
    expect(await Promise.all(waiting.map(isSettled))).toEqual([false, false]);
    take();
    expect(await Promise.all(waiting.map(isSettled))).toEqual([true, true]);
    expect(writes).toEqual(['too much', 'more']);
  });

  test('that has gone is not waited for', async () => {
    const { stream } = slowStream(4);
    stream.on('error', () => {});
    const output = openOutput(stream);
    const waiting = output.write('too much');
    expect(await isSettled(waiting)).toBe(false);
    stream.destroy(new Error('EPIPE'));
    expect(await isSettled(waiting)).toBe(true);
    expect(await isSettled(output.write('more'))).toBe(true);
  });
});

describe('flush', () => {
  test('adds nothing to what was written', async () => {
    const { stream, writes } = fastStream();
    const output = openOutput(stream);
    output.write('a\n');
    output.write('b\n');
    await output.flush();
    await turn();
    expect(writes.join('')).toBe('a\nb\n');
  });

  test('resolves when the stream has taken everything', async () => {
    const { stream, writes, take } = slowStream(4);
    const output = openOutput(stream);
    output.write('first');
    await turn();
    output.write('second');
    const flushed = output.flush();
    expect(await isSettled(flushed)).toBe(false);
    take();
    expect(await isSettled(flushed)).toBe(false);
    take();
    take();
    expect(await isSettled(flushed)).toBe(true);
    expect(writes.join(' ').trim()).toBe('first second');
  });

  test('resolves where nothing was written', async () => {
    const { stream, writes } = fastStream();
    await openOutput(stream).flush();
    expect(writes.join('')).toBe('');
  });

  test('resolves though the reader has gone', async () => {
    const { stream } = fastStream();
    stream.on('error', () => {});
    const output = openOutput(stream);
    output.write('a');
    stream.destroy();
    expect(await isSettled(output.flush())).toBe(true);
  });
});
