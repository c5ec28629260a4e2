import type { Query, Transport } from '../transport.js';

/** Wraps a stream transport so that it is opened at its first query. An unused one takes hardly any memory. */
export function lazily<Q extends Query>(open: () => Transport<Q>): Transport<Q> {
  let transport: Transport<Q> | undefined;
  let isClosed = false;
  return {
    kind: 'stream',
    capacity: (needsStream) => transport?.capacity(needsStream) ?? Number.POSITIVE_INFINITY,
    ask(query) {
      if (isClosed) return;
      transport ??= open();
      transport.ask(query);
    },
    suspect: (query, sentAt) => transport?.suspect(query, sentAt),
    forget(query) {
      transport?.forget(query);
    },
    close() {
      isClosed = true;
      transport?.close();
    },
  };
}
