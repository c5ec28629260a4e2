import type { Candidate } from '../../names/candidate.js';
import type { Finding } from '../verdict.js';
import type { Standing } from './standing.js';

/** Whether a name may be one of many that a parent of it answers for. */
export const mayHaveTwin = ({ word }: Candidate, { verdict }: Finding): boolean =>
  verdict.status === 'live' && word.includes('.');

/** Whether a reply denies a name in the name of the root. */
export const isDeniedByRoot = ({ verdict, zone }: Finding): boolean =>
  verdict.status === 'absent' && zone === '';

/** A finding that rests on more queries. */
export const restingOn = (finding: Finding, order: number, ...sentAt: readonly number[]): Finding => ({
  ...finding,
  order: Math.max(finding.order, order),
  firstSentAt: Math.min(finding.firstSentAt, ...sentAt),
  lastSentAt: Math.max(finding.lastSentAt, ...sentAt),
  answeredAt: performance.now(),
});

/** Adds the outcomes of canaries to a finding; one literal, because this happens to nearly every name. */
export const withEvidence = (finding: Finding, { evidence }: Standing): Finding => ({
  verdict: finding.verdict,
  addresses: finding.addresses,
  rcode: finding.rcode,
  server: finding.server,
  sources: finding.sources,
  type: finding.type,
  zone: finding.zone,
  firstSentAt: finding.firstSentAt,
  lastSentAt: finding.lastSentAt,
  answeredAt: finding.answeredAt,
  order: finding.order,
  evidence: finding.evidence.concat(evidence),
  tries: finding.tries,
});
