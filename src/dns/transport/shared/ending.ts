import type { Duplex } from 'node:stream';
import { describeNetworkError, kindOfNetworkError } from '../../../util/network-failure.js';
import type { Endpoint } from '../transport.js';
import type { Ending } from './connection.js';

/**
 * Creates a function that tells why the connection over a socket ended: it is given the error, if there was one.
 */
export function createEnding(endpoint: Endpoint, socket: Duplex): (error?: Error) => Ending {
  let isSecure = false;
  socket.on('secureConnect', () => {
    isSecure = true;
  });
  return (error) => {
    if (error === undefined) return { failure: `connection closed by ${endpoint.url}`, kind: 'broken' };
    const kind = kindOfNetworkError(error);
    const failure = describeNetworkError(error, endpoint);
    // After the handshake, what is wrong with the octets was done to them on the way.
    return { failure, kind: isSecure && kind === 'protocol' ? 'broken' : kind };
  };
}
