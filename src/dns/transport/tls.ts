import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { checkServerIdentity, connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import { withoutZone } from '../../util/ip-address.js';
import { openStreamTransport } from './connection/stream.js';
import { toByteStream } from './sockets.js';
import type { Endpoint, Query, Transport, TransportContext } from './transport.js';

/** Which certificates to trust. */
export interface TlsOptions {
  /** PEM certificates of the authorities to trust instead of those that Node ships with. */
  readonly ca?: string | undefined;
}

/** Opens a transport over TLS (RFC 7858). The server's certificate is verified. */
export const openTls = <Q extends Query>(
  endpoint: Endpoint,
  context: TransportContext<Q>,
  options?: TlsOptions,
): Transport<Q> =>
  openStreamTransport(endpoint, context, (events) =>
    toByteStream(connectTls(endpoint, 'dot', options), 'secureConnect', events),
  );

/**
 * Connects to a server whose certificate must be valid for its certificate host, or for its address if it has none.
 *
 * @param protocol the protocol id to negotiate (ALPN, RFC 7301).
 */
export function connectTls(
  { address, port, certificateHost = withoutZone(address) }: Endpoint,
  protocol: string,
  { ca }: TlsOptions = {},
): TLSSocket {
  const socket = connect({
    host: address,
    port,
    // A server name must not be an IP address (RFC 6066 section 3).
    servername: isIP(certificateHost) === 0 ? certificateHost : '',
    checkServerIdentity: (_name, certificate) => checkHost(certificateHost, certificate),
    ALPNProtocols: [protocol],
    ...(ca !== undefined && { ca }),
  });
  return socket.setNoDelay();
}

/** Returns what is wrong with a certificate. Node's own function throws if its list of names cannot be read. */
function checkHost(host: string, certificate: PeerCertificate): Error | undefined {
  try {
    // Some versions of Node 22 do not find IPv6 addresses in a certificate.
    if (isIP(host) !== 0 && new X509Certificate(certificate.raw).checkIP(host) !== undefined)
      return undefined;
    return checkServerIdentity(host, certificate);
  } catch (error) {
    return error instanceof Error ? error : new Error('unreadable certificate');
  }
}
