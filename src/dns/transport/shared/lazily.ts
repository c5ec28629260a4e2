import type { Query, Transport } from '../transport.js';

/** Wraps a transport so that it is opened at the first query: one that is not used costs next to nothing. */
export function lazily<Q extends Query>(open: () => Transport<Q>): Transport<Q> {
  let transport: Transport<Q> | undefined;
  let isClosed = false;
  return {
    get reliable() {
      return transport?.reliable ?? false;
    },
    get enforcesTimeout() {
      return transport?.enforcesTimeout ?? false;
    },
    ask(query) {
      if (isClosed) return;
      transport ??= open();
      transport.ask(query);
    },
    forget(query) {
      transport?.forget(query);
    },
    close() {
      isClosed = true;
      transport?.close();
    },
  };
}
