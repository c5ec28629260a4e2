import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Authority } from '../helpers/certificate.js';
import { startDaemon } from '../helpers/system/process.js';
import { environment } from './measure.js';

/** What became of queries. */
export interface Sent {
  /** Those that the server got. */
  readonly received: number;
  /** Those that the buffer of its socket had no room for. */
  readonly dropped: number;
}

/** A server under load, at 127.0.0.1. */
export interface Server {
  readonly port: number;
  /** The ports of the transports that it has beside UDP. */
  readonly ports: Readonly<Partial<Record<'tcp' | 'tls' | 'https', number>>>;
  /** The queries that were sent to it since it started. */
  sent(): Promise<Sent>;
  stop(): Promise<void>;
}

/** What the servers need that are not the project's own. */
export interface Place {
  /** A folder with the zone in `dev.zone`. */
  readonly folder: string;
  /** One for DNS, one for TLS, one for HTTPS. */
  readonly ports: readonly [number, number, number];
  readonly authority: Authority;
}

/** Starts a server of another make. */
export type StartServer = (place: Place) => Promise<Server>;

const startNsd: StartServer = ({ folder, ports: [port] }) =>
  start(folder, port, {
    config: `
server:
  ip-address: 127.0.0.1@${port}
  username: ""
  chroot: ""
  zonesdir: "${folder}"
  zonelistfile: "${folder}/zone.list"
  xfrdir: "${folder}"
  xfrdfile: ""
  database: ""
  pidfile: ""
  server-count: 1
  tcp-count: 200
  tcp-query-count: 0
  rrl-ratelimit: 0
remote-control:
  control-enable: yes
  control-interface: "${folder}/control"
zone:
  name: "dev"
  zonefile: "dev.zone"
`,
    command: ['nsd', '-d', '-c'],
    ready: /nsd started/,
    count: (config) => ['nsd-control', '-c', config, 'stats_noreset'],
    counter: /^num\.queries=(\d+)/gm,
  });

const startKnot: StartServer = ({ folder, ports: [port] }) =>
  start(folder, port, {
    config: `
server:
    rundir: "${folder}"
    listen: 127.0.0.1@${port}
    udp-workers: 1
    tcp-workers: 1
control:
    listen: "${folder}/control"
database:
    storage: "${folder}"
log:
  - target: stdout
    any: info
template:
  - id: default
    global-module: mod-stats
zone:
  - domain: dev
    storage: "${folder}"
    file: dev.zone
`,
    command: ['knotd', '-c'],
    ready: /(?=.*\[dev\.\] loaded).*server started/s,
    count: () => ['knotc', '-s', `${folder}/control`, 'stats', 'mod-stats.request-protocol'],
    counter: /\[(?:udp|tcp)4\] = (\d+)/g,
  });

const startUnbound: StartServer = async ({ folder, ports: [port, tls, https], authority }) => {
  const { certFile, keyFile } = await authority.issue();
  const server = await start(folder, port, {
    config: `
server:
  interface: 127.0.0.1@${port}
  interface: 127.0.0.1@${tls}
  interface: 127.0.0.1@${https}
  tls-port: ${tls}
  https-port: ${https}
  tls-service-pem: "${certFile}"
  tls-service-key: "${keyFile}"
  incoming-num-tcp: 200
  username: ""
  chroot: ""
  directory: "${folder}"
  pidfile: ""
  use-syslog: no
  do-daemonize: no
  num-threads: 1
  module-config: "iterator"
remote-control:
  control-enable: yes
  control-interface: "${folder}/control"
  control-use-cert: no
auth-zone:
  name: "dev."
  zonefile: "${folder}/dev.zone"
  for-downstream: yes
  for-upstream: no
`,
    command: ['unbound', '-d', '-c'],
    ready: /start of service/,
    count: (config) => ['unbound-control', '-c', config, 'stats_noreset'],
    counter: /^total\.num\.queries=(\d+)/gm,
  });
  return { ...server, ports: { tcp: port, tls, https } };
};

/** The servers of other makes, by the program that has to be installed. */
export const foreignServers = { nsd: startNsd, knotd: startKnot, unbound: startUnbound } as const;

interface Make {
  readonly config: string;
  /** Goes before the path of the configuration. */
  readonly command: readonly string[];
  readonly ready: RegExp;
  /** Prints how many queries it got; all matches of `counter` add up. */
  count(configFile: string): readonly string[];
  readonly counter: RegExp;
}

async function start(folder: string, port: number, make: Make): Promise<Server> {
  const configFile = join(folder, `${make.command[0]}.conf`);
  await writeFile(configFile, make.config);
  const { stop } = await startDaemon([...make.command, configFile], make.ready);
  const [file = '', ...args] = make.count(configFile);
  return {
    port,
    ports: { tcp: port },
    async sent() {
      const { stdout } = await promisify(execFile)(file, args, { env: environment });
      const counts = Array.from(stdout.matchAll(make.counter), ([, count]) => Number(count));
      return { received: counts.reduce((sum, count) => sum + count, 0), dropped: await droppedAt(port) };
    },
    stop,
  };
}

/** The datagrams that found no room in the buffers of a port's sockets. */
export async function droppedAt(port: number): Promise<number> {
  const place = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = (await readFile('/proc/net/udp', 'utf8')).split('\n').map((row) => row.trim().split(/\s+/));
  return rows.filter((row) => row[1] === place).reduce((sum, row) => sum + Number(row.at(-1)), 0);
}

/** Stops the server when it has been used, however that ends. */
export async function serving(
  starting: Promise<Server>,
  use: (server: Server) => Promise<void>,
): Promise<void> {
  const server = await starting;
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}
