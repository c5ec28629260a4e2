// The global `performance` is a getter, which costs a lookup at each use.
import { performance } from 'node:perf_hooks';
import { oncePerTurn } from '../../util/once-per-turn.js';
import { createOpener, fewServers, type Scheme, type Server } from '../transport/index.js';
import type { OpenTransport, Outcome } from '../transport/transport.js';
import type { Question } from '../wire/query.js';
import {
  type Answer,
  type Attempt,
  addAttempt,
  countAsLost,
  createPendingQuestion,
  type PendingQuestion,
  pauseAfterFailures,
  type Route,
  takeOutcome,
  triesOf,
} from './attempt.js';
import { createBag } from './bag.js';
import { createDispatcher } from './dispatcher.js';
import { hasFailedAt, nextUpstream } from './next-upstream.js';
import { createOverdue } from './overdue.js';
import { recordOf, type UpstreamRecord } from './record.js';
import { createRing } from './ring.js';
import { createRoundTripTime } from './round-trip-time.js';
import { summarize, waitingForReplies } from './summary.js';
import { createTicker } from './ticker.js';
import { openUpstream, recordQuery, release, type Upstream } from './upstream.js';

export type { Answer, Route } from './attempt.js';

/** Asks one question. Never rejects: if no server answers, the outcome says so. */
export type Ask = (question: Question, route?: Route) => Promise<Answer>;

/** Asks questions of several servers until one of them answers. */
export interface Resolver {
  readonly ask: Ask;
  /** How many questions are worth having in flight now. */
  capacity(): number;
  /** Says what the questions in flight wait for, to follow "waiting for"; undefined if there are none. */
  waitingFor(): string | undefined;
  /** Returns what happened to the queries to each server. */
  records(): readonly UpstreamRecord[];
  /** Closes the sockets; questions in flight, and questions asked later, are never answered. */
  close(): void;
}

/** How a resolver asks. */
export interface ResolverOptions {
  readonly servers: readonly Server[];
  /** Milliseconds that one attempt may take. */
  readonly timeout: number;
  /** Attempts for one question, at all servers together. */
  readonly tries: number;
  /** Queries a second, to all servers together; unlimited if not set. */
  readonly rate?: number | undefined;
  /** Chooses how servers are reached, if several resolvers share sockets. */
  readonly openerOf?: ((scheme: Scheme) => OpenTransport) | undefined;
  /** Is told what is asked again, and why. */
  readonly log?: ((message: string) => void) | undefined;
}

/** Milliseconds between two sweeps, which look for attempts that have taken too long. */
const sweepInterval = 10;
/** The number of last attempts whose replies are accepted; earlier attempts give their ids back. */
const listeningAttempts = 6;
/** Questions worth having in flight beyond the room at the upstreams, so that there is always one to send. */
const reserve = 64;

