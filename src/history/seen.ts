import type { Change, Recorded, RegistrationChanges } from '../formats/format.js';
import {
  type RegistrationState,
  registrationStateOf,
  registrationStates,
} from '../probe/registration-state.js';
import { type Status, statuses } from '../probe/result.js';

/** The parts of a result that are remembered, to compare the next result of its name with them. */
export interface Seen {
  readonly status: Status;
  /** The state of its registration; undefined if no registry has told it. */
  readonly registration: RegistrationState | undefined;
  /** The day on which the registration expires, as `2026-12-24`; undefined if that is not known. */
  readonly expires: string | undefined;
}

/** Returns what is remembered of a result. */
export function seenIn(result: Recorded): Seen {
  const { status, lastKnown, expires, lastRegistration } = result;
  const day = expires ?? lastRegistration?.expires;
  return {
    status: lastKnown ?? status,
    registration:
      registrationStateOf(result) ?? registrationStates.find((state) => state === lastRegistration?.state),
    expires: day === undefined ? undefined : dayOf(day),
  };
}

/** Adds to what has been seen now what was known before, and is not contradicted: an answer may be missing for once. */
export function completed(now: Seen, before: Seen | undefined): Seen {
  if (before === undefined || now.registration === 'unregistered') return now;
  return {
    status: isSilentOn(before, now) ? before.status : now.status,
    registration: now.registration ?? before.registration,
    expires: now.expires ?? before.expires,
  };
}

/** Whether there is no answer, or only the DNS has answered where a registry had told the status before. */
function isSilentOn(before: Seen, now: Seen): boolean {
  if (now.status === 'unknown') return true;
  const isUnconfirmed = now.status === 'absent' && now.registration === undefined;
  const wasConfirmed = before.status === 'taken' || before.status === 'unregistered';
  return isUnconfirmed && wasConfirmed && before.registration !== undefined;
}

/** Adds to a result what was known before and it does not tell. */
export function recalled(result: Recorded, before: Seen | undefined): Recorded {
  const now = seenIn(result);
  const { status, registration, expires } = completed(now, before);
  const isTold = now.registration === registration && now.expires === expires;
  return {
    ...result,
    ...(status !== now.status && { lastKnown: status }),
    ...(!isTold && { lastRegistration: { state: registration, expires } }),
  };
}

/** Compares two registrations as far as both are known; returns undefined if nothing has changed. */
export function compareRegistrations(before: Seen, now: Seen): RegistrationChanges | undefined {
  const registration = changeOf(before.registration, now.registration);
  const expires = changeOf(before.expires, now.expires);
  if (!registration && !expires) return undefined;
  return { ...(registration && { registration }), ...(expires && { expires }) };
}

const changeOf = (was: string | undefined, is: string | undefined): Change | undefined =>
  was === undefined || is === undefined || was === is ? undefined : { was, is };

/** Milliseconds. */
const day = 24 * 60 * 60 * 1000;

/** The first time that has a year of five digits. */
const end = Date.UTC(10_000);

/** Returns the day of a time; undefined if it is not valid, or not in the years 1970 to 9999. */
function dayOf(time: string): string | undefined {
  const milliseconds = Date.parse(time);
  return milliseconds >= 0 && milliseconds < end ? dateOf(Math.floor(milliseconds / day)) : undefined;
}

const dateOf = (days: number): string => new Date(days * day).toISOString().slice(0, 'yyyy-mm-dd'.length);

/** The octets of an encoded `Seen`. */
export const seenWidth = 4;

/** More than any index of a status or of a state, plus 1. */
const radix = 16;

/** Encodes what is remembered as a whole number: the status, the state, and the days since 1970; 0 means unknown. */
export function encodeSeen({ status, registration, expires }: Seen): number {
  const days = expires === undefined ? 0 : Date.parse(expires) / day + 1;
  const state = registration === undefined ? 0 : registrationStates.indexOf(registration) + 1;
  return (days * radix + state) * radix + statuses.indexOf(status);
}

/** Decodes what `encodeSeen` has encoded. */
export function decodeSeen(code: number): Seen {
  const days = Math.floor(code / radix ** 2);
  const state = Math.floor(code / radix) % radix;
  return {
    status: statuses[code % radix] ?? 'unknown',
    registration: registrationStates[state - 1],
    expires: days === 0 ? undefined : dateOf(days - 1),
  };
}
