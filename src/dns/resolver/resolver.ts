import type { Server } from '../transport/index.js';
import type { Outcome } from '../transport/transport.js';
import type { Question } from '../wire/query.js';
import { countAnswer, countFailure, countForgotten, countLoss } from './attempt.js';
import { createBag } from './bag.js';
import { createCapacity } from './capacity.js';
import { createDispatcher } from './dispatcher.js';
import { silenceLimitFor } from './health.js';
import { createHeartbeats } from './heartbeat.js';
import { type Outage, outageOf } from './outage.js';
import { createPauses } from './pauses.js';
import {
  type Answer,
  type Attempt,
  createPendingQuestion,
  type PendingQuestion,
  type ServerPolicy,
} from './question.js';
import { recordOf, type UpstreamRecord } from './record.js';
import { withoutRefusals } from './refusal.js';
import { hasHadAllTries, pauseAfterFailure } from './retry.js';
import { createRoundTripTime, recordRoundTrip } from './round-trip-time.js';
import { areMany, createSelector } from './selector/index.js';
import { summarize, summarizeUnasked, waitingForReplies } from './summary.js';
import { createTicker } from './ticker.js';
import { isCatchingUp, pauseAfterLoss, waitFor } from './time-out.js';
import type { Upstream } from './upstream.js';
import type { Upstreams } from './upstreams.js';

export type { Answer, ServerPolicy } from './question.js';

/** Asks one question. Never rejects: if no server answers, the outcome says so. */
export type Ask = (question: Question, policy?: ServerPolicy) => Promise<Answer>;

/** Asks questions of several servers until one of them answers. */
export interface Resolver {
  readonly ask: Ask;
  /** How many questions it is useful to have in flight now. */
  capacity(): number;
  /** Whether no question waits to be sent. */
  isDrained(): boolean;
  /** Says what the questions in flight wait for, to follow "waiting for"; undefined if no question is in flight. */
  waitingFor(): string | undefined;
  /** Describes an outage of all servers; undefined if there is none, or if no question is in flight. */
  outage(): Outage | undefined;
  /** Returns what happened to the queries to each server. */
  records(): readonly UpstreamRecord[];
  /** Stops asking; questions in flight, and questions asked later, are never answered. */
  close(): void;
}

/** How a resolver asks. */
export interface ResolverOptions {
  /** All servers of the run. */
  readonly upstreams: Upstreams;
  readonly servers: readonly Server[];
  /** Attempts for one question, at all servers together. */
  readonly tries: number;
  /** Is called when the last question that waited has been sent. */
  readonly drained?: (() => void) | undefined;
  /** Is called when the capacity may have grown although no question has been answered. */
  readonly capacityFreed?: (() => void) | undefined;
  /** Receives a log line for each retry. */
  readonly log?: ((message: string) => void) | undefined;
}

/** Milliseconds between two sweeps, which look for attempts whose replies are overdue. */
const sweepInterval = 10;
/** How many attempts of a question accept a reply: the last ones. Earlier attempts give their message ids back. */
const listeningAttempts = 6;

