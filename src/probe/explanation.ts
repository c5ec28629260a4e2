import type { Ask, Route } from '../dns/resolver/resolver.js';
import { isAboutDnssec } from '../dns/wire/extended-errors.js';
import { findingOf, joinFindings } from './findings.js';
import { type Finding, unknown } from './verdict.js';

/**
 * Finds out why a server has failed to answer for a name (SERVFAIL): with EDNS it may say so (RFC 8914). If it may be because
 * of signatures, the server is asked once more without checking them (RFC 4035 section 3.2.2).
 *
 * @param finding what is known so far.
 * @param server the URL of the server that is asked.
 * @returns the answer to one of these queries, or the same finding with the explanation.
 */
export async function explain(name: string, finding: Finding, server: string, ask: Ask): Promise<Finding> {
  const route = { first: server, tries: 1 };
  const answer = await ask({ name, type: 'A', flags: { hasEdns: true } }, route);
  const { outcome } = answer;
  const tries = finding.tries + answer.tries;
  // A server that has come back, or that needs EDNS.
  if ('reply' in outcome) return { ...(findingOf(name, answer, finding.order) ?? finding), tries };
  const [error] = outcome.extendedErrors ?? [];
  if (error === undefined || isAboutDnssec(error)) {
    const unchecked = await askUnchecked(name, finding, route, ask);
    if (unchecked) return { ...unchecked, tries: tries + unchecked.tries };
  }
  if (error === undefined || finding.verdict.status !== 'unknown') return { ...finding, tries };
  const { reason } = finding.verdict;
  const verdict = unknown(`${reason}: ${error.meaning}`);
  return { ...finding, verdict, tries, evidence: [...finding.evidence, error.meaning] };
}

/** Asks without the check of signatures. What exists only then is bogus, but it exists; a denial proves nothing. */
async function askUnchecked(
  name: string,
  { order }: Finding,
  route: Route,
  ask: Ask,
): Promise<Finding | undefined> {
  const flags = { hasEdns: true, isCheckingDisabled: true } as const;
  const askFor = (type: 'A' | 'AAAA') => ask({ name, type, flags }, route);
  const first = await askFor('A');
  const finding = findingOf(name, first, order) ?? joinFindings(name, first, await askFor('AAAA'), order);
  const { status } = finding.verdict;
  if (status !== 'live' && status !== 'taken') return undefined;
  return { ...finding, evidence: [...finding.evidence, 'DNSSEC bogus'] };
}
