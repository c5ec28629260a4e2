import type { Answer, Ask, ServerPolicy } from '../dns/resolver/resolver.js';
import type { Candidate } from '../names/candidate.js';
import type { Clock } from '../util/clock.js';
import { askAboutBlocking } from './blocking.js';
import { type Course, goOn, isConclusive } from './course.js';
import { explain, mayBeExplained } from './explanation.js';
import { findingOf, joinFindings } from './findings.js';
import type { ProbeResult } from './result.js';
import { type AskAuthority, joinOpinions, mayKnowMore } from './second-opinion.js';
import { hasNullAddress } from './suspicion.js';
import type { Trust } from './trust/trust.js';
import type { Finding } from './verdict.js';

/** What a name is probed with. */
export interface Asker {
  readonly ask: Ask;
  readonly clock: Pick<Clock, 'now'>;
  /** Reviews the findings; undefined to believe every reply. */
  readonly trust: Trust | undefined;
  /** Asks the authoritative servers of a name's suffix; undefined if they are not to be asked. */
  readonly authority?: AskAuthority | undefined;
  /** Whether the servers are authoritative for the names, so that they block none. */
  readonly areAuthoritative?: boolean | undefined;
  /** Whether the authority is asked about every name without an answer, whatever the reason. */
  readonly isAuthorityChosen?: boolean | undefined;
}

/**
 * Finds out what is known about one name: A records first, AAAA records if the name exists without an A record.
 *
 * @param answered is called when the name has been answered; its result may still have to wait for canaries.
 * @returns the result, with the status `unknown` if there is no trustworthy answer.
 */
export async function probe(candidate: Candidate, asker: Asker, answered?: () => void): Promise<ProbeResult> {
  const { trust, clock, authority } = asker;
  const suffix = trust?.open(candidate);
  let course: Course | undefined;
  let startedAt: number | undefined;
  let tries = 0;
  for (let round = 1; ; round++) {
    if (suffix?.recovery) await suffix.recovery;
    trust?.begin();
    const policy = course ? course.policy : suffix?.policy;
    const answer = await asker.ask({ name: candidate.name, type: 'A' }, policy);
    startedAt ??= clock.now() - answer.ms;
    const first = findingOf(candidate.name, answer);
    // Most names need only this question, and a call of an async function costs memory for each name.
    const isEnough = first && first.suspicion === undefined && !mayBeExplained(first.rcode);
    const finding = isEnough ? first : await askFurther(candidate.name, answer, asker, policy);
    trust?.end();
    answered?.();
    const isLate = clock.now() - startedAt > longestProbe;
    const reached = isLate ? Number.POSITIVE_INFINITY : round;
    const isReviewed = trust && suffix && finding.suspicion === undefined;
    let latest = finding;
    let reviewed = isReviewed
      ? await trust.review(candidate, suffix, finding, reached, course?.claim)
      : finding;
    if (isReviewed && 'verdict' in reviewed && reviewed.suspicion !== undefined) {
      // Only after the review it is known that the denial does not look like the others of the server.
      latest = await askAboutBlocking(candidate.name, reviewed, answer.asked, asker.ask);
      const isClear = latest.suspicion === undefined;
      reviewed = isClear ? await trust.review(candidate, suffix, latest, reached, course?.claim) : latest;
    }
    tries += ('verdict' in reviewed ? reviewed : latest).tries;
    const next = course || !isConclusive(reviewed) ? goOn(reviewed, suffix, course) : reviewed;
    if (!('verdict' in next)) {
      course = next;
      continue;
    }
    const result = toResult(candidate, next, tries, clock.now() - startedAt);
    if (authority === undefined || result.status !== 'unknown') return result;
    if (!asker.isAuthorityChosen && !mayKnowMore(candidate.name, next, suffix)) return result;
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

/** Makes the result. Each literal is written out, because spreading objects costs a third more processor time a name. */
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
  // The compiler wants `unknown` apart: only that status must have a reason.
  if (status === 'unknown') {
    return { name, unicode, word, tld, status, reason, addresses, rcode, server, tries, ms, evidence };
  }
  return { name, unicode, word, tld, status, reason, addresses, rcode, server, tries, ms, evidence };
}
