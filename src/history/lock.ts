import { createHash, randomBytes } from 'node:crypto';
import { access, constants, readdir, rename, rm } from 'node:fs/promises';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeOf } from '../util/error-code.js';

/** A lock that no other process of this machine has. It ends with the process, however that ends. */
export interface Lock {
  release(): Promise<void>;
}

/** Milliseconds after which a process that answers nothing, because it is suspended, counts as one that has the lock. */
const patience = 1000;

/** Is sent to those who want the lock, too. */
const held = 'held';

/**
 * Takes the lock of a key.
 *
 * A process that wants a lock listens on a local socket: nobody answers there any longer when the process has been
 * killed, so a lock cannot be left over. On Windows, a named pipe can have only one process that listens. Elsewhere, each
 * process has a socket of its own in the temporary folder, and then looks for those of others. It gives way to one that has
 * the lock, and to one that wants it as well and comes before it in alphabetical order. Sockets are never used again, so
 * those that nobody answers at can be deleted.
 *
 * @param key any text; processes with different keys do not exclude each other.
 * @param folder where the sockets are, if not in the temporary folder; all processes have to use the same.
 * @returns undefined if another process has the lock.
 * @throws the error of the system if no socket can be opened.
 */
export async function openLock(key: string, folder?: string): Promise<Lock | undefined> {
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 24);
  if (platform() === 'win32') return openPipe(hash);
  return openSocket(`blogdom-${hash}-`, folder ?? (await sharedFolder()));
}

/** Returns `/tmp` if possible: two processes may have different variables that name a temporary folder. */
async function sharedFolder(): Promise<string> {
  try {
    await access('/tmp', constants.W_OK);
    return '/tmp';
  } catch {
    return tmpdir();
  }
}

async function openPipe(hash: string): Promise<Lock | undefined> {
  const server = createServer((client) => client.destroy());
  try {
    await listen(server, `\\\\.\\pipe\\blogdom-${hash}`);
    return { release: async () => void server.close() };
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') return undefined;
    throw error;
  }
}

async function openSocket(prefix: string, folder: string): Promise<Lock | undefined> {
  const own = `${prefix}${randomBytes(8).toString('hex')}`;
  const clients = new Set<Socket>();
  let isHeld = false;
  const server = createServer((client) => {
    clients.add(client);
    client.unref();
    client.on('error', () => {});
    client.on('close', () => clients.delete(client));
    if (isHeld) client.write(held);
  });
  const release = async () => {
    await rm(join(folder, own), { force: true });
    server.close();
    for (const client of clients) client.destroy();
  };

  // A socket that exists, but does not listen yet, would be taken for one that was left over.
  await listen(server, join(folder, `.${own}`));
  await rename(join(folder, `.${own}`), join(folder, own));
  try {
    const others = (await readdir(folder)).filter((name) => name.startsWith(prefix) && name !== own);
    const given = await Promise.all(others.map((other) => hasOrGetsLock(join(folder, other), other < own)));
    if (given.includes(true)) {
      await release();
      return undefined;
    }
  } catch (error) {
    await release();
    throw error;
  }
  isHeld = true;
  for (const client of clients) client.write(held);
  return { release };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    // Another user may want the lock.
    server.listen({ path, readableAll: true, writableAll: true }, resolve);
    server.unref();
  });
}

/** Errors of a connection to a process that has ended or given way. After any other error, it may still be there. */
const meansGone = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE']);

/**
 * Finds out whether the process with this socket has the lock.
 *
 * @param isBefore whether it gets the lock if it wants it, too.
 */
function hasOrGetsLock(path: string, isBefore: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(patience, () => end(true));
    socket.on('connect', () => isBefore && end(true));
    socket.on('data', () => end(true));
    socket.on('close', () => end(false));
    socket.on('error', (error) => {
      const code = codeOf(error) ?? '';
      if (code === 'ECONNREFUSED') rm(path, { force: true }).catch(() => {});
      end(!meansGone.has(code));
    });
  });
}
