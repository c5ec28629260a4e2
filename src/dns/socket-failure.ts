import type { Server } from './transport.js';

const meanings: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at',
  ECONNRESET: 'connection reset by',
  EHOSTUNREACH: 'no way to reach',
  ENETUNREACH: 'no way to reach',
  EADDRNOTAVAIL: 'no way to reach',
  ETIMEDOUT: 'no connection to',
  EPERM: 'not permitted to ask',
  EACCES: 'not permitted to ask',
};

/** Says in plain words what a socket's error means for its server. */
export function socketFailure(error: NodeJS.ErrnoException, server: Server): string {
  const meaning = meanings[error.code ?? ''];
  return meaning === undefined
    ? `${error.code ?? error.message} at ${server.url}`
    : `${meaning} ${server.url}`;
}
