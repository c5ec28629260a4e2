import { openResolver, type ResolverOptions } from '../dns/resolver/resolver.js';
import { describeForSale, forSaleName, readForSale } from '../probe/for-sale.js';
import type { Prober } from '../probe/prober.js';
import type { ProbeResult } from '../probe/result.js';

/** Creates a prober that also asks for offers to sell names that exist, and adds them to the results (RFC 10023). */
export function withSales(prober: Prober, options: ResolverOptions): Prober {
  const resolver = openResolver(options);
  return {
    ...prober,
    async probe(candidate, capacityFreed) {
      const result = await prober.probe(candidate, capacityFreed);
      if (result.status !== 'live' && result.status !== 'taken') return result;
      const name = forSaleName(result.name);
      if (name === undefined) return result;
      const { outcome, tries } = await resolver.ask({ name, type: 'TXT' });
      const isAnswered = 'reply' in outcome && outcome.reply.rcode !== 'NXDOMAIN';
      const forSale = isAnswered ? readForSale(outcome.reply.texts ?? []) : undefined;
      return forSale ? withOffer(result, forSale, tries) : { ...result, tries: result.tries + tries };
    },
    waitingFor: () => prober.waitingFor() ?? resolver.waitingFor(),
    close() {
      prober.close();
      resolver.close();
    },
  };
}

function withOffer(
  result: Extract<ProbeResult, { status: 'live' | 'taken' }>,
  forSale: NonNullable<ProbeResult['forSale']>,
  tries: number,
): ProbeResult {
  const offer = describeForSale(forSale);
  const reason = result.reason ? `${result.reason}; ${offer}` : offer;
  return { ...result, reason, forSale, tries: result.tries + tries };
}
