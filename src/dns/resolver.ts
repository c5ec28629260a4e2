import Queue from 'yocto-queue';
import {
  type Attempt,
  hasRoom,
  judge,
  type Lane,
  mayBeDead,
  nextLane,
  openLane,
  type Route,
  summary,
} from './lanes.js';
import { openLimiter } from './limiter.js';
import type { Question } from './query.js';
import type { Outcome, Server } from './transport.js';

export type { Route } from './lanes.js';

/** Asks questions of several servers until one of them answers. */
export interface Resolver {
  /** Never rejects: that no server answered is an answer, too. */
  ask(question: Question, route?: Route): Promise<Answer>;
  /** Questions that are worth having in flight at present. */
  capacity(): number;
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
  /** Queries a second, to all servers together; unlimited if not set. */
  readonly rate?: number | undefined;
  /** Is told what is asked again, and why. */
  readonly log?: ((message: string) => void) | undefined;
}

/** A question that waits for its answer. */
interface Pending {
  readonly question: Question;
  readonly route: Route | undefined;
  readonly attempts: Attempt[];
  readonly answered: (answer: Answer) => void;
  /** Why it is asked again. */
  why: string;
  /** It waits for its turn to be sent. */
  queued: boolean;
  settled: boolean;
}

/** Milliseconds between two looks at what waits. */
const tick = 10;
/** Each further wait is this much longer, so that a server in trouble is asked less and less. */
const backOff = 1.5;
/** Milliseconds until another try at most; only the last try waits for the whole time-out. */
const longestWait = 1000;
/** A late reply to one of the last tries still counts; older ones give their ids back. */
const listeningTries = 6;
/** Queries that go out in one turn: more at once than a server's socket holds would be lost. */
const largestBurst = 128;
/** Questions that wait for their turn, so that there is always one. */
const reserve = 64;

