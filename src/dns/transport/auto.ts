import { createResender } from './auto-resender.js';
import { createSampler } from './auto-sampler.js';
import { openTrial, type TrialPlan } from './auto-trial.js';
import { createTcpWatch } from './auto-watch.js';
import { openTcp, overTcp } from './tcp.js';
import type { Endpoint, OnSettled, Query, Transport } from './transport.js';
import { openUdp } from './udp.js';

/** A reply over TCP should come within this many milliseconds and round trips, even if a packet is lost on the way. */
const tcpGrace = 400;
const tcpRoundTrips = 4;

/** The most queries a second that move to UDP: faster, they would overflow the receive buffer of a server. */
const maximumRate = 10_000;

/**
 * Opens a transport over UDP or TCP, whichever is faster with this server. It starts with UDP, and compares the two once
 * there have been many queries, unless some were lost. A query that fails or waits for long over TCP is sent again over
 * UDP, so neither the comparison nor its result costs an answer. If that happens to more than a few, UDP is used from
 * then on.
 */
export function openAuto<Q extends Query>(
  endpoint: Endpoint,
  timeout: number,
  settled: OnSettled<Q>,
  plan?: TrialPlan,
): Transport<Q> {
  const roundTrip = createSampler<Q>();
  const trial = openTrial(() => moveToUdp(tcp.unanswered()), plan);
  const moved = createResender<Q>((query) => {
    udp.forget(query);
    udp.ask(query);
    // It is sent again here until it has an outcome, so the caller need not.
    query.reliable = true;
  });

  const watch = createTcpWatch<Q>(
    () => Math.min(tcpGrace + tcpRoundTrips * roundTrip.shortest(), timeout / 2),
    () => tcp.unanswered(),
    (queries, areTooMany, rate) => {
      if (areTooMany) trial.decide('udp');
      moveToUdp(queries, Math.min(rate || maximumRate, maximumRate));
    },
  );

  const moveToUdp = (queries: readonly Q[], rate = maximumRate) => {
    for (const query of queries) tcp.forget(query);
    moved.add(queries, rate);
  };

  const settledOverUdp: OnSettled<Q> = (query, outcome) => {
    roundTrip.end(query);
    if (!moved.delete(query) && 'reply' in outcome) trial.countReply('udp');
    settled(query, outcome);
  };
  const udp = openUdp<Q>(endpoint, timeout, settledOverUdp, trial.countLateReply);

  const tcp = openTcp<Q>(overTcp(endpoint), timeout, (query, outcome) => {
    watch.countSettled();
    if ('failure' in outcome) {
      trial.decide('udp');
      moved.add([query], maximumRate);
      return;
    }
    trial.countReply('tcp');
    settled(query, outcome);
  });

  return {
    enforcesTimeout: false,
    get reliable() {
      return trial.current === 'tcp';
    },
    ask(query) {
      if (trial.current === 'tcp') {
        watch.start();
        tcp.ask(query);
      } else {
        roundTrip.start(query);
        udp.ask(query);
      }
    },
    forget(query) {
      // Queries that have moved are reliable, too.
      if (!query.reliable) trial.countLoss();
      moved.delete(query);
      udp.forget(query);
      tcp.forget(query);
    },
    close() {
      trial.close();
      watch.stop();
      moved.clear();
      udp.close();
      tcp.close();
    },
  };
}
