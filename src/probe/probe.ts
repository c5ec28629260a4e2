import type { Answer, Ask } from '../dns/resolver/resolver.js';
import type { Candidate } from '../names/candidate.js';
import type { ProbeResult } from './result.js';
import type { Trust } from './trust.js';
import { decide, describeReply, type Finding, taken, unknown, withoutAddress } from './verdict.js';

/**
 * Finds out what is known about one name: A records first, AAAA records if the name exists without an A record.
 *
 * @param trust reviews the findings; undefined to believe every reply.
 * @returns the result; a name without a trustworthy answer is one with the status `unknown`.
 */
export async function probe(candidate: Candidate, ask: Ask, trust: Trust | undefined): Promise<ProbeResult> {
  const { name, tld } = candidate;
  trust?.start(tld);
  let startedAt: number | undefined;
  let triesBefore = 0;
  for (;;) {
    const answer = await ask({ name, type: 'A' });
    startedAt ??= performance.now() - answer.ms;
    const finding = findingOf(answer) ?? (await askForAAAA(name, answer, ask));
    const reviewed = trust ? await trust.review(candidate, finding, ask) : finding;
    if (reviewed !== 'ask again')
      return toResult(candidate, reviewed, triesBefore + reviewed.tries, performance.now() - startedAt);
    triesBefore += finding.tries;
  }
}

/** The finding from the A query alone; undefined if the name exists without an A record. */
function findingOf({ outcome, asked, tries }: Answer): Finding | undefined {
  const { server } = outcome;
  if ('failure' in outcome) {
    const { failure, rcode } = outcome;
    const verdict = unknown(failure);
    return { verdict, addresses: [], rcode, server, sources: [], evidence: [failure], tries };
  }
  const { reply } = outcome;
  const verdict = decide(reply);
  if (verdict === undefined) return undefined;
  const { addresses, rcode } = reply;
  const evidence = [describeReply('A', reply)];
  return { verdict, addresses, rcode, server, sources: [asked], evidence, tries };
}

async function askForAAAA(name: string, first: Answer, ask: Ask): Promise<Finding> {
  const second = await ask({ name, type: 'AAAA' }, { first: first.asked });
  const tries = first.tries + second.tries;
  const { outcome, asked } = second;
  const { server } = outcome;
  const firstReply = 'reply' in first.outcome ? first.outcome.reply : undefined;
  const rcode = firstReply?.rcode;
  const firstEvidence = firstReply ? describeReply('A', firstReply) : '';
  if ('failure' in outcome) {
    const verdict = taken(`no A record, AAAA not answered: ${outcome.failure}`);
    const evidence = [firstEvidence, `AAAA: ${outcome.failure}`];
    return { verdict, addresses: [], rcode, server, sources: [first.asked], evidence, tries };
  }
  const { reply } = outcome;
  const common = {
    server,
    sources: asked === first.asked ? [asked] : [first.asked, asked],
    evidence: [firstEvidence, describeReply('AAAA', reply)],
    tries,
  };
  const verdict = decide(reply) ?? withoutAddress(reply);
  // The A query has just shown that the name exists.
  return verdict.status === 'absent'
    ? { verdict: taken('no A record, NXDOMAIN for AAAA'), addresses: [], rcode, ...common }
    : { verdict, addresses: reply.addresses, rcode: reply.rcode, ...common };
}

/** Written as one literal for each kind of verdict: spreading objects costs a third more processor time a name. */
function toResult(
  { name, unicode, word, tld }: Candidate,
  finding: Finding,
  tries: number,
  milliseconds: number,
): ProbeResult {
  const { verdict, rcode, server, evidence } = finding;
  const { status, reason } = verdict;
  const addresses = status === 'live' ? finding.addresses : [];
  const ms = Math.round(milliseconds * 10) / 10;
  if (status === 'unknown') {
    return { name, unicode, word, tld, status, reason, addresses, rcode, server, tries, ms, evidence };
  }
  return { name, unicode, word, tld, status, reason, addresses, rcode, server, tries, ms, evidence };
}
