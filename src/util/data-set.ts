/** Data that is collected from elsewhere, and becomes out of date. */
export interface DataSet {
  /** A description, to follow "the". */
  readonly name: string;
  /** The day on which it was current, as `2026-11-22`. */
  readonly day: string;
  /** Whether it has been collected by hand: nobody publishes it in one place. */
  readonly isByHand?: true;
}

/** Returns the data sets that are more than a year old at a time. */
export function oldOnes(sets: readonly DataSet[], now: Date): readonly DataSet[] {
  const limit = new Date(now);
  limit.setUTCFullYear(now.getUTCFullYear() - 1);
  return sets.filter(({ day }) => Date.parse(day) < limit.getTime());
}
