// The global of that name is a getter, looked up anew for each reply.
import { performance } from 'node:perf_hooks';
import type { Outcome, Server } from '../transport/transport.js';
import type { Question } from '../wire/query.js';
import {
  type Answer,
  type Attempt,
  addAttempt,
  judge,
  learn,
  lose,
  openPending,
  type Pending,
  summary,
} from './attempt.js';
import { openBag } from './bag.js';
import { openOverdue } from './overdue.js';
import { openLimiter } from './rate-limiter.js';
import { free, hasRoom, type Lane, mayBeDead, nextLane, openLane, type Route, take } from './upstream.js';

export type { Answer } from './attempt.js';
export type { Route } from './upstream.js';

/** Asks questions of several servers until one of them answers. */
export interface Resolver {
  /** Never rejects: that no server answered is an answer, too. */
  ask(question: Question, route?: Route): Promise<Answer>;
  /** The same without a promise, which costs less where there are millions of names. */
  query(question: Question, answered: (answer: Answer) => void, route?: Route): void;
  /** Questions that are worth having in flight at present. */
  capacity(): number;
  /** Asks a server no more, unless by a route to it alone; false, and without effect, where there is no other. */
  distrust(server: string): boolean;
  /** Frees the sockets; what is in flight is never answered. */
  close(): void;
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

/** Milliseconds between two looks at what waits. */
const tick = 10;
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
  const lanes = servers.map((server) => openLane(server, timeout, heard));
  const waiting = openBag<Pending>();
  /**
   * What was lost goes before what was not asked yet. Arrays, as a linked list that is always in use keeps all that
   * was ever in it until the next full garbage collection.
   */
  const queues: readonly [Pending[], Pending[]] = [[], []];
  const [again, fresh] = queues;
  const isOverdue = openOverdue(lanes, { timeout, tries });
  const limiter = openLimiter(rate);
  let scheduled = false;
  let timer: NodeJS.Timeout | undefined;
  let lastSweep = 0;

  function enqueue(queue: Pending[], pending: Pending): void {
    pending.queued = true;
    queue.push(pending);
    if (!scheduled) setImmediate(dispatch);
    scheduled = true;
  }

  /** Sends what the servers have room for, once a turn: a burst of queries costs less than each by itself. */
  function dispatch(): void {
    scheduled = false;
    const now = performance.now();
    const choose = openChoice(now);
    let sent = 0;
    for (const queue of queues) {
      let taken = 0;
      for (const pending of queue) {
        const lane = pending.settled || sent === largestBurst ? undefined : choose(pending);
        if (lane === undefined && !pending.settled) break;
        taken++;
        pending.queued = false;
        if (lane === undefined) continue;
        send(pending, lane, now);
        sent++;
      }
      queue.splice(0, taken);
    }
    if (sent === largestBurst) {
      scheduled = true;
      setImmediate(dispatch);
    }
    arm(now);
  }

  /** @returns what chooses, for all that is sent in one turn, the server that a question goes to now, if there is one. */
  function openChoice(now: number): (pending: Pending) => Lane | undefined {
    const isOpen = (lane: Lane) => hasRoom(lane, now);
    // A name that was not asked yet waits for a server that is well rather than go to one that may be dead.
    const isWell = lanes.every(mayBeDead) ? isOpen : (lane: Lane) => !mayBeDead(lane) && hasRoom(lane, now);
    return ({ attempts, route }) => {
      if (limiter.allowance(now) < 1) return undefined;
      // A canary is about one server, and waits for nothing.
      if (route?.only !== undefined) return nextLane(lanes, attempts, route);
      return nextLane(lanes, attempts, route, attempts.length === 0 ? isWell : isOpen);
    };
  }

