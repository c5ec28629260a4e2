import { lazily } from '../connection/lazily.js';
import { openTcp, overTcp } from '../tcp.js';
import type { Endpoint, OnSettled, Query, Transport, TransportContext } from '../transport.js';
import { openUdp } from '../udp.js';
import { compare } from './comparison.js';
import { playRounds } from './rounds.js';

/**
 * Opens a transport over UDP or TCP, whichever is faster with this server. It starts with UDP, and compares the two once
 * there have been many queries. If TCP fails or falls silent, UDP is used from then on.
 */
export function openAuto<Q extends Query>(endpoint: Endpoint, context: TransportContext<Q>): Transport<Q> {
  const { clock } = context.platform;
  const rounds = playRounds(compare(), clock);
  let answeredOverTcpAt = Number.NEGATIVE_INFINITY;

  const settledOverUdp: OnSettled<Q> = (query, outcome) => {
    if ('reply' in outcome) rounds.countReply('udp');
    context.settled(query, outcome);
  };
  const settledOverTcp: OnSettled<Q> = (query, outcome) => {
    if ('reply' in outcome) {
      answeredOverTcpAt = clock.now();
      rounds.countReply('tcp');
    } else if (!outcome.hasReplied && !query.needsStream) {
      rounds.end();
      // It can go over UDP at once, and that a connection fails says nothing about how much the server can do over UDP.
      return context.settled(query, { ...outcome, isUnprocessed: true });
    }
    context.settled(query, outcome);
  };
  const tcp = lazily(() => openTcp<Q>(overTcp(endpoint), { ...context, settled: settledOverTcp }));
  const udp = openUdp<Q>(endpoint, { ...context, settled: settledOverUdp }, tcp);

  return {
    get kind() {
      return rounds.current() === 'tcp' ? 'stream' : 'datagram';
    },
    capacity: (needsStream) => (rounds.current() === 'tcp' ? tcp : udp).capacity(needsStream),
    ask: (query) => (rounds.current() === 'tcp' ? tcp : udp).ask(query),
    suspect(query, sentAt) {
      if (query.needsStream) return tcp.suspect(query, sentAt);
      udp.suspect(query, sentAt);
      const silence = tcp.suspect(query, sentAt);
      rounds.countLoss();
      // A query from before this round may have been sent over UDP.
      const isSilent = sentAt >= rounds.startedAt() && answeredOverTcpAt <= sentAt;
      if (rounds.current() === 'tcp' && isSilent) rounds.end();
      return silence;
    },
    forget(query) {
      udp.forget(query);
      tcp.forget(query);
    },
    close() {
      rounds.close();
      udp.close();
      tcp.close();
    },
  };
}
