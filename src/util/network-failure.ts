const unreachable = 'cannot reach';
const notPermitted = 'not permitted to ask';
const notFound = 'cannot find an address for';
const reset = 'connection reset by';
const otherHost = 'certificate for another host at';
const unknownIssuer = 'certificate from an unknown issuer at';
const noTls = 'no TLS at';
const timedOut = 'no answer in time from';

/** Each description is followed by the name of the peer. */
const descriptions: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing is listening at',
  ECONNRESET: reset,
  ECONNABORTED: reset,
  EPIPE: reset,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  EADDRNOTAVAIL: unreachable,
  ETIMEDOUT: 'no connection to',
  EPERM: notPermitted,
  EACCES: notPermitted,
  ENOTFOUND: notFound,
  EAI_AGAIN: notFound,
  CERT_HAS_EXPIRED: 'expired certificate at',
  CERT_NOT_YET_VALID: 'certificate that is not valid yet at',
  ERR_TLS_CERT_ALTNAME_INVALID: otherHost,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownIssuer,
  SELF_SIGNED_CERT_IN_CHAIN: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownIssuer,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownIssuer,
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: 'no DNS at',
  EPROTO: noTls,
  UND_ERR_CONNECT_TIMEOUT: 'no connection to',
  UND_ERR_HEADERS_TIMEOUT: timedOut,
  UND_ERR_BODY_TIMEOUT: timedOut,
};

/** Descriptions of families of codes, for codes that have no description of their own. */
const families: readonly (readonly [prefix: string, description: string])[] = [
  ['CERT_', 'invalid certificate at'],
  ['ERR_SSL_', noTls],
  // undici, the HTTP client of `fetch`.
  ['UND_ERR_', 'connection closed by'],
  // llhttp, Node's HTTP parser.
  ['HPE_', 'invalid HTTP from'],
  // zlib.
  ['Z_', 'invalid compression from'],
];

/**
 * Describes a network error in plain words.
 *
 * @param peer the server, or its name.
 * @returns a phrase that ends with the peer, such as "connection reset by tcp://192.0.2.1".
 */
export function describeNetworkError(
  { code = '', message }: Pick<NodeJS.ErrnoException, 'code' | 'message'>,
  peer: string | { readonly url: string },
): string {
  const family = families.find(([prefix]) => code.startsWith(prefix));
  const description = descriptions[code] ?? family?.[1] ?? `${code || message} at`;
  return `${description} ${typeof peer === 'string' ? peer : peer.url}`;
}

/** Whether this error broke an open connection, so that a new connection may work. */
export function isConnectionLoss({ code = '' }: NodeJS.ErrnoException): boolean {
  return code === 'ECONNRESET' || code === 'EPIPE' || code.startsWith('ERR_HTTP2_');
}

const transientCodes = /^(?:EAI_AGAIN|ECONN\w+|E\w+UNREACH|EPIPE|ETIMEDOUT|UND_ERR_\w+)$/;

/**
 * Whether a request that failed with this error may succeed if it is sent again. An error without a code counts
 * as transient.
 */
export function isTransientError({ code }: NodeJS.ErrnoException): boolean {
  return code === undefined || transientCodes.test(code);
}
