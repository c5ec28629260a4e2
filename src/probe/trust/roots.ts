// The global `performance` is a getter, which costs a lookup at each use.
import { performance } from 'node:perf_hooks';
import { type AskServer, askExistence, type CanaryOutcome } from './canary-query.js';
import type { KnownServer, Standing } from './standing.js';

/** Milliseconds for which what a server says about the root is not asked for again. */
const lifetime = 250;

/** Creates a function that finds out what servers say about the root, where that is not known yet. */
export function createRoots(ask: AskServer): (standings: readonly Standing[]) => Promise<void> {
  const known = new Map<
    KnownServer,
    { readonly askedAt: number; readonly outcome: Promise<CanaryOutcome> }
  >();

  const askRoot = (server: KnownServer): Promise<CanaryOutcome> => {
    const now = performance.now();
    const root = known.get(server);
    if (root && now - root.askedAt < lifetime) return root.outcome;
    const outcome = askExistence({ name: '', type: 'NS' }, server.url, ask);
    known.set(server, { askedAt: now, outcome });
    return outcome;
  };

  return async (standings) => {
    const unknown = standings.filter(({ root }) => root === undefined);
    await Promise.all(
      unknown.map(async (standing) => {
        standing.root = await askRoot(standing.server);
      }),
    );
  };
}
