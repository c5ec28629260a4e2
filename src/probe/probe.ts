import type { Answer, Ask, ServerPolicy } from '../dns/resolver/resolver.js';
import type { Candidate } from '../names/candidate.js';
import type { Clock } from '../util/clock.js';
import { explain } from './explanation.js';
import { findingOf, joinFindings } from './findings.js';
import type { ProbeResult } from './result.js';
import type { Suffix } from './trust/suffix.js';
import type { Trust } from './trust/trust.js';
import type { Finding } from './verdict.js';

/** What a name is probed with. */
export interface Asker {
  readonly ask: Ask;
  readonly clock: Pick<Clock, 'now'>;
  /** Reviews the findings; undefined to believe every reply. */
  readonly trust: Trust | undefined;
}

/**
 * Finds out what is known about one name: A records first, AAAA records if the name exists without an A record.
 *
 * @param waits is called when the name has been answered and its result may have to wait for canaries.
 * @returns the result; a name without a trustworthy answer is one with the status `unknown`.
 */
export async function probe(candidate: Candidate, asker: Asker, waits?: () => void): Promise<ProbeResult> {
  const { trust, clock } = asker;
  const suffix = trust?.open(candidate.tld);
  let policy = suffix?.policy;
  let startedAt: number | undefined;
  let tries = 0;
  for (let round = 1; ; round++) {
    if (suffix?.recovery) await suffix.recovery;
    trust?.begin();
    const answer = await asker.ask({ name: candidate.name, type: 'A' }, policy);
    startedAt ??= clock.now() - answer.ms;
    const first = findingOf(candidate.name, answer);
    // Most names need one question: a function that is async costs memory for each.
    const finding =
      first && first.rcode !== 'SERVFAIL' ? first : await askOn(candidate.name, answer, asker, policy);
    trust?.end();
    tries += finding.tries;
    waits?.();
    const reviewed =
      trust && suffix
        ? await trust.review(
            candidate,
            suffix,
            finding,
            isLate(clock.now() - startedAt) ? Number.POSITIVE_INFINITY : round,
          )
        : finding;
    if ('verdict' in reviewed) {
      const all = tries + reviewed.tries - finding.tries;
      return toResult(candidate, reviewed, all, clock.now() - startedAt);
    }
    if (suffix && reviewed.avoid !== undefined) policy = avoiding(suffix, policy, reviewed.avoid);
  }
}

/** Milliseconds after which a name is not asked for again. */
const longest = 60_000;

const isLate = (milliseconds: number): boolean => milliseconds > longest;

/** Avoids one more server, unless none would be left. */
function avoiding(
  { policy, serverCount }: Suffix,
  present: ServerPolicy | undefined,
  server: string,
): ServerPolicy {
  const avoid = new Set(present?.avoid).add(server);
  return avoid.size < serverCount ? { ...policy, avoid } : policy;
}

/** Asks for the other addresses of a name that exists without an A record, and why if the server fails. */
async function askOn(
  name: string,
  answer: Answer,
  { ask }: Asker,
  policy: ServerPolicy | undefined,
): Promise<Finding> {
  const { asked } = answer;
  const finding =
    findingOf(name, answer) ??
    joinFindings(name, answer, await ask({ name, type: 'AAAA' }, { ...policy, first: asked }));
  return finding.rcode === 'SERVFAIL' ? explain(name, finding, asked, ask) : finding;
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
