import type { Ask } from '../dns/resolver/resolver.js';
import type { Candidate } from '../names/candidate.js';
import { explain } from './explanation.js';
import { findingOf, joinFindings } from './findings.js';
import type { ProbeResult } from './result.js';
import type { Trust } from './trust/trust.js';
import type { Finding } from './verdict.js';

/**
 * Finds out what is known about one name: A records first, AAAA records if the name exists without an A record.
 *
 * @param trust reviews the findings; undefined to believe every reply.
 * @param onWait is called when the name has been answered and its result may have to wait for canaries.
 * @returns the result; a name without a trustworthy answer is one with the status `unknown`.
 */
export async function probe(
  candidate: Candidate,
  ask: Ask,
  trust?: Trust | undefined,
  onWait?: () => void,
): Promise<ProbeResult> {
  const { name } = candidate;
  const suffix = trust?.open(candidate.tld);
  let route = suffix?.route;
  let startedAt: number | undefined;
  let triesBefore = 0;
  for (let round = 1; ; round++) {
    trust?.begin();
    const question = ask({ name, type: 'A' }, route);
    const order = suffix ? trust?.asked(suffix) : 0;
    const answer = await question;
    startedAt ??= performance.now() - answer.ms;
    let finding = findingOf(name, answer, order ?? 0);
    if (finding === undefined) {
      const question = ask({ name, type: 'AAAA' }, { ...route, first: answer.asked });
      const order = suffix ? trust?.asked(suffix) : 0;
      finding = joinFindings(name, answer, await question, order ?? 0);
    }
    if (finding.rcode === 'SERVFAIL') finding = await explain(name, finding, answer.asked, ask);
    trust?.end();
    if (!trust || !suffix)
      return toResult(candidate, finding, finding.evidence, finding.tries, performance.now() - startedAt);
    let evidence = trust.evidence(candidate, suffix, finding);
    onWait?.();
    while (evidence instanceof Promise) {
      await evidence;
      evidence = trust.evidence(candidate, suffix, finding);
    }
    // In the usual case no other function waits: that would cost time for each name.
    const reviewed = evidence ? finding : await trust.review(candidate, suffix, finding, round, route);
    if ('verdict' in reviewed) {
      const all = evidence ? finding.evidence.concat(evidence) : reviewed.evidence;
      return toResult(candidate, reviewed, all, triesBefore + reviewed.tries, performance.now() - startedAt);
    }
    route = reviewed.route;
    triesBefore += finding.tries;
  }
}

/** Written as one literal for each kind of verdict: spreading objects costs a third more processor time a name. */
function toResult(
  { name, unicode, word, tld }: Candidate,
  finding: Finding,
  evidence: readonly string[],
  tries: number,
  milliseconds: number,
): ProbeResult {
  const { verdict, rcode, server } = finding;
  const { status, reason } = verdict;
  const addresses = status === 'live' ? finding.addresses : [];
  const ms = Math.round(milliseconds * 10) / 10;
  if (status === 'unknown') {
    return { name, unicode, word, tld, status, reason, addresses, rcode, server, tries, ms, evidence };
  }
  return { name, unicode, word, tld, status, reason, addresses, rcode, server, tries, ms, evidence };
}
