import type { Endpoint, OpenTransport, Query, Settled, Transport } from '../transport.js';

/**
 * Loads the module of a reliable transport only when the transport is opened, so that a run without it starts sooner.
 *
 * @param load imports the module, and returns its function that opens a transport.
 */
export const onDemand =
  (load: () => Promise<OpenTransport>): OpenTransport =>
  <Q extends Query>(endpoint: Endpoint, timeout: number, settled: Settled<Q>): Transport<Q> => {
    let transport: Transport<Q> | undefined;
    let closed = false;
    const waiting = new Set<Q>();
    void load().then((open) => {
      if (closed) return;
      transport = open(endpoint, timeout, settled);
      for (const query of waiting) transport.ask(query);
      waiting.clear();
    });
    return {
      reliable: true,
      keepsTime: false,
      ask(query) {
        query.reliable = true;
        if (transport) transport.ask(query);
        else waiting.add(query);
      },
      forget(query) {
        waiting.delete(query);
        transport?.forget(query);
      },
      close() {
        closed = true;
        transport?.close();
      },
    };
  };
