import { createRegistry, type Send } from '../../src/registries/servers/registry.js';
import { createFixedPacing } from '../../src/registries/servers/request-pacing.js';
import { createServers, type Servers } from '../../src/registries/servers/servers.js';

/** Creates a client for a registry that accepts 200 requests a second, and refuses others for a tenth of a second. */
export const createFastRegistry = (longestWait: number, send?: Send) =>
  createRegistry(longestWait, send, createFixedPacing({ requests: 20, seconds: 0.1 }));

/** Creates the servers of such registries. */
export function createFastServers(longestWait: number): Servers {
  const { get, waitingFor } = createServers(longestWait);
  const create = () => createFastRegistry(longestWait);
  return { get: (urls, read, options) => get(urls, read, { create, ...options }), waitingFor };
}
