import type { Change, Reported } from './format.js';

/** A change, and what has changed. */
export interface LabeledChange extends Change {
  /** The words before the change; empty if those of the change tell enough. */
  readonly label: string;
}

type Changed = Pick<Reported, 'status' | 'was' | 'changes'>;

/** Returns all changes of a result: of the status, of the registration and of its expiry. */
export const changesOf = (result: Changed): readonly LabeledChange[] => [
  ...(result.was === undefined ? [] : [{ label: '', was: result.was, is: result.status }]),
  ...registrationChangesOf(result),
];

/** Describes all changes of a result, each as `absent -> live` or `expires 2026-12-24 -> 2027-12-24`. */
export const describeChanges = (result: Changed): readonly string[] => changesOf(result).map(describe);

/** Describes the changes of the registration. */
export const describeRegistrationChanges = (result: Changed): readonly string[] =>
  registrationChangesOf(result).map(describe);

const registrationChangesOf = ({
  changes: { registration, expires } = {},
}: Changed): readonly LabeledChange[] => [
  ...(registration ? [{ label: '', ...registration }] : []),
  ...(expires ? [{ label: 'expires ', ...expires }] : []),
];

const describe = ({ label, was, is }: LabeledChange): string => `${label}${was} -> ${is}`;
