import { type Attempt, judge, type Lane, nextLane, openLane, type Route, summary } from './lanes.js';
import type { Question } from './query.js';
import type { Outcome, Server } from './transport.js';

export type { Route } from './lanes.js';

/** Asks questions of several servers until one of them answers. */
export interface Resolver {
  /** Never rejects: that no server answered is an answer, too. */
  ask(question: Question, route?: Route): Promise<Answer>;
  /** Asks a server no more, unless by a route to it alone; false, and without effect, where there is no other. */
  distrust(server: string): boolean;
  /** Frees the sockets; what is in flight is never answered. */
  close(): void;
}

/** What came of a question after all tries. */
export interface Answer {
  readonly outcome: Outcome;
  /** The URL of the server asked last, as it was given: the outcome may have come another way. */
  readonly asked: string;
  /** Queries sent. */
  readonly tries: number;
}

/** How a resolver asks. */
export interface ResolverOptions {
  readonly servers: readonly Server[];
  /** Milliseconds that one try may take. */
  readonly timeout: number;
  /** Queries for one question, to all servers together. */
  readonly tries: number;
  /** Is told what is asked again, and why. */
  readonly log?: ((message: string) => void) | undefined;
}

/** A question that waits for its answer. */
interface Pending {
  readonly question: Question;
  readonly route: Route | undefined;
  readonly attempts: Attempt[];
  readonly answered: (answer: Answer) => void;
}

/** Milliseconds between two looks at what waits. */
const tick = 10;
/** Each further wait is this much longer, so that a server in trouble is asked less and less. */
const backOff = 1.5;
/** Milliseconds until another try at most; only the last try waits for the whole time-out. */
const longestWait = 1000;

/** A late reply to one of the last tries still counts; older ones give their ids back. */
const listeningTries = 6;

/** Opens the servers' transports and gives the resolver that asks through them. */
export function openResolver({ servers, timeout, tries, log }: ResolverOptions): Resolver {
  const lanes = servers.map((server) => openLane(server, timeout));
  const waiting = new Set<Pending>();
  let timer: NodeJS.Timeout | undefined;
  let lastSweep = 0;

  function send(pending: Pending, lane: Lane): void {
    const { question, attempts } = pending;
    const attempt: Attempt = { lane, sentAt: performance.now(), forget: () => {} };
    attempts.push(attempt);
    attempts.at(-1 - listeningTries)?.forget();
    attempt.forget = lane.transport.ask(question, (outcome) => {
      if (!waiting.has(pending)) return;
      if ('reply' in outcome) {
        lane.silences = 0;
        lane.roundTrip.measured(performance.now() - attempt.sentAt);
      } else {
        lane.silences++;
      }
      attempt.outcome = judge(outcome, question);
      if ('reply' in attempt.outcome) settle(pending, attempt.outcome, lane);
      // A late failure of an earlier try leaves the present one its time.
      else if (attempts.at(-1)?.lane === lane) askNext(pending, attempt.outcome.failure);
    });
  }

  function askNext(pending: Pending, why: string): void {
    const { question, attempts, route } = pending;
    const lane = attempts.length < tries ? nextLane(lanes, attempts, route) : undefined;
    if (lane === undefined) {
      settle(pending, summary(attempts), attempts.at(-1)?.lane);
      return;
    }
    log?.(
      `${question.name} ${question.type}: ${why}; try ${attempts.length + 1} of ${tries}: ${lane.server.url}`,
    );
    send(pending, lane);
  }

  function settle(pending: Pending, outcome: Outcome, lane: Lane | undefined): void {
    waiting.delete(pending);
    for (const { forget } of pending.attempts) forget();
    const asked = lane?.server.url ?? outcome.server;
    pending.answered({ outcome, asked, tries: pending.attempts.length });
  }

  function sweep(): void {
    const now = performance.now();
    // Where the process was held up, replies may be there already and are read first.
    if (now - lastSweep < 5 * tick) {
      for (const pending of waiting) expire(pending, now);
    }
    arm(now);
  }

  function expire(pending: Pending, now: number): void {
    const attempt = pending.attempts.at(-1);
    if (attempt === undefined || attempt.lane.transport.keepsTime) return;
    const last = pending.attempts.length === tries;
    const patience = attempt.lane.roundTrip.timeout * backOff ** (pending.attempts.length - 1);
    if (now - attempt.sentAt < (last ? timeout : Math.min(patience, longestWait, timeout))) return;
    attempt.lane.silences++;
    askNext(pending, `no reply from ${attempt.lane.server.url}`);
  }

  function arm(now: number): void {
    lastSweep = now;
    timer = waiting.size === 0 ? undefined : setTimeout(sweep, tick);
  }

  return {
    ask(question, route) {
      return new Promise((answered) => {
        const pending: Pending = { question, route, attempts: [], answered };
        waiting.add(pending);
        if (timer === undefined) arm(performance.now());
        const lane = nextLane(lanes, [], route);
        if (lane) send(pending, lane);
      });
    },
    distrust(server) {
      const others = lanes.filter((lane) => lane.server.url !== server && !lane.distrusted);
      if (others.length === 0) return false;
      for (const lane of lanes) lane.distrusted ||= lane.server.url === server;
      return true;
    },
    close() {
      clearTimeout(timer);
      waiting.clear();
      for (const lane of lanes) lane.transport.close();
    },
  };
}
