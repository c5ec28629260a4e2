import { openTcp, overTcp } from './tcp.js';
import type { Query, Server, Settled, Transport } from './transport.js';
import { openUdp } from './udp.js';

/** Replies of a round before the clock runs, while code warms up and the last round's replies come in. */
const untimed = 1000;
/**
 * Replies on the clock in each round, over UDP and TCP by turns. The faster round of each counts, as a busy moment of
 * the machine says nothing of the way; the first one is short, as whatever comes first is slow.
 */
const rounds = [1000, 4000, 4000, 4000];
/** UDP is chosen where it is so many times as fast: it takes twice the processor time, and a short trial is rough. */
const margin = 1.2;
/** A round over TCP that takes so many times as long as the one over UDP, and a second more, is broken off. */
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
  /** Milliseconds that a reply took in the faster round of each. */
  const best = new Map<Transport<Q>, number>();
  /** What is asked over TCP before it is known to work. */
  const onTrial = new Set<Q>();
  let current = udp;
  let round = 0;
  let replies = 0;
  let startedAt = 0;
  let decided = false;
  let breakOff: NodeJS.Timeout | undefined;

  const timed = () => rounds[round] ?? 0;

  const choose = (transport: Transport<Q>) => {
    current = transport;
    self.reliable = transport.reliable;
    replies = 0;
    clearTimeout(breakOff);
  };

  const decide = (transport: Transport<Q>) => {
    decided = true;
    choose(transport);
    if (transport === udp) takeBack();
    onTrial.clear();
  };

  /** Asks over UDP at once what may never be answered over TCP. */
  const takeBack = () => {
    for (const query of onTrial) {
      tcp.forget(query);
      udp.ask(query);
    }
  };

  const count = (transport: Transport<Q>) => {
    if (transport !== current) return;
    replies++;
    if (replies === untimed) startedAt = performance.now();
    else if (replies === untimed + timed()) endRound((performance.now() - startedAt) / timed());
  };

  const endRound = (took: number) => {
    best.set(current, Math.min(took, best.get(current) ?? took));
    const [udpTook = 0, tcpTook = 0] = [best.get(udp), best.get(tcp)];
    round++;
    if (round === rounds.length) {
      decide(tcpTook < udpTook * margin ? tcp : udp);
    } else if (current === tcp) {
      choose(udp);
    } else {
      choose(tcp);
      breakOff = setTimeout(decide, patience * udpTook * (untimed + timed()) + 1000, udp);
    }
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
      clearTimeout(breakOff);
      udp.close();
      tcp.close();
    },
  };
  return self;
}
