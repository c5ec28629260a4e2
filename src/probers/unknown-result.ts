import type { Candidate } from '../names/candidate.js';
import type { ProbeResult } from '../probe/result.js';

/** The result of a name that no server has been asked about, with the reason. */
export const unknownResult = ({ name, unicode, word, tld }: Candidate, reason: string): ProbeResult => ({
  name,
  unicode,
  word,
  tld,
  status: 'unknown',
  reason,
  addresses: [],
  rcode: undefined,
  server: undefined,
  tries: 0,
  ms: 0,
  evidence: [reason],
});
