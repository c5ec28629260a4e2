import type { Answer, Ask, ServerPolicy } from '../dns/resolver/resolver.js';
import type { Candidate } from '../names/candidate.js';
import type { Clock } from '../util/clock.js';
import { askAboutBlocking } from './blocking.js';
import { afterReview, type EarlierRounds, isConclusive } from './earlier-rounds.js';
import { explain, mayBeExplained } from './explanation.js';
import { findingOf, joinFindings } from './findings.js';
import type { ProbeResult } from './result.js';
import { type AskAuthority, joinOpinions, mayKnowMore } from './second-opinion.js';
import { hasNullAddress } from './suspicion.js';
import type { Trust } from './trust/trust.js';
import type { Finding } from './verdict.js';

/** How names are probed. */
export interface Asker {
  readonly ask: Ask;
  readonly clock: Pick<Clock, 'now'>;
  /** Reviews the findings; undefined to believe every reply. */
  readonly trust: Trust | undefined;
  /** Asks the authoritative servers of a name's suffix; undefined if they are not to be asked. */
  readonly authority?: AskAuthority | undefined;
  /** Whether the servers are authoritative for the names, so that they block none. */
  readonly areAuthoritative?: boolean | undefined;
  /** Whether the authority is asked about every name without an answer. */
  readonly isAuthorityChosen?: boolean | undefined;
}

/**
 * Finds out what is known about one name: A records first, AAAA records if the name exists without an A record.
 *
 * @param answered is called when the name has been answered; its result may still have to wait for canaries.
 * @returns the result, with the status `unknown` if there is no trustworthy answer.
 */
export async function probe(candidate: Candidate, asker: Asker, answered?: () => void): Promise<ProbeResult> {
  const { name } = candidate;
  const { ask, trust, clock, authority } = asker;
  const suffix = trust?.open(candidate);
  let earlier: EarlierRounds | undefined;
  let startedAt: number | undefined;
  let tries = 0;
  for (let round = 1; ; round++) {
    if (suffix?.recovery) await suffix.recovery;
    trust?.begin();
    const policy = earlier ? earlier.policy : suffix?.policy;
    const answer = await ask({ name, type: 'A' }, policy);
    startedAt ??= clock.now() - answer.ms;
    const first = findingOf(name, answer);
    // Most names need only this question, and a call of an async function costs memory for each name.
    const isEnough = first && first.suspicion === undefined && !mayBeExplained(first.rcode);
    const finding = isEnough ? first : await askFurther(name, answer, asker, policy);
    trust?.end();
    answered?.();
    const isLate = clock.now() - startedAt > longestProbe;
    const reached = isLate ? Number.POSITIVE_INFINITY : round;
    const isReviewed = trust && suffix && finding.suspicion === undefined;
    let latest = finding;
    let reviewed = isReviewed
      ? await trust.review(candidate, suffix, finding, reached, earlier?.claim)
      : finding;
    if (isReviewed && 'verdict' in reviewed && reviewed.suspicion !== undefined) {
      // Only the review shows that the denial does not look like the others of the server.
      latest = await askAboutBlocking(name, reviewed, answer.asked, ask);
      const isClear = latest.suspicion === undefined;
      reviewed = isClear ? await trust.review(candidate, suffix, latest, reached, earlier?.claim) : latest;
    }
    tries += ('verdict' in reviewed ? reviewed : latest).tries;
    const next = earlier || !isConclusive(reviewed) ? afterReview(reviewed, suffix, earlier) : reviewed;
    if (!('verdict' in next)) {
      earlier = next;
      continue;
    }
    const result = toResult(candidate, next, tries, clock.now() - startedAt);
    if (authority === undefined || result.status !== 'unknown') return result;
    if (!asker.isAuthorityChosen && !mayKnowMore(name, next, suffix)) return result;
    return joinOpinions(result, await authority(candidate, answered), next.addresses);
  }
}

/** Milliseconds after which a name is not asked for again. */
const longestProbe = 60_000;

/** Asks for AAAA records if the name exists without an A record, and for the reason if the server fails. */
async function askFurther(
  name: string,
  answer: Answer,
  { ask, areAuthoritative }: Asker,
  policy: ServerPolicy | undefined,
): Promise<Finding> {
  const { asked } = answer;
  const finding =
    findingOf(name, answer) ??
    joinFindings(name, answer, await ask({ name, type: 'AAAA' }, { ...policy, first: asked }));
  if (areAuthoritative && hasNullAddress(finding)) return { ...finding, suspicion: undefined };
  if (finding.suspicion !== undefined) return askAboutBlocking(name, finding, asked, ask);
  return mayBeExplained(finding.rcode) ? explain(name, finding, asked, ask) : finding;
}

/** Makes the result. The literals are written out: spreading objects takes a third more processor time a name. */
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
  // For the compiler: only `unknown` always has a reason.
  if (status === 'unknown') {
    return { name, unicode, word, tld, status, reason, addresses, rcode, server, tries, ms, evidence };
  }
  return { name, unicode, word, tld, status, reason, addresses, rcode, server, tries, ms, evidence };
}
