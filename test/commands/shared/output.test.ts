import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createOutput } from '../../../src/commands/shared/output.js';

/** A stream that collects each write, and finishes it when the test calls `finishWrite`. */
function slowStream(highWaterMark: number) {
  const writes: string[] = [];
  let finish = () => {};
  const stream = new Writable({
    highWaterMark,
    decodeStrings: false,
    write(text: string, _encoding, callback) {
      writes.push(text);
      finish = callback;
    },
  });
  return { stream, writes, finishWrite: () => finish() };
}

/** A stream that collects each write and finishes it at once. */
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

/** Whether a promise settles without any further event. */
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

describe('createOutput(…).write', () => {
  it('passes each text to the stream at once', async () => {
    const { stream, writes } = fastStream();
    const output = createOutput(stream);
    output.write('a\nb\n');
    expect(writes).toEqual(['a\nb\n']);
    output.write('c\n');
    expect(writes).toEqual(['a\nb\n', 'c\n']);
  });

  it('does not write an empty text', async () => {
    const { stream, writes } = fastStream();
    await createOutput(stream).write('');
    await turn();
    expect(writes).toEqual([]);
  });

  it('resolves at once if the reader keeps up', async () => {
    const { stream } = fastStream();
    const output = createOutput(stream);
    expect(await isSettled(output.write('a'.repeat(100_000)))).toBe(true);
    expect(await isSettled(output.write('b'))).toBe(true);
  });

  it('resolves at once if the buffer has room for more', async () => {
    const { stream, finishWrite } = slowStream(100);
    const output = createOutput(stream);
    expect(await isSettled(output.write('little'))).toBe(true);
    expect(await isSettled(output.write('and more'))).toBe(true);
    finishWrite();
  });

  it('resolves when a slow reader has read everything', async () => {
    const { stream, writes, finishWrite } = slowStream(4);
    const output = createOutput(stream);
    const waiting = [output.write('too much'), output.write('more')];
    expect(await Promise.all(waiting.map(isSettled))).toEqual([false, false]);
    finishWrite();
    expect(await Promise.all(waiting.map(isSettled))).toEqual([false, false]);
    finishWrite();
    expect(await Promise.all(waiting.map(isSettled))).toEqual([true, true]);
    expect(writes).toEqual(['too much', 'more']);
  });

  it('resolves when the stream is destroyed', async () => {
    const { stream } = slowStream(4);
    stream.on('error', () => {});
    const output = createOutput(stream);
    const waiting = output.write('too much');
    expect(await isSettled(waiting)).toBe(false);
    stream.destroy(new Error('EPIPE'));
    expect(await isSettled(waiting)).toBe(true);
    expect(await isSettled(output.write('more'))).toBe(true);
  });
});

describe('createOutput(…).flush', () => {
  it('adds nothing to what was written', async () => {
    const { stream, writes } = fastStream();
    const output = createOutput(stream);
    output.write('a\n');
    output.write('b\n');
    await output.flush();
    await turn();
    expect(writes.join('')).toBe('a\nb\n');
  });

  it('resolves when the stream has finished every write', async () => {
    const { stream, writes, finishWrite } = slowStream(4);
    const output = createOutput(stream);
    output.write('first');
    await turn();
    output.write('second');
    const flushed = output.flush();
    expect(await isSettled(flushed)).toBe(false);
    finishWrite();
    expect(await isSettled(flushed)).toBe(false);
    finishWrite();
    finishWrite();
    expect(await isSettled(flushed)).toBe(true);
    expect(writes.join(' ').trim()).toBe('first second');
  });

  it('resolves if nothing was written', async () => {
    const { stream, writes } = fastStream();
    await createOutput(stream).flush();
    expect(writes.join('')).toBe('');
  });

  it('resolves if the stream is destroyed', async () => {
    const { stream } = fastStream();
    stream.on('error', () => {});
    const output = createOutput(stream);
    output.write('a');
    stream.destroy();
    expect(await isSettled(output.flush())).toBe(true);
  });
});
