import { connect } from 'node:net';
import { openStreamTransport } from './shared/stream.js';
import type { ConnectedTransport, Endpoint, OnSettled, Query } from './transport.js';

/** The endpoint of the same server over TCP instead of UDP. */
export const overTcp = (endpoint: Endpoint): Endpoint => ({
  ...endpoint,
  url: endpoint.url.replace('udp:', 'tcp:'),
});

/** Opens a transport over TCP (RFC 7766). */
export const openTcp = <Q extends Query>(
  endpoint: Endpoint,
  timeout: number,
  settled: OnSettled<Q>,
): ConnectedTransport<Q> =>
  openStreamTransport(endpoint, timeout, settled, () =>
    connect({ host: endpoint.address, port: endpoint.port, noDelay: true }),
  );
