import { describeNetworkError } from '../../../util/network-failure.js';
import type { Endpoint, OpenTransport, Query, Transport, TransportContext } from '../transport.js';

/**
 * Wraps a stream transport so that its module is loaded only when it is opened. A run without it starts sooner.
 *
 * @param load imports the module, and returns the function in it that opens the transport.
 */
export const onDemand =
  (load: () => Promise<OpenTransport>): OpenTransport =>
  <Q extends Query>(endpoint: Endpoint, context: TransportContext<Q>): Transport<Q> => {
    let transport: Transport<Q> | undefined;
    let state: 'idle' | 'loading' | 'closed' = 'idle';
    const waiting = new Set<Q>();

    const loaded = (open: OpenTransport) => {
      if (state === 'closed') return;
      transport = open(endpoint, context);
      for (const query of waiting) transport.ask(query);
      waiting.clear();
    };
    // For example, a module cannot be read while the process has no file descriptor left.
    const failed = (error: unknown) => {
      if (state === 'closed') return;
      state = 'idle';
      const reason = error instanceof Error ? error : new Error('no module');
      const failure = describeNetworkError(reason, endpoint);
      for (const query of waiting) context.settled(query, { failure, server: endpoint.url });
      waiting.clear();
    };
    const start = () => {
      state = 'loading';
      load().then(loaded, failed);
    };
    start();

    return {
      kind: 'stream',
      capacity: (needsStream) => transport?.capacity(needsStream) ?? Number.POSITIVE_INFINITY,
      ask(query) {
        if (transport) return transport.ask(query);
        waiting.add(query);
        if (state === 'idle') start();
      },
      suspect: (query, sentAt) => transport?.suspect(query, sentAt),
      forget(query) {
        waiting.delete(query);
        transport?.forget(query);
      },
      close() {
        state = 'closed';
        waiting.clear();
        transport?.close();
      },
    };
  };
