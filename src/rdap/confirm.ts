import { getDomain } from 'tldts-icann';
import type { ProbeResult } from '../probe/result.js';
import type { LookUp } from './look-up.js';

/**
 * Confirms a result: asks the registry about a name that is absent from the DNS or unknown. Returns other
 * results unchanged.
 */
export type Confirm = (result: ProbeResult) => Promise<ProbeResult>;

/** Labels that many registries reserve. */
const reservedLabels = new Set(['example', 'nic', 'www', 'whois', 'rdap', 'localhost', 'test', 'invalid']);

/** Creates a `Confirm` that uses this look-up. */
export function createConfirm(lookUp: LookUp): Confirm {
  return async (result) => {
    if (result.status !== 'absent' && result.status !== 'unknown') return result;
    const name = getDomain(result.name);
    if (name === null) return unconfirmed(result, 'it is a public suffix', undefined);
    const found = await lookUp(name);
    if ('failure' in found) return unconfirmed(result, found.failure, found.url);
    const notes = found.official === false ? ['according to a server that IANA does not list'] : [];
    return found.registered
      ? confirmed(
          result,
          'taken',
          [describeRegistration(result.name, name, found.state), ...notes],
          found.url,
        )
      : confirmed(result, 'unregistered', [...reservationNotes(name), ...notes], found.url);
  };
}

/** @param registrable the registrable name of `name`, which may be `name` itself. */
function describeRegistration(name: string, registrable: string, state: string | undefined): string {
  const registered = state === undefined ? 'registered' : `registered, ${state}`;
  return name === registrable ? registered : `${registrable} is ${registered}`;
}

function reservationNotes(name: string): string[] {
  const [label = ''] = name.split('.');
  return label.length <= 2 || reservedLabels.has(label) ? ['may be reserved'] : [];
}

function confirmed(
  result: ProbeResult,
  status: 'taken' | 'unregistered',
  reasons: readonly string[],
  url: string | undefined,
): ProbeResult {
  const evidence = `${url}: ${status === 'taken' ? 'registered' : 'not registered'}`;
  const reason = reasons.length > 0 ? reasons.join(', ') : undefined;
  return { ...result, status, reason, evidence: [...result.evidence, evidence] };
}

function unconfirmed(result: ProbeResult, failure: string, url: string | undefined): ProbeResult {
  const reason = `could not be confirmed: ${failure}`;
  const evidence = url === undefined ? result.evidence : [...result.evidence, `${url}: ${failure}`];
  return { ...result, reason: result.reason ? `${result.reason}; ${reason}` : reason, evidence };
}
