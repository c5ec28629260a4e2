import type { Status } from '../../src/index.js';

/** The suffix of all names of the soak test. */
export const suffix = 'dev';

/** The name with this index. */
export const nameAt = (index: number): string => `n${index.toString(36)}.${suffix}`;

/** The true status of a name: half of the names are live, a quarter each taken and absent. */
export function truthOf(name: string): Extract<Status, 'live' | 'taken' | 'absent'> {
  const label = /^n([0-9a-z]+)\.dev$/.exec(name)?.[1];
  // A random label of a canary is longer than any index.
  if (label === undefined || label.length > 8) return 'absent';
  const hash = Math.imul(Number.parseInt(label, 36) ^ 0x5bd1e995, 0x9e3779b1) >>> 30;
  return hash < 2 ? 'live' : hash === 2 ? 'taken' : 'absent';
}
