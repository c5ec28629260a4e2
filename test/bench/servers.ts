import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Authority } from '../helpers/certificate.js';
import { startDaemon } from '../helpers/system/process.js';
import { environment } from './measure.js';
import { droppedAt, processorSecondsOf } from './proc.js';

/** The queries that were sent to a server since it started. */
export interface QueryCounts {
  /** Queries that the server received. */
  readonly received: number;
  /** Queries that were dropped because the buffer of its socket was full. */
  readonly dropped: number;
  /** The most queries that it received in any one second since it was last asked for its counts, if it knows. */
  readonly busiestSecond?: number | undefined;
}

/** A server to be asked, at 127.0.0.1. */
export interface Server {
  readonly port: number;
  /** The ports of its transports other than UDP. */
  readonly ports: Readonly<Partial<Record<'tcp' | 'tls' | 'https', number>>>;
  counts(): Promise<QueryCounts>;
  /** The processor time that it has used. */
  processorSeconds(): Promise<number>;
  stop(): Promise<void>;
}

/** The files and ports for a server. */
export interface ServerSetup {
  /** A folder that contains the zone as `dev.zone`. */
  readonly folder: string;
  /** The ports for DNS, TLS and HTTPS. */
  readonly ports: readonly [number, number, number];
  readonly authority: Authority;
}

/** Starts a foreign server. */
type StartServer = (setup: ServerSetup) => Promise<Server>;

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
    countCommand: (config) => ['nsd-control', '-c', config, 'stats_noreset'],
    count: /^num\.queries=(\d+)/gm,
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
    countCommand: () => ['knotc', '-s', `${folder}/control`, 'stats', 'mod-stats.request-protocol'],
    count: /\[(?:udp|tcp)4\] = (\d+)/g,
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
    countCommand: (config) => ['unbound-control', '-c', config, 'stats_noreset'],
    count: /^total\.num\.queries=(\d+)/gm,
  });
  return { ...server, ports: { tcp: port, tls, https } };
};

/** The functions that start foreign servers, by the program that has to be installed. */
export const foreignServers = { nsd: startNsd, knotd: startKnot, unbound: startUnbound } as const;

/** How to run a program and to count its queries. */
interface Program {
  readonly config: string;
  /** The command, to which the path of the configuration is appended. */
  readonly command: readonly string[];
  /** Matches its output when it listens. */
  readonly ready: RegExp;
  /** Returns the command that prints its counts of queries. */
  countCommand(configFile: string): readonly string[];
  /** Matches these counts, which are added up. */
  readonly count: RegExp;
}

async function start(folder: string, port: number, program: Program): Promise<Server> {
  const configFile = join(folder, `${program.command[0]}.conf`);
  await writeFile(configFile, program.config);
  const { pid, stop } = await startDaemon([...program.command, configFile], program.ready);
  const [file = '', ...args] = program.countCommand(configFile);
  return {
    port,
    ports: { tcp: port },
    async counts() {
      const { stdout } = await promisify(execFile)(file, args, { env: environment });
      const counts = Array.from(stdout.matchAll(program.count), ([, count]) => Number(count));
      return { received: counts.reduce((sum, count) => sum + count, 0), dropped: await droppedAt(port) };
    },
    processorSeconds: () => processorSecondsOf(pid),
    stop,
  };
}

/** Uses a server and stops it, even after an error. */
export async function withServer(
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
