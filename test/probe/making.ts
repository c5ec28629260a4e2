import type { Finding } from '../../src/probe/verdict.js';
import { primary } from '../helpers/answers.js';

/** A finding that a name is live, with some changes. */
export const findingWith = (changes: Partial<Finding> = {}): Finding => ({
  verdict: { status: 'live' },
  addresses: ['192.0.2.7'],
  rcode: 'NOERROR',
  server: primary,
  sources: [primary],
  type: 'A',
  zone: undefined,
  first: 1,
  last: 1,
  received: 2,
  evidence: ['A: NOERROR, address'],
  tries: 1,
  ...changes,
});
