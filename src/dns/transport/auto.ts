import { openTrial, type TrialPlan } from './auto-trial.js';
import { openTcp, overTcp } from './tcp.js';
import type { Endpoint, OnSettled, Query, Transport } from './transport.js';
import { openUdp } from './udp.js';

/**
 * Opens a transport over UDP or TCP, whichever is faster with this server. It starts with UDP, and compares the two once
 * there have been many queries. A query that fails over TCP is sent again over UDP, so the comparison never costs an
 * answer.
 */
export function openAuto<Q extends Query>(
  endpoint: Endpoint,
  timeout: number,
  settled: OnSettled<Q>,
  plan?: TrialPlan,
): Transport<Q> {
  /** The queries that the trial has sent over TCP and that have no outcome yet. */
  const trialQueries = new Set<Q>();

  const trial = openTrial(() => {
    const stalled = [...trialQueries];
    trialQueries.clear();
    for (const query of stalled) {
      tcp.forget(query);
      udp.ask(query);
    }
  }, plan);

  const udp = openUdp<Q>(endpoint, timeout, (query, outcome) => {
    if ('reply' in outcome) trial.countReply('udp');
    settled(query, outcome);
  });

  const tcp = openTcp<Q>(overTcp(endpoint), timeout, (query, outcome) => {
    trialQueries.delete(query);
    if ('failure' in outcome) {
      trial.decide('udp');
      udp.ask(query);
      return;
    }
    trial.countReply('tcp');
    settled(query, outcome);
  });

  const currentTransport = () => (trial.current === 'udp' ? udp : tcp);

  return {
    enforcesTimeout: false,
    get reliable() {
      return currentTransport().reliable;
    },
    ask(query) {
      if (trial.running && trial.current === 'tcp') trialQueries.add(query);
      currentTransport().ask(query);
    },
    forget(query) {
      trialQueries.delete(query);
      udp.forget(query);
      tcp.forget(query);
    },
    close() {
      trial.close();
      udp.close();
      tcp.close();
    },
  };
}
