import { type Client, createClient } from '../../src/registries/client/client.js';
import { createRegistry, type Send } from '../../src/registries/client/registry.js';
import { createFixedPacing } from '../../src/registries/client/request-pacing.js';

/** Creates a client for a registry that accepts 200 requests a second, and refuses others for a tenth of a second. */
export const createFastRegistry = (longestWait: number, send?: Send) =>
  createRegistry(longestWait, send, createFixedPacing({ requests: 20, seconds: 0.1 }));

/** Creates a client of such registries. */
export function createFastClient(longestWait: number): Client {
  const { get, waitingFor } = createClient(longestWait);
  const create = () => createFastRegistry(longestWait);
  return { get: (urls, read, options) => get(urls, read, { create, ...options }), waitingFor };
}