/** Opens a resolver, which asks through the upstreams of a run. */
export function openResolver(options: ResolverOptions): Resolver {
  const { upstreams: run, servers, tries, drained, capacityFreed, log } = options;
  const { timeout, limiter, platform } = run;
  const { clock, random } = platform;
  const upstreams = servers.map(run.of);
  const shared = areMany(servers.length) ? createRoundTripTime() : undefined;
  const silenceLimit = silenceLimitFor(timeout, tries);
  const selector = createSelector(upstreams, silenceLimit, shared);
  const dispatcher = createDispatcher(run, upstreams, selector, { send, fail, drained });
  const ticker = createTicker(clock, sweepInterval, sweep);
  const heartbeats = createHeartbeats(run, shared, dispatcher.schedule);
  /** The questions without an answer, and those among them that pause. */
  const waiting = createBag<PendingQuestion>();
  const pauses = createPauses();
  const capacity = createCapacity(upstreams, clock);
  let isClosed = false;

  function send(pending: PendingQuestion, upstream: Upstream<Attempt>, now: number): void {
    const attempt = run.send(pending, upstream, now);
    pending.dueAt = now + waitFor(attempt, shared, timeout);
    ticker.start();
    if (attempt.number === 1) return;
    const { attempts, question, retryReason } = pending;
    const { url } = upstream.server;
    log?.(`${question.name} ${question.type}: ${retryReason}; attempt ${attempt.number}: ${url}`);
    const old = attempts.at(-1 - listeningAttempts);
    if (old && old.outcome === undefined) countForgotten(old, now);
  }

  function settled(attempt: Attempt, raw: Outcome): void {
    const { pending, upstream } = attempt;
    // Two attempts of one question may end in the same turn.
    if (pending.isSettled || isClosed) return;
    const now = clock.now();
    const outcome = withoutRefusals(raw, pending.question);
    attempt.outcome = outcome;
    if ('reply' in outcome) {
      countAnswer(attempt, now);
      if (shared) recordRoundTrip(shared, now - attempt.sentAt);
      settle(pending, outcome, attempt, now);
    } else if (outcome.isTruncated) {
      countAnswer(attempt, now);
      pending.streamTo = upstream;
      askAgain(pending, 'truncated reply');
    } else {
      countFailure(attempt, outcome, now);
      pending.streamTo = undefined;
      // The late failure of an earlier attempt does not end the present one.
      if (pending.attempts.at(-1) === attempt) {
        const pause = pauseAfterFailure(pending, selector.hasOther(pending, now), random);
        retry(pending, outcome.failure, now, pause);
      }
    }
    dispatcher.schedule();
  }

  /**
   * Asks a question again, unless it has had all its tries or no upstream is left.
   *
   * @param pause milliseconds before it is asked again.
   */
  function retry(pending: PendingQuestion, reason: string, now: number, pause: number): void {
    if (hasHadAllTries(pending, tries) || selector.isExhausted(pending, now)) fail(pending, now);
    else askAgain(pending, reason, pause);
  }

  /** @param pause milliseconds before the question is asked again. */
  function askAgain(pending: PendingQuestion, reason: string, pause = 0): void {
    pending.retryReason = reason;
    const until = clock.now() + pause;
    if (pending.isQueued) pending.pausesUntil = Math.min(pending.pausesUntil, until);
    else if (pause === 0) dispatcher.enqueue(pending);
    else pauses.add(pending, until);
  }

  /** Asks a question again after a pause, if there is a try left. */
  function endPause(pending: PendingQuestion, now: number): void {
    if (hasHadAllTries(pending, tries)) fail(pending, now);
    else dispatcher.enqueue(pending);
  }

  function fail(pending: PendingQuestion, now: number): void {
    const { attempts } = pending;
    const outcome = attempts.length > 0 ? summarize(attempts) : summarizeUnasked(upstreams);
    settle(pending, outcome, attempts.at(-1), now);
  }

  function settle(pending: PendingQuestion, outcome: Outcome, last: Attempt | undefined, now: number): void {
    const { attempts, resolve } = pending;
    pending.isSettled = true;
    waiting.delete(pending);
    const listening = attempts.length > listeningAttempts ? attempts.slice(-listeningAttempts) : attempts;
    for (const attempt of listening) if (attempt.outcome === undefined) countForgotten(attempt, now);
    resolve({
      outcome,
      asked: last?.upstream.server.url ?? outcome.server,
      tries: attempts.length,
      ms: now - (attempts[0]?.sentAt ?? now),
      sent: last?.sent ?? run.nextPlace(),
      received: run.nextPlace(),
    });
  }

  /** Looks for overdue replies, pauses that are over and silent upstreams. Returns whether to look again. */
  function sweep(isLate: boolean): boolean {
    const now = clock.now();
    if (!isLate) for (const pending of waiting.items()) if (pending.dueAt <= now) expire(pending, now);
    for (const pending of pauses.end(now)) endPause(pending, now);
    heartbeats.send(upstreams, now);
    dispatcher.dispatch();
    return waiting.size() > 0;
  }

  /** Handles an overdue reply, unless round trips have become so long that it is not overdue any more. */
  function expire(pending: PendingQuestion, now: number): void {
    const attempt = pending.attempts.at(-1);
    if (attempt === undefined) return;
    const wait = waitFor(attempt, shared, timeout);
    const overdueAt = attempt.sentAt + wait;
    if (overdueAt > now || isCatchingUp(attempt, now)) {
      pending.dueAt = overdueAt;
      return;
    }
    countLoss(attempt, now);
    pending.streamTo = undefined;
    const endsAt = attempt.sentAt + timeout;
    // The last attempt may take the whole time-out.
    if (hasHadAllTries(pending, tries) && endsAt > now) pauses.add(pending, endsAt);
    else retry(pending, attempt.upstream.lastFailure, now, pauseAfterLoss(attempt.number, wait));
    // Names that are never answered must not keep others waiting.
    capacityFreed?.();
  }

  return {
    ask: (question, policy) =>
      new Promise((resolve) => {
        if (isClosed) return;
        const pending = createPendingQuestion(question, policy, resolve, settled);
        waiting.add(pending);
        dispatcher.enqueue(pending);
        ticker.start();
      }),
    capacity: () => capacity() + pauses.count(),
    isDrained: dispatcher.isEmpty,
    records: () => upstreams.map(recordOf),
    waitingFor() {
      if (waiting.size() === 0) return undefined;
      return limiter.isWaitedFor() ? `the next query (--rate ${limiter.rate})` : waitingForReplies(upstreams);
    },
    outage: () => (waiting.size() === 0 ? undefined : outageOf(upstreams, silenceLimit, clock.now())),
    close() {
      isClosed = true;
      ticker.stop();
      heartbeats.close();
      dispatcher.close();
      waiting.clear();
      pauses.clear();
    },
  };
}
