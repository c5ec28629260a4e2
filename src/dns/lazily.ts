import type { Forget, OpenTransport, Transport } from './transport.js';

/** Puts off loading what a transport is made of until one is opened, so that it costs nothing where none is. */
export const lazily =
  (load: () => Promise<OpenTransport>): OpenTransport =>
  (server, timeout) => {
    let transport: Transport | undefined;
    let closed = false;
    const loaded = load().then((open) => {
      if (!closed) transport = open(server, timeout);
    });
    return {
      reliable: true,
      keepsTime: false,
      ask(question, settle) {
        if (transport) return transport.ask(question, settle);
        let wanted = true;
        let forget: Forget | undefined;
        void loaded.then(() => {
          if (wanted) forget = transport?.ask(question, settle);
        });
        return () => {
          wanted = false;
          forget?.();
        };
      },
      close() {
        closed = true;
        transport?.close();
      },
    };
  };
