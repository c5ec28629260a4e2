const unreachable = 'cannot reach';
const notPermitted = 'not permitted to ask';
const notFound = 'cannot find an address for';
const reset = 'connection reset by';
const otherHost = 'certificate for another host at';
const unknownIssuer = 'certificate from an unknown issuer at';
const noTls = 'no TLS at';
const tooManyFiles = 'too many open files to reach';
const noMemory = 'not enough memory to reach';
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
  // A link-local IPv6 address needs the name of a network interface as its zone (RFC 4007 section 6).
  EINVAL: 'wrong or missing network interface in',
  ETIMEDOUT: 'no connection to',
  ENETDOWN: unreachable,
  EHOSTDOWN: unreachable,
  EMFILE: tooManyFiles,
  ENFILE: tooManyFiles,
  ENOBUFS: noMemory,
  ENOMEM: noMemory,
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

/** A kind of error, which says how the next connection to the same peer may fare. */
export type NetworkErrorKind =
  /** An open connection broke: another one may work at once. */
  | 'broken'
  /** There was no connection, for a reason that may pass. */
  | 'unavailable'
  /** The peer does not seem to speak the protocol. A few octets that were damaged on the way look the same. */
  | 'protocol'
  /** The peer's certificate is not trusted. */
  | 'certificate';

const certificateCodes = /^(?:CERT_\w+|ERR_TLS_CERT_\w+|(?:DEPTH_ZERO_)?SELF_SIGNED_CERT\w*|UNABLE_TO_\w+)$/;

/** Tells kinds of network errors apart. */
export function kindOfNetworkError({ code = '' }: NodeJS.ErrnoException): NetworkErrorKind {
  if (code === 'ECONNRESET' || code === 'EPIPE' || code.startsWith('ERR_HTTP2_')) return 'broken';
  if (certificateCodes.test(code)) return 'certificate';
  return code === 'EPROTO' || code.startsWith('ERR_SSL_') ? 'protocol' : 'unavailable';
}

/** Whether the process or the system has run out of descriptors or memory, for which the peer is not to blame. */
export const isExhaustion = ({ code = '' }: NodeJS.ErrnoException): boolean =>
  /^(?:EMFILE|ENFILE|ENOBUFS|ENOMEM)$/.test(code);

const transientCodes = /^(?:EAI_AGAIN|ECONN\w+|E\w+UNREACH|E\w+DOWN|EPIPE|ETIMEDOUT|UND_ERR_\w+)$/;

/**
 * Whether a request that failed with this error may succeed if it is sent again. An error without a code counts
 * as transient.
 */
export function isTransientError(error: NodeJS.ErrnoException): boolean {
  return error.code === undefined || isExhaustion(error) || transientCodes.test(error.code);
}
