import { openTrial, type TrialPlan } from './auto-trial.js';
import { openTcp, overTcp } from './tcp.js';
import type { Endpoint, Query, Settled, Transport } from './transport.js';
import { openUdp } from './udp.js';

/**
 * Opens a transport over UDP or TCP, whichever is faster with this server. A few queries go over UDP; if there are
 * many, the two are compared first. A query that fails over TCP is sent again over UDP, so that the comparison costs
 * no answer.
 */
export function openAuto<Q extends Query>(
  endpoint: Endpoint,
  timeout: number,
  settled: Settled<Q>,
  plan?: TrialPlan,
): Transport<Q> {
  /** The queries sent over TCP in the trial that have no outcome yet. */
  const onTrial = new Set<Q>();

  const trial = openTrial(() => {
    const stalled = [...onTrial];
    onTrial.clear();
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
    onTrial.delete(query);
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
    keepsTime: false,
    get reliable() {
      return currentTransport().reliable;
    },
    ask(query) {
      if (trial.running && trial.current === 'tcp') onTrial.add(query);
      currentTransport().ask(query);
    },
    forget(query) {
      onTrial.delete(query);
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
