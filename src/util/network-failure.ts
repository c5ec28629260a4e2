const noWay = 'no way to reach';
const notPermitted = 'not permitted to ask';
const notFound = 'the system finds no address for';
const otherHost = 'certificate for another host at';
const unknownIssuer = 'certificate of an unknown issuer at';
const noTls = 'no TLS at';

const meanings: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at',
  ECONNRESET: 'connection reset by',
  EPIPE: 'connection reset by',
  EHOSTUNREACH: noWay,
  ENETUNREACH: noWay,
  EADDRNOTAVAIL: noWay,
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
};

/** Says in plain words what a socket's error means for its server. */
export function socketFailure(
  { code = '', message }: Pick<NodeJS.ErrnoException, 'code' | 'message'>,
  { url }: { readonly url: string },
): string {
  const meaning = meanings[code] ?? (code.startsWith('ERR_SSL_') ? noTls : undefined);
  return `${meaning ?? `${code || message} at`} ${url}`;
}

/** Whether another connection may fare better than the one that ended by this error. */
export function isLoss({ code = '' }: NodeJS.ErrnoException): boolean {
  return code === 'ECONNRESET' || code === 'EPIPE' || code.startsWith('ERR_HTTP2_');
}
