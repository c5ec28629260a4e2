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
 * @returns the finding from the second reply, if nothing speaks against that one; otherwise the same finding with what the server says.
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
 * Whether an address that is not believed from one server alone has been given by another one, too. Two servers that block names
 * both give 0.0.0.0 or ::, so that is no address of the name.
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