/** Opens the transports of the servers and returns the resolver that asks through them. */
export function openResolver(options: ResolverOptions): Resolver {
  const { servers, timeout, tries, rate, log, openerOf = createOpener(servers.length) } = options;
  const upstreams = servers.map((server) =>
    openUpstream<Attempt>(server, timeout, settled, openerOf(server.scheme)),
  );
  const sharedRoundTripTime = servers.length > fewServers ? createRoundTripTime() : undefined;
  const ring = sharedRoundTripTime && createRing(upstreams, sharedRoundTripTime);
  const measureCapacity = ring ? oncePerTurn(sumOfWindows) : sumOfWindows;
  const waiting = createBag<PendingQuestion>();
  const isOverdue = createOverdue(upstreams, { timeout, tries }, sharedRoundTripTime);
  const dispatcher = createDispatcher(upstreams, ring, rate ?? Number.POSITIVE_INFINITY, { send, giveUp });
  const ticker = createTicker(sweepInterval, sweep);
  let isClosed = false;

  function send(pending: PendingQuestion, upstream: Upstream<Attempt>, now: number): void {
    const { question } = pending;
    const attempt = addAttempt(pending, upstream, now);
    const { attempts, retryReason } = pending;
    if (attempts.length > 1) {
      const { url } = upstream.server;
      log?.(`${question.name} ${question.type}: ${retryReason}; try ${attempts.length} of ${tries}: ${url}`);
      const old = attempts.at(-1 - listeningAttempts);
      old?.upstream.transport.forget(old);
    }
    recordQuery(upstream, now);
    upstream.transport.ask(attempt);
  }

  function settled(attempt: Attempt, raw: Outcome): void {
    const { pending, upstream } = attempt;
    // Two attempts of one question may fail together.
    if (pending.isSettled) return;
    const now = performance.now();
    const outcome = takeOutcome(attempt, raw, now);
    if ('reply' in outcome) {
      sharedRoundTripTime?.record(now - attempt.sentAt);
      settle(pending, outcome, attempt, now);
    }
    // The late failure of an earlier attempt does not end the present one.
    else if (pending.isQueued || pending.attempts.at(-1)?.upstream === upstream)
      retry(pending, outcome.failure, now);
  }

  function sumOfWindows(): number {
    let sum = reserve;
    for (const { congestionControl } of upstreams) sum += congestionControl.window();
    return sum;
  }

  /** Asks a question again: at once if another upstream is left, after a pause if not. */
  function retry(pending: PendingQuestion, reason: string, now: number): void {
    const { attempts, route } = pending;
    if (ring && attempts.length < triesOf(pending, tries) && ring.hasOther(attempts, route, now)) {
      pending.retryReason = reason;
      if (!pending.isQueued) dispatcher.enqueue(pending);
      return;
    }
    const isAlive = ({ health }: Upstream) => !health.isDead(now);
    const next =
      nextUpstream(
        upstreams,
        attempts,
        route,
        (upstream) => isAlive(upstream) && upstream.health.mayAsk(now),
      ) ?? nextUpstream(upstreams, attempts, route, isAlive);
    if (next === undefined || attempts.length >= triesOf(pending, tries)) {
      settle(pending, summarize(attempts), attempts.at(-1), now);
      return;
    }
    pending.retryReason = reason;
    if (pending.isQueued) return;
    pending.notBefore = now + pauseAfterFailures(attempts);
    if (hasFailedAt(attempts, next)) dispatcher.delay(pending);
    else dispatcher.enqueue(pending);
  }

  function giveUp(pending: PendingQuestion, now: number): void {
    const { attempts } = pending;
    const failure = ring
      ? `none of ${upstreams.length} servers answers`
      : upstreams.map(({ lastFailure }) => lastFailure).join('; ');
    const server = upstreams[0]?.server.url ?? '';
    settle(pending, attempts.length > 0 ? summarize(attempts) : { failure, server }, attempts.at(-1), now);
  }

  function settle(pending: PendingQuestion, outcome: Outcome, last: Attempt | undefined, now: number): void {
    const { attempts } = pending;
    pending.isSettled = true;
    waiting.delete(pending);
    for (const attempt of attempts) {
      if (attempt.outcome !== undefined) continue;
      attempt.upstream.transport.forget(attempt);
      if (!attempt.isLost) release(attempt.upstream);
    }
    pending.resolve({
      outcome,
      asked: last?.upstream.server.url ?? outcome.server,
      tries: attempts.length,
      ms: now - (attempts[0]?.sentAt ?? now),
      sentAt: last?.sentAt ?? now,
    });
  }

  function sweep(now: number, wasBlocked: boolean): void {
    // Many upstreams have room for nearly all questions, so that an empty queue does not mean that the run ends soon.
    const isEnding = dispatcher.isIdle() && (ring === undefined || waiting.size() <= upstreams.length / 2);
    // After a pause of the process, replies may be waiting to be read.
    if (!wasBlocked) {
      for (const pending of waiting.items()) if (isOverdue(pending, now, isEnding)) expire(pending, now);
    }
    dispatcher.sweep(now);
    if (waiting.size() > 0) ticker.start();
  }

  function expire(pending: PendingQuestion, now: number): void {
    const attempt = pending.attempts.at(-1);
    if (attempt === undefined) return;
    countAsLost(attempt, now);
    const isLast = pending.attempts.length === triesOf(pending, tries);
    const { url } = attempt.upstream.server;
    if (!isLast || now - attempt.sentAt >= timeout) retry(pending, `no reply from ${url}`, now);
  }

  return {
    ask: (question, route) =>
      new Promise((resolve) => {
        if (isClosed) return;
        const pending = createPendingQuestion(question, route, resolve);
        waiting.add(pending);
        dispatcher.enqueue(pending);
        ticker.start();
      }),
    capacity: () => measureCapacity() + dispatcher.delayed(),
    records: () => upstreams.map(recordOf),
    waitingFor() {
      if (waiting.size() === 0) return undefined;
      return dispatcher.isLimited(performance.now())
        ? `the next query (--rate ${rate})`
        : waitingForReplies(upstreams);
    },
    close() {
      isClosed = true;
      ticker.stop();
      waiting.clear();
      dispatcher.clear();
      for (const { transport } of upstreams) transport.close();
    },
  };
}
