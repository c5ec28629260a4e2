import type { Ask } from '../dns/resolver/resolver.js';
import type { Outcome } from '../dns/transport/transport.js';
import type { QueryFlags } from '../dns/wire/query.js';
import { findingOf, joinFindings } from './findings.js';
import type { Finding } from './verdict.js';

/**
 * Asks one server again about a name that it has answered badly, once, and in another way.
 *
 * @param flags how the queries differ from ordinary ones.
 * @param server the URL of the server.
 * @returns what is found now, and the outcome of the A query.
 */
export async function askAgain(
  name: string,
  flags: QueryFlags,
  server: string,
  ask: Ask,
): Promise<{ readonly found: Finding; readonly outcome: Outcome }> {
  const policy = { only: server, tries: 1, isSuspect: true };
  const first = await ask({ name, type: 'A', flags }, policy);
  const found =
    findingOf(name, first) ?? joinFindings(name, first, await ask({ name, type: 'AAAA', flags }, policy));
  return { found, outcome: first.outcome };
}
