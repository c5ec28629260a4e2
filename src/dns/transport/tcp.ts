import { connect } from 'node:net';
import { openStream } from './stream.js';
import type { OpenTransport, Server } from './transport.js';

/** The same server as one that is asked over TCP. */
export const overTcp = (server: Server): Server => ({
  ...server,
  scheme: 'tcp',
  url: server.url.replace('udp:', 'tcp:'),
});

/** Asks over TCP (RFC 7766). */
export const openTcp: OpenTransport = (server, timeout, settled) =>
  openStream(server, timeout, settled, () =>
    connect({ host: server.address, port: server.port, noDelay: true }),
  );
