import { join } from 'node:path';
import type { Certificate } from '../certificate.js';
import { type ForeignServer, type Location, startServer } from './foreign-server.js';
import { zones } from './zones.js';

export type { ForeignServer } from './foreign-server.js';

/** How to run nsd. */
export interface NsdOptions extends Location {
  /** The text of the zone `dev`. */
  readonly zone?: string;
  /** A line of its configuration that limits its service. */
  readonly limit?: string;
}

/** Starts nsd, an authoritative server, with the zones `dev` and the root. */
export const startNsd = ({
  zone = zones.dev,
  limit = '',
  ...location
}: NsdOptions = {}): Promise<ForeignServer> =>
  startServer(location, {
    command: ['nsd', '-d', '-c'],
    ready: /nsd started/,
    files: { ...zones, dev: zone },
    configure: ({ host, port, folder }) => `
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
  # Otherwise it drops queries that come too fast.
  rrl-ratelimit: 0
  ${limit}
remote-control:
  control-enable: no
zone:
  name: "dev"
  zonefile: "dev"
zone:
  name: "."
  zonefile: "root"
`,
  });

/** Starts knot, another authoritative server, with the zone `dev`. */
export const startKnot = (zone: string, location: Location = {}): Promise<ForeignServer> =>
  startServer(location, {
    command: ['knotd', '-c'],
    // The two come in any order.
    ready: /(?=.*\[dev\.\] loaded).*server started/s,
    files: { dev: zone },
    configure: ({ host, port, folder }) => `
server:
    rundir: "${folder}"
    listen: ${host}@${port}
    udp-workers: 1
    tcp-workers: 1
control:
    listen: "${join(folder, 'control')}"
database:
    storage: "${folder}"
log:
  - target: stdout
    any: info
zone:
  - domain: dev
    storage: "${folder}"
    file: dev
`,
  });

const unbound = {
  command: ['unbound', '-d', '-c'],
  ready: /start of service/,
} as const;

const unboundOptions = (folder: string) => `
remote-control:
  control-enable: no
server:
  username: ""
  chroot: ""
  directory: "${folder}"
  pidfile: ""
  use-syslog: no
  do-daemonize: no
  num-threads: 1
  # Otherwise two servers that choose the same port by chance share it.
  so-reuseport: no
  # Leaves out the validator, because the zones are not signed.
  module-config: "iterator"
`;

/** How to run unbound. */
export interface UnboundOptions extends Location {
  /** Names that it blocks, each with the type of a local zone, such as `always_null`. */
  readonly blocked?: Readonly<Record<string, string>>;
  /** The records of a policy zone. */
  readonly policy?: string;
}

/** Starts unbound, a resolver, with the name server at a loopback port as the root of the DNS. */
export const startUnbound = (
  rootPort: number,
  { blocked = {}, policy = '', ...location }: UnboundOptions = {},
): Promise<ForeignServer> =>
  startServer(location, {
    ...unbound,
    files: {
      policy: `$ORIGIN policy.example.\n$TTL 60\n@ SOA ns x 1 3600 600 86400 60\n@ NS ns\n${policy}\n`,
    },
    configure: ({ host, port, folder }) => `${unboundOptions(folder)}
  interface: ${host}@${port}
  outgoing-interface: 127.0.0.1
  do-not-query-localhost: no
  ${policy && 'module-config: "respip iterator"'}
${Object.entries(blocked)
  .map(([name, type]) => `  local-zone: "${name}." ${type}`)
  .join('\n')}
${policy && `rpz:\n  name: "policy.example."\n  zonefile: "${join(folder, 'policy')}"`}
stub-zone:
  name: "."
  stub-addr: 127.0.0.1@${rootPort}
# The NS records of the zone have no port: without this, they lead to port 53.
stub-zone:
  name: "dev"
  stub-addr: 127.0.0.1@${rootPort}
`,
  });

/** A server that also answers over TLS and HTTPS. */
export interface SecureServer extends ForeignServer {
  readonly tlsPort: number;
  readonly httpsPort: number;
}

/** Starts unbound as the authoritative server of the zone `dev`, with a certificate. */
export async function startSecureUnbound(zone: string, certificate: Certificate): Promise<SecureServer> {
  const started = await startServer(
    {},
    {
      ...unbound,
      files: { dev: zone },
      morePorts: 2,
      configure: ({ host, port, morePorts: [tlsPort, httpsPort], folder }) => `${unboundOptions(folder)}
  interface: ${host}@${port}
  interface: ${host}@${tlsPort}
  interface: ${host}@${httpsPort}
  tls-port: ${tlsPort}
  https-port: ${httpsPort}
  tls-service-pem: "${certificate.certFile}"
  tls-service-key: "${certificate.keyFile}"
auth-zone:
  name: "dev."
  zonefile: "${join(folder, 'dev')}"
  for-downstream: yes
  for-upstream: no
`,
    },
  );
  const [tlsPort = 0, httpsPort = 0] = started.morePorts;
  return { port: started.port, tlsPort, httpsPort, stop: started.stop };
}
