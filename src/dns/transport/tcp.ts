import { openStreamTransport } from './connection/stream.js';
import type { Endpoint, Query, Transport, TransportContext } from './transport.js';

/** The endpoint of the same server over TCP instead of UDP. */
export const overTcp = (endpoint: Endpoint): Endpoint => ({
  ...endpoint,
  url: endpoint.url.replace('udp:', 'tcp:'),
});

/** Opens a transport over TCP (RFC 7766). */
export const openTcp = <Q extends Query>(endpoint: Endpoint, context: TransportContext<Q>): Transport<Q> =>
  openStreamTransport(endpoint, context, (events) =>
    context.platform.sockets.connectStream(endpoint.address, endpoint.port, events),
  );
