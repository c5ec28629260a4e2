import { openTcp, overTcp } from './tcp.js';
import type { Query, Server, Settled, Transport } from './transport.js';
import { openUdp } from './udp.js';

/** Replies until the trials, in which connections are made and code is warmed up, and replies of a trial. */
const beforeTrial = 2000;
const trial = 2000;
/** A trial over TCP that takes so many times as long as the one over UDP is broken off. */
const patience = 4;

/** Answers and when they came: how long each trial took. */
interface Trial {
  replies: number;
  startedAt: number;
  took: number;
}

/**
 * Asks over UDP, and, where there are many names, over TCP for a while: from then on by what was faster with
 * this server. What fails over TCP is asked over UDP, so that the trial costs no name.
 */
export function openAuto<Q extends Query>(
  server: Server,
  timeout: number,
  settled: Settled<Q>,
): Transport<Q> {
  const udpTrial: Trial = { replies: 0, startedAt: 0, took: 0 };
  const tcpTrial: Trial = { replies: 0, startedAt: 0, took: 0 };
  const udp = openUdp<Q>({ ...server, scheme: 'udp' }, timeout, (query, outcome) => {
    if (!decided && 'reply' in outcome) count(udpTrial);
    settled(query, outcome);
  });
  const tcp = openTcp<Q>(overTcp(server), timeout, (query, outcome) => {
    if ('failure' in outcome) {
      decide(udp);
      udp.ask(query);
      return;
    }
    if (!decided) count(tcpTrial);
    settled(query, outcome);
  });
  let current = udp;
  let decided = false;

  const choose = (transport: Transport<Q>) => {
    current = transport;
    self.reliable = transport.reliable;
  };

  const decide = (transport: Transport<Q>) => {
    choose(transport);
    decided = true;
  };

  const count = (part: Trial) => {
    part.replies++;
    if (part.replies === beforeTrial) part.startedAt = performance.now();
    else if (part.replies === beforeTrial + trial) part.took = performance.now() - part.startedAt;
  };

  const proceed = () => {
    if (udpTrial.took > 0 && current === udp) {
      choose(tcp);
      tcpTrial.startedAt = performance.now();
    } else if (tcpTrial.took > 0) {
      decide(tcpTrial.took < udpTrial.took ? tcp : udp);
    } else if (
      current === tcp &&
      performance.now() - tcpTrial.startedAt > patience * udpTrial.took + timeout
    ) {
      decide(udp);
    }
  };

  const self = {
    keepsTime: false,
    reliable: udp.reliable,
    ask(query: Q) {
      if (!decided) proceed();
      current.ask(query);
    },
    forget(query: Q) {
      udp.forget(query);
      tcp.forget(query);
    },
    close() {
      udp.close();
      tcp.close();
    },
  };
  return self;
}
