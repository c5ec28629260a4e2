import type { Status } from '../../src/probe/result.js';

/** The line of a result as blogdom writes it, with its LF. */
export const lineOf = (name: string, status: Status, reason?: string): string =>
  `${JSON.stringify({
    name,
    word: name.split('.')[0],
    tld: 'dev',
    status,
    reason: reason ?? (status === 'unknown' ? 'no reply' : undefined),
    addresses: [],
    tries: 1,
    ms: 2.5,
    evidence: ['A: NOERROR'],
  })}\n`;

/** Never aborts. */
export const { signal } = new AbortController();
