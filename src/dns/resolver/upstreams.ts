import { createOpener, type OpenServer, type Server } from '../transport/index.js';
import type { Platform } from '../transport/platform.js';
import { wasTruncatedAt } from './attempt.js';
import { orderOf, recordQuery } from './congestion-control.js';
import type { Attempt, PendingQuestion } from './question.js';
import { createRateLimiter, type RateLimiter } from './rate-limiter.js';
import { areMany } from './selector/index.js';
import { createUpstream, startUpstream, type Upstream } from './upstream.js';

/** The servers of a run. All of its resolvers share what is learned of them, and one limiter. */
export interface Upstreams {
  readonly platform: Platform;
  /** Milliseconds that one attempt may take. */
  readonly timeout: number;
  readonly limiter: RateLimiter;
  /** Returns the upstream of a server. Its transport is opened at its first query. */
  of(server: Server): Upstream<Attempt>;
  /** Sends a question to an upstream. */
  send(pending: PendingQuestion, upstream: Upstream<Attempt>, now: number): Attempt;
  /** Takes the next place in the run's order of events, which are queries sent and outcomes. */
  nextPlace(): number;
  /** Closes the transports. Questions in flight are never answered. */
  close(): void;
}

/** How to ask the servers of a run. */
export interface UpstreamsOptions {
  readonly platform: Platform;
  /** Milliseconds that one attempt may take. */
  readonly timeout: number;
  /** Queries a second, to all servers together; unlimited if not set. */
  readonly rate?: number | undefined;
  /** Opens the transport to a server; by default that of its scheme. */
  readonly openServer?: OpenServer | undefined;
}

/** The first window of each of many servers. */
const windowOfMany = 8;

/** Opens the servers of a run; none is connected at first. */
export function openUpstreams({ platform, timeout, rate, openServer }: UpstreamsOptions): Upstreams {
  const open = openServer ?? createOpener(platform);
  const known = new Map<string, Upstream<Attempt>>();
  const started: Upstream<Attempt>[] = [];
  const limiter = createRateLimiter(rate ?? Number.POSITIVE_INFINITY, platform.clock);
  const context = {
    platform,
    timeout,
    settled: (attempt: Attempt, outcome: Parameters<PendingQuestion['settled']>[1]) =>
      attempt.pending.settled(attempt, outcome),
  };
  let place = 0;

  return {
    platform,
    timeout,
    limiter,
    of(server) {
      const key = `${server.scheme} ${server.url}`;
      const upstream = known.get(key) ?? createUpstream<Attempt>(server);
      known.set(key, upstream);
      return upstream;
    },
    send(pending, upstream, now) {
      if (upstream.asked === 0) {
        startUpstream(
          upstream,
          open(upstream.server, context),
          areMany(known.size) ? windowOfMany : undefined,
        );
        started.push(upstream);
      }
      const { question, attempts } = pending;
      const number = attempts.length + 1;
      const needsStream = wasTruncatedAt(attempts, upstream);
      const order = pending.policy?.isSuspect ? 'later' : orderOf(pending.streamTo === upstream ? 1 : number);
      upstream.inFlight++;
      upstream.asked++;
      const attempt: Attempt = {
        question,
        needsStream,
        id: 0,
        position: 0,
        socket: 0,
        letterCase: 0,
        pending,
        upstream,
        number,
        sentAt: now,
        sent: ++place,
        kind: needsStream ? 'stream' : upstream.transport.kind,
        order,
        round: recordQuery(upstream.congestionControl, order, now),
        isLost: false,
        silence: undefined,
        outcome: undefined,
      };
      // Most questions need one attempt, and spreading an empty list costs time.
      pending.attempts = number === 1 ? [attempt] : [...attempts, attempt];
      upstream.transport.ask(attempt);
      return attempt;
    },
    nextPlace: () => ++place,
    close() {
      limiter.close();
      for (const { transport } of started) transport.close();
    },
  };
}
