import { isPublicSuffix, mayBePublicSuffix, publicSuffixReason } from '../names/public-suffix.js';
import { explainSpecialUse, specialUseOf } from '../names/special-use.js';
import type { Prober } from '../probe/prober.js';
import type { ProbeResult } from '../probe/result.js';
import { unknownResult } from './unknown-result.js';

/**
 * Creates a prober that knows which names nobody can register. Names of special use (RFC 6761) are never absent, and some
 * of them are not asked for. An absent name that is itself a public suffix has that as its reason.
 */
export function withReservedNames(prober: Prober): Prober {
  return {
    ...prober,
    probe(candidate, capacityFreed) {
      const { name } = candidate;
      const use = specialUseOf(name);
      if (use === undefined) {
        const probed = prober.probe(candidate, capacityFreed);
        return mayBePublicSuffix(name) ? probed.then(explained) : probed;
      }
      const reason = explainSpecialUse(use);
      if (!use.isAsked) return Promise.resolve(unknownResult(candidate, reason));
      return prober.probe(candidate, capacityFreed).then((result) => reserved(result, reason));
    },
  };
}

/** Turns a denial into an unknown result, even one that was not believed because the top-level domain does not exist. */
function reserved(result: ProbeResult, reason: string): ProbeResult {
  const isDenied = result.status === 'absent' || (result.status === 'unknown' && result.rcode === 'NXDOMAIN');
  return isDenied ? { ...result, status: 'unknown', reason } : result;
}

/** Gives an absent name that is a public suffix its reason. */
const explained = (result: ProbeResult): ProbeResult | Promise<ProbeResult> =>
  result.status === 'absent' ? explainedAbsent(result) : result;

async function explainedAbsent(result: Extract<ProbeResult, { status: 'absent' }>): Promise<ProbeResult> {
  if (!(await isPublicSuffix(result.name))) return result;
  return {
    ...result,
    reason: result.reason ? `${result.reason}; ${publicSuffixReason}` : publicSuffixReason,
  };
}
