import type { Proxies } from './proxies.js';
import { type SendRequest, sendDirectly } from './send-request.js';

/** Returns a function that sends requests through proxies; without any, directly. */
export function requestThrough(proxies: Proxies | undefined): SendRequest {
  if (proxies === undefined) return sendDirectly;
  let created: Promise<SendRequest> | undefined;
  return async (url, init) => {
    // Loaded only if it is used.
    created ??= import('./proxied-request.js').then(({ createProxiedRequest }) =>
      createProxiedRequest(proxies, sendDirectly),
    );
    return (await created)(url, init);
  };
}
