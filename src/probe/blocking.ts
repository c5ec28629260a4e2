import type { Ask } from '../dns/resolver/resolver.js';
import { isAboutBlocking } from '../dns/wire/extended-errors.js';
import { askAgain } from './asking-again.js';
import { blocked, hasNullAddress, isUnspecified } from './suspicion.js';
import { doubt, type Finding, withEvidence } from './verdict.js';

/**
 * Asks a server again about a name for which its reply is suspicious: with EDNS, it may say that it blocks the name (RFC 8914
 * sections 4.16 to 4.18).
 *
 * @param finding what is known so far.
 * @param server the URL of the server that is asked.
 * @returns the finding from the second reply if that is not suspicious; otherwise the first one, with the server's explanation if it
 * gave one.
 */
export async function askAboutBlocking(
  name: string,
  finding: Finding,
  server: string,
  ask: Ask,
): Promise<Finding> {
  const { found, outcome } = await askAgain(name, { hasEdns: true }, server, ask);
  const tries = finding.tries + found.tries;
  const errors = 'reply' in outcome ? outcome.reply.extendedErrors : outcome.extendedErrors;
  const error = errors?.find(isAboutBlocking);
  if (error) {
    const suspicion = blocked(finding.server, error.meaning);
    return { ...withEvidence(finding, [error.meaning]), suspicion, tries };
  }
  const isClear = 'reply' in outcome && found.suspicion === undefined;
  if (!isClear) return { ...finding, tries };
  if (!found.isAuthoritative) return { ...found, tries };
  // A server may also be authoritative for the name itself.
  const nameServers = await ask({ name, type: 'NS' }, { only: server, tries: 1, isSuspect: true });
  const isOwnZone = 'reply' in nameServers.outcome && nameServers.outcome.reply.nameServers === true;
  const isAuthoritative = isOwnZone ? undefined : true;
  return { ...found, isAuthoritative, tries: tries + nameServers.tries };
}

/**
 * Whether another server has given the same null address, which is not believed from one server alone. 0.0.0.0 and :: do not count,
 * since every server that blocks names may give them.
 */
export const isShared = (finding: Finding, others: readonly Finding[]): boolean =>
  hasNullAddress(finding) &&
  finding.addresses.some(
    (address) => !isUnspecified(address) && others.some(({ addresses }) => addresses.includes(address)),
  );

/** Turns a suspicious finding for which there is no better one into `unknown`, which keeps its addresses. */
export const asBlocked = (finding: Finding): Finding => ({
  ...doubt(finding, finding.suspicion ?? ''),
  addresses: finding.addresses,
  failure: 'blocked',
});
