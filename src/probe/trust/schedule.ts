/** When witnesses of one server and suffix are due. All times are in milliseconds, on the clock of the platform. */
export interface Schedule {
  /** The number of witnesses asked, and of those without an outcome. */
  asked: number;
  inFlight: number;
  /** Names that have been sent since the last witness was asked. */
  uncovered: number;
  /** The number of findings that wait for a witness, and since when the first of them has waited. */
  waiting: number;
  waitingSince: number;
  /** The number of names that pay for the next witness; while names wait to be sent, a witness costs ten for each canary. */
  credit: number;
}

/** How far a run has come. */
export type Moment =
  /** Names wait to be sent. */
  | 'running'
  /** No name waits to be sent, so these may be the last ones for a while. */
  | 'drained'
  /** All names that were asked for have been answered, and wait for witnesses. */
  | 'idle';

/** Names for each canary: at most one query in ten is a canary. */
const namesPerCanary = 10;
/** The number of canaries in a witness. */
const canaries = 3;
/** The credit for a witness. */
const cost = namesPerCanary * canaries;
/** The number of names that fill an epoch. */
const full = 256;
/** Milliseconds that a finding waits with credit for a witness, and without credit if only slow names are left. */
const wait = 250;
const waitWithoutCredit = 500;

/** Creates a schedule in which the first witness has not been asked. */
export const createSchedule = (): Schedule => ({
  asked: 0,
  inFlight: 0,
  uncovered: 0,
  waiting: 0,
  waitingSince: 0,
  credit: cost,
});

/**
 * Whether a witness is due: before the first name, and when its finding waits; after the last names for now; if nothing else is to
 * come; if an epoch is full; and if a finding has waited for long. An epoch that is full, and a finding that waits, need credit unless all
 * names have been sent.
 */
export function isWitnessDue(schedule: Schedule, moment: Moment, now: number): boolean {
  const { asked, inFlight, uncovered, waiting, waitingSince, credit } = schedule;
  if (asked === 0) return true;
  if (moment === 'drained' && uncovered > 0 && waiting === 0 && (inFlight === 0 || asked === 1)) return true;
  if (uncovered >= full) return credit >= cost;
  if (inFlight > 0 || waiting === 0) return false;
  const waited = now - waitingSince;
  // The first finding does not wait, so that a user sees the first line at once.
  const isLong = asked === 1 || waited >= wait;
  if (moment === 'idle' || (isLong && credit >= cost)) return true;
  return moment === 'drained' && waited >= waitWithoutCredit;
}

/** Records that a name is sent. */
export function recordName(schedule: Schedule): void {
  schedule.uncovered++;
  schedule.credit++;
}

/**
 * Records that a witness is asked.
 *
 * @param isFree whether it takes no credit: the first one, and those that are asked when no name waits to be sent.
 */
export function recordWitness(schedule: Schedule, isFree: boolean): void {
  if (!isFree) schedule.credit -= cost;
  schedule.asked++;
  schedule.inFlight++;
  schedule.uncovered = 0;
}

/** Records that a finding waits. */
export function recordWaiting(schedule: Schedule, now: number): void {
  if (schedule.waiting++ === 0) schedule.waitingSince = now;
}

/**
 * Records that findings have been settled.
 *
 * @param waitingSince since when the first of the others has been waiting.
 */
export function recordSettled(schedule: Schedule, count: number, waitingSince: number): void {
  schedule.waiting -= count;
  schedule.waitingSince = waitingSince;
}
