import { createHash } from 'node:crypto';
import { constants, open } from 'node:fs/promises';
import { createServer } from 'node:net';
import { platform } from 'node:os';
import { codeOf } from '../util/error-code.js';

/** A lock that no other process of this machine has. It ends with the process, however that ends. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes the lock of a key.
 *
 * @param key any text; processes with different keys do not exclude each other.
 * @returns undefined if another process has the lock.
 * @throws the error of the system if it cannot be taken for another reason.
 */
export async function openLock(key: string): Promise<Lock | undefined> {
  const name = `blogdom-${createHash('sha256').update(key).digest('hex').slice(0, 24)}`;
  try {
    // Only one process can listen at a named pipe, or at an abstract socket (unix(7)). Neither outlives its process.
    if (platform() === 'win32') return await listen(`\\\\.\\pipe\\${name}`);
    if (platform() === 'linux') return await listen(`\0${name}`);
    return await lockFile(`/tmp/${name}`);
  } catch (error) {
    if (['EADDRINUSE', 'EAGAIN'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}

function listen(path: string): Promise<Lock> {
  return new Promise((resolve, reject) => {
    const server = createServer((client) => client.destroy());
    server.on('error', reject);
    server.listen(path, () => resolve({ release: () => new Promise((done) => server.close(() => done())) }));
    server.unref();
  });
}

/** O_EXLOCK of macOS and the BSDs (open(2)), which Node does not name: opens a file and locks it. */
const exclusiveLock = 0x20;

/** Locks a file, which is left empty: another process might be opening it just when it is removed. */
async function lockFile(path: string): Promise<Lock> {
  const { O_CREAT, O_RDONLY, O_NONBLOCK } = constants;
  const file = await open(path, O_CREAT | O_RDONLY | O_NONBLOCK | exclusiveLock, 0o666);
  return { release: () => file.close() };
}
