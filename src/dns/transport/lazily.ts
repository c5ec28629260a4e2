import type { OpenTransport, Query, Server, Settled, Transport } from './transport.js';

/** Puts off loading what a transport is made of until one is opened, so that it costs nothing where none is. */
export const lazily =
  (load: () => Promise<OpenTransport>): OpenTransport =>
  <Q extends Query>(server: Server, timeout: number, settled: Settled<Q>): Transport<Q> => {
    let transport: Transport<Q> | undefined;
    let closed = false;
    const early = new Set<Q>();
    void load().then((open) => {
      if (closed) return;
      transport = open(server, timeout, settled);
      for (const query of early) transport.ask(query);
      early.clear();
    });
    return {
      reliable: true,
      keepsTime: false,
      ask(query) {
        query.reliable = true;
        if (transport) transport.ask(query);
        else early.add(query);
      },
      forget(query) {
        early.delete(query);
        transport?.forget(query);
      },
      close() {
        closed = true;
        transport?.close();
      },
    };
  };
