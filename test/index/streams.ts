import { type ProbeResult, probe } from '../../src/index.js';
import { honest, isRandom } from '../helpers/honest.js';
import * as act from '../helpers/name-server.js';
import { one } from '../helpers/resolving.js';
import { serve } from '../helpers/serve.js';

/** Returns all results in the order in which they come. */
export async function collect(results: AsyncIterable<ProbeResult>): Promise<ProbeResult[]> {
  const collected: ProbeResult[] = [];
  for await (const result of results) collected.push(result);
  return collected;
}

/** An endless source of names that tells how many were pulled and whether it was closed. */
export function endless() {
  const source = {
    pulled: 0,
    returned: false,
    *names() {
      try {
        for (;;) yield `x${++source.pulled}.dev`;
      } finally {
        source.returned = true;
      }
    },
  };
  return source;
}

/** Seconds that one try may take in tests that wait for a next try. */
export const timeout = 0.05;

/** Starts a server that leaves every tenth name without a reply. */
export const serveWithSilences = () =>
  serve(honest(({ name }) => (name.endsWith('0.dev') ? act.silent : one)));

/** Starts a server that answers names, and is silent about canaries. */
export const serveWithSilentCanaries = () =>
  serve(({ name }) => (isRandom(name) || !name.includes('.') ? act.silent : one));

/** Waits so long that every query that was sent before would have been sent again, and would have arrived. */
export async function outlastOneTry(server: act.NameServer): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 3 * timeout * 1000));
  await allArrived(server);
}

/** Waits until no name is pulled from a source any more. */
export async function comesToRest(
  source: { readonly pulled: number },
  server: act.NameServer,
): Promise<void> {
  for (let pulled = Number.NaN; pulled !== source.pulled; ) {
    pulled = source.pulled;
    await outlastOneTry(server);
  }
}

/** Counts the queries that the server received, except those of `allArrived`. */
export const countQueries = ({ queries }: act.NameServer): number =>
  queries.filter(({ name }) => name !== 'arrived.dev').length;

/** Waits until the server has received every query that was sent before. */
export async function allArrived({ address }: act.NameServer): Promise<void> {
  await probe('arrived.dev', { servers: [address], canary: false });
}
