import { lazily } from '../connection/lazily.js';
import { openTcp, overTcp } from '../tcp.js';
import type { Endpoint, OnSettled, Query, Transport, TransportContext } from '../transport.js';
import { openUdp } from '../udp.js';
import { runComparison } from './comparison-run.js';
import { compare } from './comparison-steps.js';

/**
 * Opens a transport over UDP or TCP, whichever is faster with this server. It starts with UDP, and compares the two
 * after many queries. If TCP fails or falls silent, UDP is used from then on.
 */
export function openAuto<Q extends Query>(endpoint: Endpoint, context: TransportContext<Q>): Transport<Q> {
  const { clock } = context.platform;
  const comparison = runComparison(compare(), clock);
  let answeredOverTcpAt = Number.NEGATIVE_INFINITY;

  const settledOverUdp: OnSettled<Q> = (query, outcome) => {
    if ('reply' in outcome) comparison.countReply('udp');
    context.settled(query, outcome);
  };
  const settledOverTcp: OnSettled<Q> = (query, outcome) => {
    if ('reply' in outcome) {
      answeredOverTcpAt = clock.now();
      comparison.countReply('tcp');
    } else if (!outcome.hasReplied && !query.needsStream) {
      comparison.end();
      // The query can go over UDP at once. The end of a connection says nothing about how much the server can do over
      // UDP.
      return context.settled(query, { ...outcome, isUnprocessed: true });
    }
    context.settled(query, outcome);
  };
  const tcp = lazily(() => openTcp<Q>(overTcp(endpoint), { ...context, settled: settledOverTcp }));
  const udp = openUdp<Q>(endpoint, { ...context, settled: settledOverUdp }, tcp);

  return {
    get kind() {
      return comparison.current() === 'tcp' ? 'stream' : 'datagram';
    },
    capacity: (needsStream) => (comparison.current() === 'tcp' ? tcp : udp).capacity(needsStream),
    ask: (query) => (comparison.current() === 'tcp' ? tcp : udp).ask(query),
    suspect(query, sentAt) {
      if (query.needsStream) return tcp.suspect(query, sentAt);
      udp.suspect(query, sentAt);
      const silence = tcp.suspect(query, sentAt);
      comparison.countLoss();
      // A query from before this step may have been sent over UDP.
      const isSilent = sentAt >= comparison.startedAt() && answeredOverTcpAt <= sentAt;
      if (comparison.current() === 'tcp' && isSilent) comparison.end();
      return silence;
    },
    forget(query) {
      udp.forget(query);
      tcp.forget(query);
    },
    close() {
      comparison.close();
      udp.close();
      tcp.close();
    },
  };
}
