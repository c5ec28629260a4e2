import {
  describeNetworkError,
  kindOfNetworkError,
  type NetworkErrorKind,
} from '../../../util/network-failure.js';
import type { Endpoint } from '../transport.js';

/** Why a connection ended. */
export interface Ending {
  /** The reason, in words. */
  readonly failure: string;
  /** What the reason says about the next connection. */
  readonly kind: NetworkErrorKind;
}

/**
 * Tells why a connection ended.
 *
 * @param error the error; undefined if the server closed the connection.
 * @param wasEstablished whether queries could be sent on it: then what is wrong with the octets was done to them on the
 *   way.
 */
export function endingOf(endpoint: Endpoint, error: Error | undefined, wasEstablished: boolean): Ending {
  if (error === undefined) return { failure: `connection closed by ${endpoint.url}`, kind: 'broken' };
  const kind = kindOfNetworkError(error);
  const failure = describeNetworkError(error, endpoint);
  return { failure, kind: wasEstablished && kind === 'protocol' ? 'broken' : kind };
}
