import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { makeFolder } from './folder.js';
import { startDaemon } from './process.js';
import { zones } from './zones.js';

/** A name server of another make, on a loopback address. */
export interface ForeignServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Where a server listens. */
export interface Place {
  /** The loopback address; `127.0.0.1` by default. */
  readonly host?: string;
  /** A free one by default. */
  readonly port?: number;
  /** What goes before the command, such as a namespace's `enter`. */
  readonly enter?: readonly string[];
}

/** Starts nsd, an authoritative server, with the zones `dev` and the root. */
export const startNsd = (place: Place = {}): Promise<ForeignServer> =>
  start(
    place,
    ['nsd', '-d', '-c'],
    /nsd started/,
    zones,
    (host, port, folder) => `
server:
  ip-address: ${host}@${port}
  username: ""
  chroot: ""
  zonesdir: "${folder}"
  zonelistfile: "${join(folder, 'zone.list')}"
  xfrdir: "${folder}"
  xfrdfile: ""
  database: ""
  pidfile: ""
  server-count: 1
  # It would leave queries unanswered that come too fast.
  rrl-ratelimit: 0
remote-control:
  control-enable: no
zone:
  name: "dev"
  zonefile: "dev"
zone:
  name: "."
  zonefile: "root"
`,
  );

/** Starts unbound, a resolver, which takes the name server at a loopback port for the root of the DNS. */
export const startUnbound = (rootPort: number, place: Place = {}): Promise<ForeignServer> =>
  start(
    place,
    ['unbound', '-d', '-c'],
    /start of service/,
    {},
    (host, port, folder) => `
server:
  interface: ${host}@${port}
  outgoing-interface: 127.0.0.1
  do-not-query-localhost: no
  username: ""
  chroot: ""
  directory: "${folder}"
  pidfile: ""
  use-syslog: no
  do-daemonize: no
  num-threads: 1
  # Without the validator, as the zones are not signed.
  module-config: "iterator"
remote-control:
  control-enable: no
stub-zone:
  name: "."
  stub-addr: 127.0.0.1@${rootPort}
# The NS records of the zone have no port, so that without this they would lead to port 53.
stub-zone:
  name: "dev"
  stub-addr: 127.0.0.1@${rootPort}
`,
  );

async function start(
  place: Place,
  command: readonly string[],
  ready: RegExp,
  files: Readonly<Record<string, string>>,
  configure: (host: string, port: number, folder: string) => string,
  tries = 5,
): Promise<ForeignServer> {
  const { host = '127.0.0.1', port = await freePort(host), enter = [] } = place;
  const folder = await makeFolder(files);
  const config = join(folder.path, 'server.conf');
  await writeFile(config, configure(host, port, folder.path));
  try {
    const daemon = await startDaemon([...enter, ...command, config], ready);
    return {
      port,
      async stop() {
        await daemon.stop();
        await folder.remove();
      },
    };
  } catch (error) {
    await folder.remove();
    // Between the look for a free port and its use someone else can take it.
    if (tries === 1 || !String(error).includes('in use')) throw error;
    return start(place, command, ready, files, configure, tries - 1);
  }
}

async function freePort(host: string): Promise<number> {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4').bind(0, host);
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}
