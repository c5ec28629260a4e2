import type { ProbeResult, Registration } from '../probe/result.js';
import type { ControlledLookUp } from './controlled.js';
import type { LookUpResult } from './look-up.js';
import { findRegistrable } from './registrable.js';
import type { Failure } from './registry-answer.js';
import { reservationNotes } from './reservations.js';

/** Which names the registries are asked about: absent and unknown ones, or live and taken ones, too. */
export type Scope = 'unanswered' | 'all';

/** Confirms a result: asks the registry about a name in the scope. Returns other results unchanged. */
export type Confirm = (result: ProbeResult) => Promise<ProbeResult>;

/** Whether the registry is asked about a name. */
export const isInScope = ({ status }: ProbeResult, scope: Scope): boolean =>
  scope === 'all' || status === 'absent' || status === 'unknown';

/**
 * Creates a `Confirm` that asks by this look-up. A name that is live or taken remains so, whatever the registry says: the
 * DNS has shown that it exists.
 */
export function createConfirm(lookUp: ControlledLookUp, scope: Scope = 'unanswered'): Confirm {
  return async (result) => {
    if (!isInScope(result, scope)) return result;
    const registrable = findRegistrable(result.name);
    if ('unregistrable' in registrable) return withReason(result, registrable.unregistrable);
    if ('problem' in registrable) return unconfirmed(result, registrable.problem);
    const { name } = registrable;
    const found = await lookUp(name, result);
    if ('failure' in found) return unconfirmed(withEvidence(result, found.url, found.failure), found.failure);
    const { status, evidence, notes, registration } = conclude(found, name);
    const confirmed = withEvidence(result, found.url, evidence);
    const isBelow = name !== result.name && status === 'taken';
    if (existsInDns(result)) {
      return isBelow ? confirmed : remaining({ ...confirmed, ...registration }, status, notes);
    }
    // The owner of a registered name decides about the names below it, so the registry knows nothing of them.
    if (isBelow) return withReason(confirmed, about(name, found.registered, notes));
    return { ...confirmed, ...registration, status, reason: notes.join(', ') || undefined };
  };
}

/** What an answer means for its name. */
interface Conclusion {
  readonly status: 'taken' | 'unregistered';
  /** The answer in a word or two. */
  readonly evidence: string;
  /** What the reason says. */
  readonly notes: readonly string[];
  readonly registration?: Registration | undefined;
}

function conclude(found: Exclude<LookUpResult, Failure>, name: string): Conclusion {
  const unofficial = found.official === false ? ['according to a server that IANA does not list'] : [];
  if (found.registered) {
    const { registration, state } = found;
    const notes = ['registered', ...(state === undefined ? [] : [state]), ...unofficial];
    return { status: 'taken', evidence: 'registered', notes, registration };
  }
  if (found.withheld !== undefined) {
    const notes = [`its registry says: ${found.withheld}`, ...unofficial];
    return { status: 'taken', evidence: found.withheld, notes };
  }
  const words = found.words === undefined ? [] : [`its registry says: ${found.words}`];
  const notes = [...words, ...reservationNotes(name, found.url), ...unofficial];
  return { status: 'unregistered', evidence: 'not registered', notes };
}

const existsInDns = ({ status }: ProbeResult): boolean => status === 'live' || status === 'taken';

/** Says of the name above what its registry says. */
const about = (above: string, isRegistered: boolean, notes: readonly string[]): string =>
  `${isRegistered ? `${above} is` : `about ${above},`} ${notes.join(', ')}`;

/** The result of a name that exists. That it is registered need not be said. */
function remaining(result: ProbeResult, status: Conclusion['status'], notes: readonly string[]): ProbeResult {
  if (status === 'unregistered') return withReason(result, 'its registry has no registration of it');
  const news = notes.filter((note) => note !== 'registered');
  return news.length > 0 ? withReason(result, news.join(', ')) : result;
}

const unconfirmed = (result: ProbeResult, failure: string): ProbeResult =>
  withReason(result, `could not be confirmed: ${failure}`);

const withEvidence = (result: ProbeResult, url: string | undefined, evidence: string): ProbeResult => ({
  ...result,
  evidence: url === undefined ? result.evidence : [...result.evidence, `${url}: ${evidence}`],
});

/** Adds to the reason of a result what it does not say yet. */
function withReason(result: ProbeResult, reason: string): ProbeResult {
  if (result.reason?.includes(reason)) return result;
  return { ...result, reason: result.reason ? `${result.reason}; ${reason}` : reason };
}