  function send(pending: Pending, lane: Lane, now: number): void {
    const { question } = pending;
    const attempt = addAttempt(pending, lane, now);
    const { length } = pending.attempts;
    if (length > 1) {
      log?.(
        `${question.name} ${question.type}: ${pending.why}; try ${length} of ${tries}: ${lane.server.url}`,
      );
      const old = pending.attempts.at(-1 - listeningTries);
      old?.lane.transport.forget(old);
    }
    take(lane);
    limiter.take();
    lane.transport.ask(attempt);
  }

  function heard(attempt: Attempt, outcome: Outcome): void {
    const { pending, lane } = attempt;
    // What fails together may have two tries of one question in it.
    if (pending.settled) return;
    const now = performance.now();
    learn(attempt, outcome, now);
    attempt.outcome = judge(outcome, pending.question);
    if ('reply' in attempt.outcome) settle(pending, attempt.outcome, lane, now);
    // A late failure of an earlier try leaves the present one its time.
    else if (pending.queued || pending.attempts.at(-1)?.lane === lane)
      askNext(pending, attempt.outcome.failure, now);
  }

  function askNext(pending: Pending, why: string, now: number): void {
    const { attempts, route } = pending;
    const lane = attempts.length < tries ? nextLane(lanes, attempts, route) : undefined;
    if (lane === undefined) {
      settle(pending, summary(attempts), attempts.at(-1)?.lane, now);
      return;
    }
    pending.why = why;
    if (!pending.queued) enqueue(again, pending);
  }

  function settle(pending: Pending, outcome: Outcome, lane: Lane | undefined, now: number): void {
    const { attempts } = pending;
    pending.settled = true;
    waiting.delete(pending);
    for (const attempt of attempts) {
      if (attempt.outcome !== undefined) continue;
      attempt.lane.transport.forget(attempt);
      // What no reply is wanted of any more makes room for another.
      if (!attempt.lost) free(attempt.lane);
    }
    const ms = now - (attempts[0]?.sentAt ?? now);
    pending.answered({ outcome, asked: lane?.server.url ?? outcome.server, tries: attempts.length, ms });
  }

  function sweep(): void {
    timer = undefined;
    const now = performance.now();
    const idle = fresh.length === 0 && again.length === 0;
    // Where the process was held up, replies may be there already and are read first.
    if (now - lastSweep < 5 * tick) {
      for (const pending of waiting) if (isOverdue(pending, now, idle)) expire(pending, now);
    }
    dispatch();
  }

  function expire(pending: Pending, now: number): void {
    const attempt = pending.attempts.at(-1);
    if (attempt === undefined) return;
    const { lane } = attempt;
    lose(attempt, now);
    const last = pending.attempts.length === tries;
    if (!last || now - attempt.sentAt >= timeout) askNext(pending, `no reply from ${lane.server.url}`, now);
  }

  function arm(now: number): void {
    if (timer !== undefined || waiting.size() === 0) return;
    lastSweep = now;
    // Behind the reading of what has come meanwhile, which is not lost.
    timer = setTimeout(setImmediate, tick, sweep);
  }

  function query(question: Question, answered: (answer: Answer) => void, route?: Route): void {
    const pending = openPending(question, answered, route);
    waiting.add(pending);
    enqueue(fresh, pending);
  }

  return {
    ask: (question, route) => new Promise((answered) => query(question, answered, route)),
    query,
    capacity: () => lanes.reduce((sum, { pace }) => sum + pace.window(), reserve),
    distrust(server) {
      const others = lanes.filter((lane) => lane.server.url !== server && !lane.distrusted);
      if (others.length === 0) return false;
      for (const lane of lanes) lane.distrusted ||= lane.server.url === server;
      // What had been put off until that server has room would wait forever.
      const now = performance.now();
      for (const pending of waiting) if (pending.queued) askNext(pending, pending.why, now);
      return true;
    },
    close() {
      clearTimeout(timer);
      waiting.clear();
      for (const queue of queues) queue.length = 0;
      for (const lane of lanes) lane.transport.close();
    },
  };
}
