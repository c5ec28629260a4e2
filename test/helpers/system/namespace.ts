import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from './folder.js';
import { startDaemon } from './process.js';

/** A network with nothing in it but a loopback interface, and an `/etc` that names the given name servers. */
export interface Namespace {
  /** The words to put before a command that is to run inside. */
  readonly enter: readonly string[];
  /** The process that holds it. */
  readonly pid: number;
  /** Changes the text of its `/etc/resolv.conf`. */
  setResolvConf(text: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * The script of the process that holds the namespace; it ends with its standard input, and so with the test. Where systemd-resolved
 * is installed but does not run, `/etc/resolv.conf` is a link to a file that does not exist.
 */
const holder = `
ip link set lo up
for name in resolv.conf hosts nsswitch.conf; do
  file=$(readlink -m "/etc/$name")
  if [ -L "/etc/$name" ] && [ ! -e "$file" ]; then
    mkdir -p "\${file%/*}"
    mount -t tmpfs tmpfs "\${file%/*}"
    touch "$file"
  fi
  if [ -e "$file" ]; then mount --bind "$1/$name" "$file"; fi
done
echo ready
exec cat
`;

/**
 * Opens a network namespace with an `/etc` of its own; this needs root.
 *
 * @param resolvConf the text of its `/etc/resolv.conf`.
 */
export async function openNamespace(resolvConf: string): Promise<Namespace> {
  const folder = await makeFolder({
    'resolv.conf': resolvConf,
    hosts: '127.0.0.1 localhost\n',
    'nsswitch.conf': 'hosts: files dns\n',
  });
  const unshare = ['unshare', '--mount', '--net', 'sh', '-ec', holder, 'sh', folder.path];
  const { pid, stop } = await startDaemon(unshare, /ready/).catch(async (error: unknown) => {
    await folder.remove();
    throw error;
  });
  return {
    enter: ['nsenter', '--target', `${pid}`, '--mount', '--net'],
    pid,
    setResolvConf: (text) => writeFile(join(folder.path, 'resolv.conf'), text),
    async close() {
      await stop();
      await folder.remove();
    },
  };
}
