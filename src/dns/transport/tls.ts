import { isIP } from 'node:net';
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls';
import { openStream } from './stream.js';
import type { Query, Server, Settled, Transport } from './transport.js';

/** Whom to trust. */
export interface TlsOptions {
  /** Certificates of the authorities (PEM) in place of those that Node knows. */
  readonly ca?: string | undefined;
}

/** Asks over TLS (RFC 7858); the certificate is verified. */
export const openTls = <Q extends Query>(
  server: Server,
  timeout: number,
  settled: Settled<Q>,
  options?: TlsOptions,
): Transport<Q> => openStream(server, timeout, settled, () => connectTls(server, 'dot', options));

/**
 * Connects to a server whose certificate must be for its certificate's host, or for its address if it has none.
 *
 * @param protocol its id in TLS's application-layer protocol negotiation (RFC 7301).
 */
export function connectTls(server: Server, protocol: string, { ca }: TlsOptions = {}): TLSSocket {
  const host = server.certificateHost ?? server.address;
  const socket = connect({
    host: server.address,
    port: server.port,
    // An address is no server name (RFC 6066 section 3).
    servername: isIP(host) === 0 ? host : '',
    checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate),
    ALPNProtocols: [protocol],
    ...(ca !== undefined && { ca }),
  });
  return socket.setNoDelay();
}
