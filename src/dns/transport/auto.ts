import { openTcp, overTcp } from './tcp.js';
import type { Query, Server, Settled, Transport } from './transport.js';
import { openUdp } from './udp.js';

/** A part of the trial: replies before the clock runs, while code warms up, and replies on the clock. */
interface Round {
  readonly untimed: number;
  readonly timed: number;
}

/** Over UDP, over TCP, and over UDP again. */
const rounds: readonly Round[] = [
  { untimed: 1000, timed: 1000 },
  { untimed: 4000, timed: 8000 },
  { untimed: 4000, timed: 8000 },
];
/**
 * A name costs twice as much processor time over UDP as over TCP: only where over TCP about half of the time is
 * processor time, or less, can UDP be the faster one.
 */
const busy = 0.65;
/** TCP that takes so many times as long as UDP to warm up, and a second more, is given up. */
const patience = 4;

/**
 * Asks over UDP, and, where there are many names, over TCP for a while: from then on by what was faster with
 * this server. What fails over TCP is asked over UDP, so that the trial costs no name.
 */
export function openAuto<Q extends Query>(
  server: Server,
  timeout: number,
  settled: Settled<Q>,
): Transport<Q> {
  const udp = openUdp<Q>({ ...server, scheme: 'udp' }, timeout, (query, outcome) => {
    if (!decided && 'reply' in outcome) count(udp);
    settled(query, outcome);
  });
  const tcp = openTcp<Q>(overTcp(server), timeout, (query, outcome) => {
    if ('failure' in outcome) {
      onTrial.delete(query);
      decide(udp);
      udp.ask(query);
      return;
    }
    if (!decided) {
      onTrial.delete(query);
      count(tcp);
    }
    settled(query, outcome);
  });
  /** What is in flight over TCP while it is on trial. */
  const onTrial = new Set<Q>();
  let current = udp;
  let round = 0;
  let replies = 0;
  let startedAt = 0;
  let processorBefore = process.cpuUsage();
  /** Milliseconds that a reply took in the last round over UDP or TCP. */
  let took = 0;
  let decided = false;
  let givingUp: NodeJS.Timeout | undefined;

  const choose = (transport: Transport<Q>) => {
    current = transport;
    self.reliable = transport.reliable;
    replies = 0;
    clearTimeout(givingUp);
  };

  const decide = (transport: Transport<Q>) => {
    decided = true;
    onTrial.clear();
    choose(transport);
  };

  /** Asks over UDP at once what may never be answered over TCP. */
  const giveUp = () => {
    const stuck = [...onTrial];
    decide(udp);
    for (const query of stuck) {
      tcp.forget(query);
      udp.ask(query);
    }
  };

  const count = (transport: Transport<Q>) => {
    const part = rounds[round];
    if (transport !== current || part === undefined) return;
    replies++;
    if (replies === part.untimed) {
      clearTimeout(givingUp);
      startedAt = performance.now();
      processorBefore = process.cpuUsage();
    } else if (replies === part.untimed + part.timed) {
      endRound((performance.now() - startedAt) / part.timed);
    }
  };

  const endRound = (tookNow: number) => {
    const tookBefore = took;
    took = tookNow;
    round++;
    const next = rounds[round];
    if (next === undefined) {
      decide(took < tookBefore ? udp : tcp);
    } else if (current === udp) {
      choose(tcp);
      givingUp = setTimeout(giveUp, patience * took * next.untimed + 1000);
    } else if (busyShare() > busy) {
      decide(tcp);
    } else {
      choose(udp);
    }
  };

  /** The share of the round's time that this process, all its threads together, was at work. */
  const busyShare = () => {
    const { user, system } = process.cpuUsage(processorBefore);
    return (user + system) / 1000 / (performance.now() - startedAt);
  };

  const self = {
    keepsTime: false,
    reliable: udp.reliable,
    ask(query: Q) {
      if (current === tcp && !decided) onTrial.add(query);
      current.ask(query);
    },
    forget(query: Q) {
      onTrial.delete(query);
      udp.forget(query);
      tcp.forget(query);
    },
    close() {
      clearTimeout(givingUp);
      udp.close();
      tcp.close();
    },
  };
  return self;
}
