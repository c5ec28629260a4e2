import type { Endpoint, OnSettled, OpenTransport, Query, Transport } from '../transport.js';

/**
 * Wraps a reliable transport so that its module is loaded only when it is opened: a run without it starts sooner.
 *
 * @param load imports the module, and returns the function in it that opens the transport.
 */
export const onDemand =
  (load: () => Promise<OpenTransport>): OpenTransport =>
  <Q extends Query>(endpoint: Endpoint, timeout: number, settled: OnSettled<Q>): Transport<Q> => {
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
      enforcesTimeout: false,
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
