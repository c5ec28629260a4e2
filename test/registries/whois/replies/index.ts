import { repliesToJ } from './a-to-j.js';
import { repliesFromK } from './k-to-z.js';
import type { Replies } from './shared.js';

/** The replies of each registry, by a suffix that it serves. */
export const replies: Readonly<Record<string, Replies>> = { ...repliesToJ, ...repliesFromK };
