import { openAuto } from './choice/auto.js';
import { onDemand } from './connection/on-demand.js';
import type { Platform } from './platform.js';
import { openSystem } from './system.js';
import { openTcp } from './tcp.js';
import type { Endpoint, OpenTransport, Query, Transport, TransportContext } from './transport.js';
import { openUdp } from './udp.js';
import { createUdpPool } from './udp-pool.js';

/** A transport, and how users write its servers. */
export interface TransportEntry {
  readonly open: OpenTransport;
  /** Whether it sends over UDP, so that many servers can share sockets. */
  readonly usesUdp?: boolean;
  /** The default port. Without one, the transport takes no address: its only server is written as the scheme alone. */
  readonly port?: number;
  /** Whether servers prove their identity with a certificate, so that they may be given by host name. */
  readonly encrypted?: boolean;
  /** The default path of requests, if they have one. */
  readonly path?: string;
  /**
   * The scheme that its URLs show instead of its own. Only the default transport has one, as users do not write its own
   * scheme.
   */
  readonly shownAs?: string;
}

/**
 * The transports by scheme, with the ports of RFC 1035 section 4.2, RFC 7858 section 3.1 and RFC 9110 section 4.2.2,
 * and the path of the examples in RFC 8484, which public services use.
 */
export const transports = {
  auto: { open: openAuto, usesUdp: true, port: 53, shownAs: 'udp' },
  udp: { open: openUdp, usesUdp: true, port: 53 },
  tcp: { open: openTcp, port: 53 },
  tls: { open: onDemand(async () => (await import('./tls.js')).openTls), port: 853, encrypted: true },
  https: {
    open: onDemand(async () => (await import('./https.js')).openHttps),
    port: 443,
    encrypted: true,
    path: '/dns-query',
  },
  system: { open: openSystem },
} satisfies Record<string, TransportEntry>;

/** The number of servers with UDP sockets of their own; all others share some. */
const ownSockets = 16;

/** Opens the transports of a run. */
export function createOpener(platform: Platform): OpenServer {
  const openShared = createUdpPool(platform);
  let opened = 0;
  return (server, context) => {
    const { open, usesUdp }: TransportEntry = transports[server.scheme];
    const opener = usesUdp && ++opened > ownSockets ? openShared : open;
    return opener(server, context);
  };
}

/** Opens the transport to a server. */
export type OpenServer = <Q extends Query>(server: Server, context: TransportContext<Q>) => Transport<Q>;

/** The scheme of a transport. */
export type Scheme = keyof typeof transports;

/** A name server and the transport that reaches it. */
export interface Server extends Endpoint {
  readonly scheme: Scheme;
}
