import type { Answer, Ask } from '../dns/resolver/resolver.js';
import type { Candidate } from '../names/candidate.js';
import type { ProbeResult } from './result.js';
import type { Trust } from './trust/trust.js';
import { decide, describeReply, type Finding, taken, unknown, withoutAddress } from './verdict.js';

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
    let finding = findingOf(answer, order ?? 0);
    if (finding === undefined) {
      const question = ask({ name, type: 'AAAA' }, { ...route, first: answer.asked });
      const order = suffix ? trust?.asked(suffix) : 0;
      finding = joinFindings(answer, await question, order ?? 0);
    }
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

/** The finding from the A query alone; undefined if the name exists without an A record. */
function findingOf({ outcome, asked, tries, sentAt }: Answer, order: number): Finding | undefined {
  const { server } = outcome;
  if ('failure' in outcome) {
    const { failure, rcode } = outcome;
    const verdict = unknown(failure);
    const common = {
      server,
      type: 'A',
      firstSentAt: sentAt,
      lastSentAt: sentAt,
      answeredAt: 0,
      order,
      tries,
    } as const;
    return { verdict, addresses: [], rcode, sources: [], zone: undefined, evidence: [failure], ...common };
  }
  const { reply } = outcome;
  const verdict = decide(reply);
  if (verdict === undefined) return undefined;
  const { addresses, rcode, zone } = reply;
  const evidence = [describeReply('A', reply)];
  // Written out: a spread would cost processor time for nearly every name.
  return {
    verdict,
    addresses,
    rcode,
    server,
    sources: [asked],
    type: 'A',
    zone,
    firstSentAt: sentAt,
    lastSentAt: sentAt,
    answeredAt: performance.now(),
    order,
    evidence,
    tries,
  };
}

/** The finding from the A query and the AAAA query together. */
function joinFindings(first: Answer, second: Answer, order: number): Finding {
  const { outcome, asked } = second;
  const firstReply = 'reply' in first.outcome ? first.outcome.reply : undefined;
  const rcode = firstReply?.rcode;
  const firstEvidence = firstReply ? describeReply('A', firstReply) : '';
  const common = {
    server: outcome.server,
    type: 'AAAA',
    zone: undefined,
    firstSentAt: Math.min(first.sentAt, second.sentAt),
    lastSentAt: Math.max(first.sentAt, second.sentAt),
    answeredAt: performance.now(),
    order,
    tries: first.tries + second.tries,
  } as const;
  if ('failure' in outcome) {
    const verdict = taken(`no A record, AAAA not answered: ${outcome.failure}`);
    const evidence = [firstEvidence, `AAAA: ${outcome.failure}`];
    return { verdict, addresses: [], rcode, sources: [first.asked], evidence, ...common };
  }
  const { reply } = outcome;
  const sources = asked === first.asked ? [asked] : [first.asked, asked];
  const evidence = [firstEvidence, describeReply('AAAA', reply)];
  const verdict = decide(reply) ?? withoutAddress(reply);
  // The A query has just shown that the name exists.
  return verdict.status === 'absent'
    ? { verdict: taken('no A record, NXDOMAIN for AAAA'), addresses: [], rcode, sources, evidence, ...common }
    : { verdict, addresses: reply.addresses, rcode: reply.rcode, sources, evidence, ...common };
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
