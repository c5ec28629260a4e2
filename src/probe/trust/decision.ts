import { gradeOf, type Standing, type Trouble } from './standing.js';

/** What becomes of a finding that is not believed as it is. */
export type Decision =
  /** The name is asked for at another server. */
  | 'elsewhere'
  /** Other servers are heard first. */
  | 'wait'
  /** The server is tested again, until it is right or has had enough tries. */
  | 'recover'
  /** The name servers of the name decide, as any name under the suffix is answered. */
  | 'name servers'
  /** No server is left that could know. */
  | 'unknown';

/** The servers under one suffix, as far as a decision depends on them. */
export interface Others {
  /** The standings of all servers that have been asked, the one that is decided about included. */
  readonly standings: readonly Standing[];
  /** Whether a server is still to be heard. */
  readonly areSomeUnheard: boolean;
  /** Whether there are so many servers that a small minority is taken to be wrong. */
  readonly areMany: boolean;
  /** Whether the suffix is known to exist, whatever servers say. */
  readonly isListed: boolean;
  /** Whether it is meant for private networks, so that servers may differ about it. */
  readonly isPrivate: boolean;
}

/**
 * Decides what becomes of a finding with which there is a trouble.
 *
 * @param tries how often a server that has changed its mind is tested.
 */
export function decide(standing: Standing, trouble: Trouble, others: Others, tries: number): Decision {
  const { standings, areSomeUnheard } = others;
  const dispute = trouble === 'denied' ? disputeOf(others) : undefined;
  if (dispute) return mayBeMomentary(dispute.denier) ? 'wait' : 'unknown';
  const isWildcard = !standings.some(({ epoch }) => epoch.wasRight);
  const isBetter = standings.some((other) => other !== standing && isBetterThan(trouble, other, isWildcard));
  if (isBetter) return 'elsewhere';
  if (areSomeUnheard) return 'wait';
  // If a server denies the suffix, the suffix itself may be made up.
  if (trouble === 'wildcard') return disputeOf(others) ? 'unknown' : 'name servers';
  return trouble === 'changed' && standing.epoch.wrong < tries ? 'recover' : 'unknown';
}

/** Whether a server may have denied a suffix only for a moment: it is being tested once more. */
const mayBeMomentary = ({ schedule, epoch }: Standing): boolean =>
  schedule.inFlight > 0 && epoch.taken < enoughTests;

/**
 * Whether a server is better than one with a trouble: it has the suffix, and does not have the same trouble.
 *
 * @param isWildcard whether any name under the suffix may be answered, as no server has ever denied a random one.
 */
function isBetterThan(trouble: Trouble, other: Standing, isWildcard: boolean): boolean {
  const grade = gradeOf(other);
  if (grade === 'good') return true;
  if (trouble === 'wildcard') return other.epoch.wasRight;
  if (trouble === 'denied' || trouble === 'no suffix') return hasSuffix(other);
  return grade === 'wildcard' && isWildcard;
}

/** Whether a server has the suffix, whatever it says about random names. */
const hasSuffix = (standing: Standing): boolean =>
  standing.epoch.shown.suffix === 'exists' && gradeOf(standing) !== 'changed';

/** The number of witnesses that show that a server always denies a suffix. */
const enoughTests = 3;

/** A dispute among many servers is settled if those that have the suffix are more than this many times those that deny it. */
const majority = 4;

/** Two servers that know the root, of which one denies a suffix that the other one has. */
export interface Dispute {
  readonly denier: Standing;
  readonly other: Standing;
}

/**
 * Finds a dispute between servers; undefined if there is none, or if the list or a large majority settles it. Those that know the
 * suffix of a private network are right.
 */
export function disputeOf({
  standings,
  areMany,
  isListed,
  isPrivate,
}: Omit<Others, 'areSomeUnheard'>): Dispute | undefined {
  if (isListed || isPrivate) return undefined;
  const knowing = standings.filter(({ server }) => server.knowsRoot === true);
  const deniers = knowing.filter((standing) => gradeOf(standing) === 'denying');
  const others = knowing.filter(hasSuffix);
  const [denier, other] = [deniers[0], others[0]];
  const isMinority = areMany && deniers.length * majority < others.length;
  return denier && other && !isMinority ? { denier, other } : undefined;
}

/** Describes how a server lies about a suffix for which another server is honest; undefined if it does not lie. */
export function lieOf(
  standing: Standing,
  { areMany, isListed, isPrivate }: Omit<Others, 'standings' | 'areSomeUnheard'>,
): string | undefined {
  const { server, suffixName } = standing;
  const grade = gradeOf(standing);
  if (grade === 'wildcard') return `answers for names under .${suffixName} that do not exist`;
  if (grade !== 'denying' || isPrivate || server.lastRight !== undefined) return undefined;
  if (server.knowsRoot === false) return `denies .${suffixName} and the root`;
  // A server that does not say whether it knows the root cannot deny a suffix; one that has not been asked may know the root.
  const isOutvoted = server.knowsRoot ? areMany || isListed : server.rootFailure !== undefined;
  return isOutvoted ? `denies .${suffixName}, which the others have` : undefined;
}
