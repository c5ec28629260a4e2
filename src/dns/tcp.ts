import { connect } from 'node:net';
import { openStream } from './stream.js';
import type { OpenTransport } from './transport.js';

/** Asks over TCP (RFC 7766). */
export const openTcp: OpenTransport = (server, timeout, settled) =>
  openStream(server, timeout, settled, () =>
    connect({ host: server.address, port: server.port, noDelay: true }),
  );
