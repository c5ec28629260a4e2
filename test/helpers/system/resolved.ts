import { makeFolder } from './folder.js';
import { startDaemon } from './process.js';

/** The path of systemd-resolved, which is in no folder for programs. */
export const resolvedPath = '/lib/systemd/systemd-resolved';

/** How to run systemd-resolved. */
export interface ResolvedOptions {
  /** The words of a namespace to put before a command that is to run inside. */
  readonly enter: readonly string[];
  /** The port of the loopback name server that it asks. */
  readonly upstreamPort: number;
  /** Lines of its configuration; everything else is as Debian ships it. */
  readonly settings?: string;
}

/**
 * Puts the configuration in its place, and connects the namespace with a second interface, since nobody is asked by LLMNR on a
 * loopback interface. A file that systemd-resolved writes when it listens shows that it is ready.
 */
const script = `
mount --bind "$1/resolved.conf" /etc/systemd/resolved.conf
mkdir -p /run/systemd/resolve
mount -t tmpfs -o mode=755 tmpfs /run/systemd/resolve
chown systemd-resolve: /run/systemd/resolve
ip link add near type veth peer name far
ip address add 192.0.2.1/24 dev near
ip link set near up
ip link set far up
(
  for try in $(seq 100); do
    if [ -e /run/systemd/resolve/resolv.conf ]; then echo listening; break; fi
    sleep 0.1
  done
) &
exec ${resolvedPath}
`;

/** Starts systemd-resolved, the stub resolver of many systems, in a namespace; it listens at port 53 of 127.0.0.53. */
export async function startResolved({ enter, upstreamPort, settings = '' }: ResolvedOptions) {
  const folder = await makeFolder({
    'resolved.conf': `[Resolve]\nDNS=127.0.0.1:${upstreamPort}\n${settings}\n`,
  });
  const command = [...enter, 'sh', '-ec', script, 'sh', folder.path];
  const { stop } = await startDaemon(command, /listening/).catch(async (error: unknown) => {
    await folder.remove();
    throw error;
  });
  return {
    async stop() {
      await stop();
      await folder.remove();
    },
  };
}
