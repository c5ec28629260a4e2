import type { ProbeResult } from './result.js';

/**
 * The states that explain why a registered name is absent from the DNS (RFC 8056 section 2), the most telling first: while a
 * name is in its redemption period or being restored, it has the state `pending delete` as well (RFC 3915 section 3.1).
 */
export const notableStates = [
  'redemption period',
  'pending restore',
  'pending delete',
  'client hold',
  'server hold',
  'pending create',
  'inactive',
] as const;

/** All states of a registration that results tell apart. */
export const registrationStates = ['unregistered', 'registered', ...notableStates] as const;

export type RegistrationState = (typeof registrationStates)[number];

/** How the evidence of a result says that a registry has a registration. */
const registeredEvidence = /^[a-z]+:\/\/\S+: registered$/;

/** Returns the state of the registration; undefined if no registry has told it. */
export function registrationStateOf(result: ProbeResult): RegistrationState | undefined {
  const { status, statuses = [], registrar, created, expires, evidence } = result;
  if (status === 'unregistered') return 'unregistered';
  const state = notableStates.find((notable) => statuses.includes(notable));
  if (state !== undefined) return state;
  const isRegistered =
    statuses.length > 0 ||
    [registrar, created, expires].some((detail) => detail !== undefined) ||
    evidence.some((phrase) => registeredEvidence.test(phrase));
  return isRegistered ? 'registered' : undefined;
}
