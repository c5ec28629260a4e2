import { makeFolder } from './folder.js';
import { startDaemon } from './process.js';

/** A network with nothing in it but a loopback, and a `/etc` that is set to use the name servers given. */
export interface Namespace {
  /** Goes before a command to run it inside. */
  readonly enter: readonly string[];
  close(): Promise<void>;
}

/** The process that keeps the namespace; it ends with its standard input, and so with the test. */
const holder = `
ip link set lo up
for name in resolv.conf hosts nsswitch.conf; do
  if [ -e "/etc/$name" ]; then mount --bind "$1/$name" "/etc/$name"; fi
done
echo ready
exec cat
`;

/** @param resolvConf the text of its `/etc/resolv.conf`. */
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
    async close() {
      await stop();
      await folder.remove();
    },
  };
}
