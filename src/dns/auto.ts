import type { Question } from './query.js';
import { openTcp } from './tcp.js';
import type { OpenTransport, Outcome, Transport } from './transport.js';
import { openUdp } from './udp.js';

/** Replies until the trials, in which connections are made and code is warmed up, and replies of a trial. */
const beforeTrial = 2000;
const trial = 4000;
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
export const openAuto: OpenTransport = (server, timeout) => {
  const url = server.url.replace('udp:', 'tcp:');
  const udp = openUdp({ ...server, scheme: 'udp' }, timeout);
  const tcp = openTcp({ ...server, scheme: 'tcp', url }, timeout);
  const overUdp: Trial = { replies: 0, startedAt: 0, took: 0 };
  const overTcp: Trial = { replies: 0, startedAt: 0, took: 0 };
  let current: Transport = udp;
  let decided = false;

  const decide = (transport: Transport) => {
    current = transport;
    decided = true;
  };

  const count = (part: Trial) => {
    part.replies++;
    if (part.replies === beforeTrial) part.startedAt = performance.now();
    else if (part.replies === beforeTrial + trial) part.took = performance.now() - part.startedAt;
  };

  const proceed = () => {
    if (overUdp.took > 0 && current === udp) {
      current = tcp;
      overTcp.startedAt = performance.now();
    } else if (overTcp.took > 0) {
      decide(overTcp.took < overUdp.took ? tcp : udp);
    }
  };

  const tooSlow = (): boolean =>
    current === tcp && performance.now() - overTcp.startedAt > patience * overUdp.took + timeout;

  const settled = (part: Trial, settle: (outcome: Outcome) => void) => (outcome: Outcome) => {
    if ('reply' in outcome) count(part);
    settle(outcome);
  };

  const askOverTcp = (question: Question, settle: (outcome: Outcome) => void) => {
    let forget = tcp.ask(
      question,
      settled(overTcp, (outcome) => {
        if ('reply' in outcome) {
          settle(outcome);
          return;
        }
        decide(udp);
        forget = udp.ask(question, settle);
      }),
    );
    return () => forget();
  };

  return {
    keepsTime: false,
    get reliable() {
      return current === tcp;
    },
    ask(question, settle) {
      if (!decided) proceed();
      if (!decided && tooSlow()) decide(udp);
      return current === tcp
        ? askOverTcp(question, settle)
        : udp.ask(question, decided ? settle : settled(overUdp, settle));
    },
    close() {
      udp.close();
      tcp.close();
    },
  };
};
