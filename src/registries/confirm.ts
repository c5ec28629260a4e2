import type { ProbeResult } from '../probe/result.js';
import type { LookUp } from './look-up.js';
import { findRegistrable } from './registrable.js';
import { reservationNotes } from './reservations.js';

/**
 * Confirms a result: asks the registry about a name that is absent from the DNS or unknown. Returns other
 * results unchanged.
 */
export type Confirm = (result: ProbeResult) => Promise<ProbeResult>;

/** Whether a registry may know more about a name than the DNS. */
export const needsConfirmation = ({ status }: ProbeResult): boolean =>
  status === 'absent' || status === 'unknown';

/** Creates a `Confirm` that asks by this look-up. */
export function createConfirm(lookUp: LookUp): Confirm {
  return async (result) => {
    if (!needsConfirmation(result)) return result;
    const registrable = findRegistrable(result.name);
    if ('problem' in registrable) return unconfirmed(result, registrable.problem, undefined);
    const { name } = registrable;
    const found = await lookUp(name);
    if ('failure' in found) return unconfirmed(result, found.failure, found.url);
    const isOfficial = found.official !== false;
    if (!found.registered && found.withheld !== undefined) {
      const word = `its registry says: ${found.withheld}`;
      return name === result.name
        ? confirmed(result, 'taken', [word], found.url, found.withheld)
        : belowRegistered(result, `about ${name}, ${word}`, `${found.url}: ${found.withheld}`);
    }
    if (found.registered) {
      const registered = isOfficial
        ? describeState(found.state)
        : [...describeState(found.state), unofficial];
      return name === result.name
        ? confirmed(result, 'taken', registered, found.url)
        : belowRegistered(result, `${name} is ${registered.join(', ')}`, `${found.url}: registered`);
    }
    const notes = reservationNotes(name, found.url);
    return confirmed(result, 'unregistered', isOfficial ? notes : [...notes, unofficial], found.url);
  };
}

const unofficial = 'according to a server that IANA does not list';

const describeState = (state: string | undefined): string[] =>
  state === undefined ? ['registered'] : ['registered', state];

/** Its owner decides about the names below a registered name, so the registry knows nothing of them. */
function belowRegistered(result: ProbeResult, registration: string, evidence: string): ProbeResult {
  const reason = result.reason ? `${result.reason}; ${registration}` : registration;
  return { ...result, reason, evidence: [...result.evidence, evidence] };
}

function confirmed(
  result: ProbeResult,
  status: 'taken' | 'unregistered',
  reasons: readonly string[],
  url: string | undefined,
  answer: string = status === 'taken' ? 'registered' : 'not registered',
): ProbeResult {
  const evidence = `${url}: ${answer}`;
  const reason = reasons.length > 0 ? reasons.join(', ') : undefined;
  return { ...result, status, reason, evidence: [...result.evidence, evidence] };
}

function unconfirmed(result: ProbeResult, failure: string, url: string | undefined): ProbeResult {
  const reason = `could not be confirmed: ${failure}`;
  const evidence = url === undefined ? result.evidence : [...result.evidence, `${url}: ${failure}`];
  return { ...result, reason: result.reason ? `${result.reason}; ${reason}` : reason, evidence };
}
