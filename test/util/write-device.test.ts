import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openInputFile } from '../../src/util/input-file.js';
import { writeDevice } from '../../src/util/write-device.js';
import { makeFolder } from '../helpers/system/folder.js';
import { makePipe } from '../helpers/system/pipe.js';

const { signal } = new AbortController();

/** More than a pipe holds. */
const long = 'x'.repeat(1_000_000);

async function newPipe(): Promise<string> {
  const folder = await makeFolder();
  onTestFinished(folder.remove);
  const path = join(folder.path, 'pipe');
  makePipe(path);
  return path;
}

describe.skipIf(process.platform === 'win32')('writeDevice', () => {
  it('writes to a named pipe as fast as it is read', async () => {
    const path = await newPipe();
    const [read] = await Promise.all([text(openInputFile(path)), writeDevice(path, long, signal)]);
    expect(read).toBe(long);
  });

  it('fails if nobody reads from a pipe', async () => {
    await expect(writeDevice(await newPipe(), 'a', signal)).rejects.toThrow('ENXIO');
  });

  it('ends waiting for the reader of a pipe when the signal aborts', async () => {
    const path = await newPipe();
    const reader = openInputFile(path);
    onTestFinished(() => void reader.destroy());
    const controller = new AbortController();
    const written = writeDevice(path, long, controller.signal);
    setImmediate(() => controller.abort(143));
    await expect(written).rejects.toBe(143);
    await expect(writeDevice(path, long, controller.signal)).rejects.toThrow('EAGAIN');
  });

  it.skipIf(process.platform !== 'linux')('writes to a device', async () => {
    await writeDevice('/dev/null', 'a', signal);
    await expect(writeDevice('/dev/full', 'a', signal)).rejects.toThrow('ENOSPC');
  });
});
