import type { Ask } from '../dns/resolver/resolver.js';
import { isAboutBlocking, isAboutDnssec } from '../dns/wire/extended-errors.js';
import { askAgain } from './asking-again.js';
import { type Finding, taken, unknown, withEvidence } from './verdict.js';

/** Whether a server that gives this response code may say why (RFC 8914 section 3). */
export const mayBeExplained = (rcode: string | undefined): boolean =>
  rcode === 'SERVFAIL' || rcode === 'REFUSED';

/**
 * Finds out why a server has failed or refused to answer for a name: asked with EDNS, it may say why (RFC 8914). If signatures may
 * be the reason, it is asked once more without checking them (RFC 4035 section 3.2.2).
 *
 * @param finding what is known so far.
 * @param server the URL of the server that is asked.
 * @returns the answer to one of these queries, or the same finding with the explanation.
 */
export async function explain(name: string, finding: Finding, server: string, ask: Ask): Promise<Finding> {
  const { found, outcome } = await askAgain(name, { hasEdns: true }, server, ask);
  let tries = finding.tries + found.tries;
  // The server works again, or it answers only queries with EDNS.
  if ('reply' in outcome) return { ...found, tries };
  const { extendedErrors = [] } = outcome;
  const [error] = extendedErrors;
  if (error ? isAboutDnssec(error) : finding.rcode === 'SERVFAIL') {
    const flags = { hasEdns: true, isCheckingDisabled: true } as const;
    const { found: unchecked } = await askAgain(name, flags, server, ask);
    tries += unchecked.tries;
    // A name that exists only without the check has bogus signatures, but it exists. A denial without the check proves nothing.
    const { status } = unchecked.verdict;
    if (status === 'live' || status === 'taken')
      return { ...withEvidence(unchecked, ['DNSSEC bogus']), tries };
  }
  const { status, reason } = finding.verdict;
  if (error === undefined || reason === undefined) return { ...finding, tries };
  const explained = `${reason}: ${error.meaning}`;
  // A name that is an alias exists, although the server fails.
  const verdict = status === 'unknown' ? unknown(explained) : taken(explained);
  const failure = extendedErrors.some(isAboutBlocking) ? 'blocked' : finding.failure;
  return { ...withEvidence(finding, [error.meaning]), verdict, tries, failure };
}
