import type { Prober } from '../probe/prober.js';
import type { ProbeResult } from '../probe/result.js';
import { commonOutage } from './common-outage.js';

/**
 * Creates a prober that asks a second prober about names for which the first one has no answer.
 *
 * @param openSecond opens the second prober; called when it is first needed.
 * @param isWanted whether the second prober is asked about the name of a result.
 */
export function withSecondOpinion(
  first: Prober,
  openSecond: () => Prober,
  isWanted: (result: ProbeResult) => boolean,
): Prober {
  let second: Prober | undefined;
  let isClosed = false;
  return {
    async probe(candidate, capacityFreed) {
      const result = await first.probe(candidate, capacityFreed);
      if (!isWanted(result) || isClosed) return result;
      second ??= openSecond();
      return joinResults(result, await second.probe(candidate, capacityFreed));
    },
    capacity: () => first.capacity() + (second?.capacity() ?? 0),
    waiting: () => first.waiting() + (second?.waiting() ?? 0),
    waitingFor: () => first.waitingFor() ?? second?.waitingFor(),
    outage: () => commonOutage(second ? [first, second] : [first]),
    reports: first.reports,
    close() {
      isClosed = true;
      first.close();
      second?.close();
    },
  };
}

/** Joins the result of a resolver, which has no answer, with what the servers of the suffix say. */
function joinResults(result: ProbeResult, other: ProbeResult): ProbeResult {
  const evidence = [...result.evidence, ...other.evidence];
  const tries = result.tries + other.tries;
  const ms = Math.round((result.ms + other.ms) * 10) / 10;
  if (other.status === 'unknown') return { ...result, tries, ms, evidence };
  const isLame = result.rcode === 'SERVFAIL' && other.status === 'taken';
  const joined = { ...other, tries, ms, evidence };
  return isLame ? { ...joined, reason: 'delegated, but its name servers do not answer' } : joined;
}