/** Opens the servers' transports and gives the resolver that asks through them. */
export function openResolver({
  servers,
  timeout,
  tries,
  rate = Number.POSITIVE_INFINITY,
  log,
}: ResolverOptions): Resolver {
  const lanes = servers.map((server) => openLane(server, timeout));
  const waiting = new Set<Pending>();
  /** What was lost goes before what was not asked yet. */
  const queues = [new Queue<Pending>(), new Queue<Pending>()] as const;
  const [again, fresh] = queues;
  const limiter = openLimiter(rate);
  let scheduled = false;
  let timer: NodeJS.Timeout | undefined;
  let lastSweep = 0;

  function enqueue(queue: Queue<Pending>, pending: Pending): void {
    pending.queued = true;
    queue.enqueue(pending);
    if (!scheduled) setImmediate(dispatch);
    scheduled = true;
  }

  /** Sends what the servers have room for, once a turn: a burst of queries costs less than each by itself. */
  function dispatch(): void {
    scheduled = false;
    const now = performance.now();
    let sent = 0;
    for (const queue of queues) {
      for (let pending = queue.peek(); pending && sent < largestBurst; pending = queue.peek()) {
        const lane = pending.settled ? undefined : laneFor(pending, now);
        if (lane === undefined && !pending.settled) break;
        queue.dequeue();
        pending.queued = false;
        if (lane === undefined) continue;
        send(pending, lane, now);
        sent++;
      }
    }
    if (sent === largestBurst) {
      scheduled = true;
      setImmediate(dispatch);
    }
    arm(now);
  }

  function laneFor({ attempts, route }: Pending, now: number): Lane | undefined {
    if (limiter.allowance(now) < 1) return undefined;
    // A canary is about one server, and waits for nothing.
    if (route?.only !== undefined) return nextLane(lanes, attempts, route);
    const free = lanes.length === 1 ? lanes : lanes.filter((lane) => hasRoom(lane, now));
    const lane = nextLane(free, attempts, route);
    if (lane === undefined || !hasRoom(lane, now)) return undefined;
    // A name that was not asked yet waits for a server that is well rather than go to one that may be dead.
    const well = attempts.length > 0 || !mayBeDead(lane) || lanes.every(mayBeDead);
    return well ? lane : undefined;
  }

  function send(pending: Pending, lane: Lane, now: number): void {
    const { question, attempts } = pending;
    const { reliable } = lane.transport;
    const attempt: Attempt = {
      lane,
      sentAt: now,
      reliable,
      lost: false,
      outcome: undefined,
      forget: () => {},
    };
    attempts.push(attempt);
    if (attempts.length > 1) {
      const which = `try ${attempts.length} of ${tries}: ${lane.server.url}`;
      log?.(`${question.name} ${question.type}: ${pending.why}; ${which}`);
    }
    attempts.at(-1 - listeningTries)?.forget();
    lane.inFlight++;
    lane.pace.sent();
    limiter.take();
    attempt.forget = lane.transport.ask(question, (outcome) => {
      if (pending.settled) return;
      hear(attempt, outcome);
      attempt.outcome = judge(outcome, question);
      if ('reply' in attempt.outcome) settle(pending, attempt.outcome, lane);
      // A late failure of an earlier try leaves the present one its time.
      else if (pending.queued || attempts.at(-1)?.lane === lane) askNext(pending, attempt.outcome.failure);
    });
  }

  /** Learns from what came of a query. */
  function hear(attempt: Attempt, outcome: Outcome): void {
    const { lane } = attempt;
    if (attempt.lost) lane.pace.late();
    else lane.inFlight--;
    if ('failure' in outcome) {
      lane.silences++;
      return;
    }
    const now = performance.now();
    lane.silences = 0;
    lane.roundTrip.measured(now - attempt.sentAt);
    lane.pace.answered(now);
  }

  function askNext(pending: Pending, why: string): void {
    const { attempts, route } = pending;
    const lane = attempts.length < tries ? nextLane(lanes, attempts, route) : undefined;
    if (lane === undefined) {
      settle(pending, summary(attempts), attempts.at(-1)?.lane);
      return;
    }
    pending.why = why;
    if (!pending.queued) enqueue(again, pending);
  }

  function settle(pending: Pending, outcome: Outcome, lane: Lane | undefined): void {
    pending.settled = true;
    waiting.delete(pending);
    for (const attempt of pending.attempts) {
      attempt.forget();
      // What no reply is wanted of any more makes room for another.
      if (!attempt.lost && attempt.outcome === undefined) attempt.lane.inFlight--;
    }
    const asked = lane?.server.url ?? outcome.server;
    pending.answered({ outcome, asked, tries: pending.attempts.length });
  }

  function sweep(): void {
    const now = performance.now();
    // Where the process was held up, replies may be there already and are read first.
    if (now - lastSweep < 5 * tick) {
      for (const pending of waiting) expire(pending, now);
    }
    timer = undefined;
    dispatch();
  }

  function expire(pending: Pending, now: number): void {
    const attempt = pending.attempts.at(-1);
    if (pending.queued || attempt === undefined || attempt.lane.transport.keepsTime) return;
    const { lane, sentAt, reliable } = attempt;
    const waited = now - sentAt;
    const patience = lane.roundTrip.timeout * backOff ** (pending.attempts.length - 1);
    const idle = pending.attempts.length < tries && waited > 2 * fastestIdle(now);
    if (waited < (reliable ? timeout : Math.min(patience, longestWait, timeout)) && !idle) return;
    if (!attempt.lost) {
      attempt.lost = true;
      lane.inFlight--;
      lane.silences++;
      lane.pace.lost(now);
    }
    const last = pending.attempts.length === tries;
    if (!last || waited >= timeout) askNext(pending, `no reply from ${lane.server.url}`);
  }

  /** Milliseconds in which a server with nothing left to do would answer: at the end of a run it takes over. */
  function fastestIdle(now: number): number {
    if (lanes.length === 1 || fresh.size > 0 || again.size > 0) return Number.POSITIVE_INFINITY;
    const idle = lanes.filter((lane) => !lane.distrusted && lane.silences === 0 && lane.inFlight === 0);
    return Math.min(...idle.filter((lane) => hasRoom(lane, now)).map(({ roundTrip }) => roundTrip.timeout));
  }

  function arm(now: number): void {
    if (timer !== undefined || waiting.size === 0) return;
    lastSweep = now;
    timer = setTimeout(sweep, tick);
  }

  return {
    ask(question, route) {
      return new Promise((answered) => {
        const pending: Pending = {
          question,
          route,
          attempts: [],
          answered,
          why: '',
          queued: false,
          settled: false,
        };
        waiting.add(pending);
        enqueue(fresh, pending);
      });
    },
    capacity: () => lanes.reduce((sum, { pace }) => sum + pace.window, reserve),
    distrust(server) {
      const others = lanes.filter((lane) => lane.server.url !== server && !lane.distrusted);
      if (others.length === 0) return false;
      for (const lane of lanes) lane.distrusted ||= lane.server.url === server;
      return true;
    },
    close() {
      clearTimeout(timer);
      waiting.clear();
      for (const queue of queues) queue.clear();
      for (const lane of lanes) lane.transport.close();
    },
  };
}
