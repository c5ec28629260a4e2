import { type Server, transports } from '../transport/index.js';
import type { OnSettled, OpenTransport, Query, Transport } from '../transport/transport.js';
import { type CongestionControl, createCongestionControl } from './congestion-control.js';
import { createHealth, type Health } from './health.js';
import { createRoundTripTime, type RoundTripTime } from './round-trip-time.js';

/** One server, the way to it, and what has been learned of it. */
export interface Upstream<Q extends Query = Query> {
  readonly server: Server;
  transport: Transport<Q>;
  roundTripTime: RoundTripTime;
  congestionControl: CongestionControl;
  health: Health;
  /** Gives it a transport and a state of its own, before the first query. */
  start(): void;
  /** Queries without an outcome that do not count as lost. */
  inFlight: number;
  /** Whether it was full, and is sent nothing until it has room for many: one large write costs less than many. */
  isDraining: boolean;
  /** Failures and losses since the last reply. */
  consecutiveFailures: number;
  /** The last failure, in words. */
  lastFailure: string;
  /** Queries sent, those with a reply that says something about the name, and those without a reply in time. */
  asked: number;
  answered: number;
  lost: number;
  /** Failures, losses and useless replies since it last did. */
  failuresSinceAnswer: number;
  /** When it may be tried again after failures: milliseconds, on the clock of `performance.now`. */
  nextTrialAt: number;
}

/** The share of a full window that is still in flight when a draining upstream gets queries again. */
const refillShare = 0.75;
/** An upstream that has replied before may be dead after more consecutive failures than this. */
const tolerableFailures = 10;
/** The shortest time, in milliseconds, after which an upstream that never answers is given up. */
const minimumSilenceLimit = 3000;
/** The first and the longest pause, in milliseconds, between two trials of an upstream that goes on failing. */
const firstTrialPause = 250;
const longestTrialPause = 30_000;
/** The longest pause, in milliseconds, that a server may ask for. */
export const maximumRetryAfter = 10_000;

/** The state of every upstream that has not been asked yet: one that is not used costs little memory. */
const unknownRoundTripTime = createRoundTripTime();
const unasked = {
  transport: { reliable: false, enforcesTimeout: false, ask() {}, forget() {}, close() {} },
  roundTripTime: unknownRoundTripTime,
  congestionControl: createCongestionControl(unknownRoundTripTime),
  health: createHealth(minimumSilenceLimit),
} as const;

/**
 * Creates an upstream; the transport is opened at the first query.
 *
 * @param timeout milliseconds that one attempt may take.
 * @param settled is told the outcome of each query.
 * @param open opens the transport, by default that of the server's scheme.
 */
export function openUpstream<Q extends Query>(
  server: Server,
  timeout: number,
  settled: OnSettled<Q>,
  open: OpenTransport = transports[server.scheme].open,
): Upstream<Q> {
  return {
    server,
    ...unasked,
    start() {
      this.transport = open(server, timeout, settled);
      this.roundTripTime = createRoundTripTime();
      this.congestionControl = createCongestionControl(this.roundTripTime);
      this.health = createHealth(Math.max(minimumSilenceLimit, timeout + 1000));
    },
    inFlight: 0,
    isDraining: false,
    consecutiveFailures: 0,
    lastFailure: `no reply from ${server.url}`,
    asked: 0,
    answered: 0,
    lost: 0,
    failuresSinceAnswer: 0,
    nextTrialAt: 0,
  };
}

function countFailure(upstream: Upstream, now: number): void {
  const pause = firstTrialPause * 2 ** Math.min(upstream.failuresSinceAnswer++, 10);
  upstream.nextTrialAt = now + Math.min(pause, longestTrialPause);
}

/** Whether an upstream may be sent one more query now. */
export const hasRoom = (upstream: Upstream, now: number): boolean =>
  !upstream.isDraining &&
  upstream.inFlight < upstream.congestionControl.window() &&
  upstream.health.mayAsk(now) &&
  upstream.congestionControl.allowance(now) >= 1;

/** Whether an upstream has failed and never replied, or has not replied for a while. */
export const mayBeDead = ({ consecutiveFailures, roundTripTime }: Upstream): boolean =>
  consecutiveFailures > (roundTripTime.isKnown() ? tolerableFailures : 0);

/**
 * Records that a query is sent.
 *
 * @param now milliseconds, on the clock of `performance.now`, as in the functions below.
 */
export function recordQuery(upstream: Upstream, now: number): void {
  if (upstream.asked === 0) upstream.start();
  upstream.inFlight++;
  upstream.asked++;
  upstream.isDraining =
    upstream.transport.reliable && upstream.inFlight >= upstream.congestionControl.window();
  upstream.congestionControl.recordQuery(now);
  upstream.health.recordQuery(now);
}

/** Records that a query is no longer in flight. */
export function release(upstream: Upstream): void {
  upstream.inFlight--;
  if (upstream.inFlight <= upstream.congestionControl.window() * refillShare) upstream.isDraining = false;
}

/**
 * Records a reply.
 *
 * @param roundTrip milliseconds since the query was sent.
 * @param isAnswer whether the reply says something about the name.
 */
export function recordReply(upstream: Upstream, roundTrip: number, isAnswer: boolean, now: number): void {
  upstream.consecutiveFailures = 0;
  if (isAnswer) {
    upstream.answered++;
    upstream.failuresSinceAnswer = 0;
  } else countFailure(upstream, now);
  upstream.roundTripTime.record(roundTrip);
  upstream.congestionControl.recordReply(now);
  upstream.health.recordReply(isAnswer, now);
}

/** Records that a query counts as lost; its reply may still come. */
export function recordLoss(upstream: Upstream, sentAt: number, now: number): void {
  release(upstream);
  upstream.lost++;
  upstream.congestionControl.recordLoss(now);
  upstream.lastFailure = `no reply from ${upstream.server.url}`;
  recordFailure(upstream, sentAt, now);
}

/** Records that a query failed. */
export function recordFailure(upstream: Upstream, sentAt: number, now: number): void {
  upstream.consecutiveFailures++;
  countFailure(upstream, now);
  upstream.health.recordFailure(sentAt, now);
}

/**
 * Records that the server is overloaded, which slows the queries to it down as losses do.
 *
 * @param retryAfter milliseconds for which the server does not want to be asked.
 */
export function recordOverload(upstream: Upstream, retryAfter: number, now: number): void {
  const resumeAt = upstream.health.recordOverload(now + Math.min(retryAfter, maximumRetryAfter), now);
  upstream.congestionControl.recordLoss(now, resumeAt);
}
