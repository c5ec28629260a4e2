import type { ProbeResult, Registration } from '../probe/result.js';
import type { LookUp } from './look-up.js';
import { findRegistrable } from './registrable.js';
import type { KnownAnswer } from './registry-answer.js';
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
export function createConfirm(lookUp: LookUp, scope: Scope = 'unanswered'): Confirm {
  return async (result) => {
    if (!isInScope(result, scope)) return result;
    const registrable = findRegistrable(result.name);
    if ('unregistrable' in registrable) return withReason(result, registrable.unregistrable);
    if ('problem' in registrable) return unconfirmed(result, registrable.problem, undefined);
    const { name } = registrable;
    const found = await lookUp(name);
    if ('failure' in found) return unconfirmed(result, found.failure, found.url);
    const finding = describe(found, name, found.url);
    const notes = found.official === false ? [...finding.notes, unofficial] : finding.notes;
    const evidence = [...result.evidence, `${found.url}: ${finding.evidence}`];
    if (name !== result.name && finding.status === 'taken')
      return belowRegistered({ ...result, evidence }, finding.isOf(name, notes));
    const known = { ...result, ...finding.registration, evidence };
    return existsInDns(result)
      ? remaining(known, finding.status, notes)
      : changed(known, finding.status, notes);
  };
}

const unofficial = 'according to a server that IANA does not list';

/** What an answer means for its name. */
interface Finding {
  readonly status: 'taken' | 'unregistered';
  /** What the reason says. */
  readonly notes: readonly string[];
  /** The answer in a word or two. */
  readonly evidence: string;
  readonly registration: Registration | undefined;
  /** Says the same of the name, as the reason of a name below it. */
  isOf(name: string, notes: readonly string[]): string;
}

function describe(answer: KnownAnswer, name: string, url: string | undefined): Finding {
  if (answer.registered) {
    return {
      status: 'taken',
      notes: answer.state === undefined ? ['registered'] : ['registered', answer.state],
      evidence: 'registered',
      registration: answer.registration,
      isOf: (above, notes) => `${above} is ${notes.join(', ')}`,
    };
  }
  const { withheld } = answer;
  const isOf = (above: string, notes: readonly string[]) => `about ${above}, ${notes.join(', ')}`;
  return withheld === undefined
    ? {
        ...{ status: 'unregistered', evidence: 'not registered', registration: undefined, isOf },
        notes: reservationNotes(name, url),
      }
    : {
        ...{ status: 'taken', evidence: withheld, registration: undefined, isOf },
        notes: [`its registry says: ${withheld}`],
      };
}

const existsInDns = ({ status }: ProbeResult): boolean => status === 'live' || status === 'taken';

/** The result of a name that the DNS does not show to exist: the registry decides. */
const changed = (result: ProbeResult, status: Finding['status'], notes: readonly string[]): ProbeResult => ({
  ...result,
  status,
  reason: notes.length > 0 ? notes.join(', ') : undefined,
});

/** The result of a name that exists. That it is registered need not be said. */
function remaining(result: ProbeResult, status: Finding['status'], notes: readonly string[]): ProbeResult {
  if (status === 'unregistered') return withReason(result, 'its registry has no registration of it');
  const [first = '', ...others] = notes;
  const news = first === 'registered' ? others : [first, ...others];
  return news.length > 0 ? withReason(result, news.join(', ')) : result;
}

/** Its owner decides about the names below a registered name, so the registry knows nothing of them. */
const belowRegistered = (result: ProbeResult, registration: string): ProbeResult =>
  existsInDns(result) ? result : withReason(result, registration);

function unconfirmed(result: ProbeResult, failure: string, url: string | undefined): ProbeResult {
  const evidence = url === undefined ? result.evidence : [...result.evidence, `${url}: ${failure}`];
  return withReason({ ...result, evidence }, `could not be confirmed: ${failure}`);
}

/** Adds to the reason of a result what it does not say yet. */
function withReason(result: ProbeResult, reason: string): ProbeResult {
  if (result.reason?.includes(reason)) return result;
  return { ...result, reason: result.reason ? `${result.reason}; ${reason}` : reason };
}
