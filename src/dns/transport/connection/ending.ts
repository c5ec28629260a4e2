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
  /** The kind of reason, which says how the next connection may fare. */
  readonly kind: NetworkErrorKind;
}

/**
 * Describes why a connection ended.
 *
 * @param error the error; undefined if the server closed the connection.
 * @param wasEstablished whether queries could be sent on it. If so, malformed octets are a fault of the network.
 */
export function endingOf(endpoint: Endpoint, error: Error | undefined, wasEstablished: boolean): Ending {
  if (error === undefined) return { failure: `connection closed by ${endpoint.url}`, kind: 'broken' };
  const kind = kindOfNetworkError(error);
  const failure = describeNetworkError(error, endpoint);
  return { failure, kind: wasEstablished && kind === 'protocol' ? 'broken' : kind };
}
