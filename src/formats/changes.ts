import type { Change, Reported } from './format.js';

/** A change, and what stands before it to tell what has changed; empty if its words tell that. */
export interface Step extends Change {
  readonly label: string;
}

type Changed = Pick<Reported, 'status' | 'was' | 'changes'>;

/** Returns all changes of a result: of the status, of the registration and of its expiry. */
export const stepsOf = (result: Changed): readonly Step[] => [
  ...(result.was === undefined ? [] : [{ label: '', was: result.was, is: result.status }]),
  ...registrationStepsOf(result),
];

/** Describes all changes of a result, each as `absent -> live` or `expires 2026-12-24 -> 2027-12-24`. */
export const describeChanges = (result: Changed): readonly string[] => stepsOf(result).map(describe);

/** Describes the changes of the registration. */
export const describeRegistrationChanges = (result: Changed): readonly string[] =>
  registrationStepsOf(result).map(describe);

const registrationStepsOf = ({ changes: { registration, expires } = {} }: Changed): readonly Step[] => [
  ...(registration ? [{ label: '', ...registration }] : []),
  ...(expires ? [{ label: 'expires ', ...expires }] : []),
];

const describe = ({ label, was, is }: Step): string => `${label}${was} -> ${is}`;
