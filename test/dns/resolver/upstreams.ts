import { onTestFinished, vi } from 'vitest';
import {
  type Attempt,
  addAttempt,
  createPendingQuestion,
  type PendingQuestion,
  type Route,
} from '../../../src/dns/resolver/attempt.js';
import { createCongestionControl } from '../../../src/dns/resolver/congestion-control.js';
import { createHealth } from '../../../src/dns/resolver/health.js';
import { createRoundTripTime } from '../../../src/dns/resolver/round-trip-time.js';
import type { Upstream } from '../../../src/dns/resolver/upstream.js';
import type { Failed, Outcome } from '../../../src/dns/transport/transport.js';

/** Creates an upstream whose transport sends nothing. */
export function fakeUpstream(
  address = '192.0.2.1',
  changes: Partial<Upstream<Attempt>> = {},
): Upstream<Attempt> {
  const roundTripTime = createRoundTripTime();
  return {
    server: { scheme: 'udp', url: `udp://${address}:53`, address, port: 53 },
    transport: { reliable: false, enforcesTimeout: false, ask() {}, forget() {}, close() {} },
    roundTripTime,
    congestionControl: createCongestionControl(roundTripTime),
    health: createHealth(3000),
    start() {},
    inFlight: 0,
    isDraining: false,
    consecutiveFailures: 0,
    lastFailure: `no reply from udp://${address}:53`,
    asked: 0,
    answered: 0,
    lost: 0,
    failuresSinceAnswer: 0,
    nextTrialAt: 0,
    ...changes,
  };
}

/** Fills the window of an upstream, so that it has no room. */
export const fill = (upstream: Upstream<Attempt>): Upstream<Attempt> =>
  Object.assign(upstream, { inFlight: upstream.congestionControl.window() });

/** Creates a question; its answer goes nowhere. */
export const pendingQuestion = (name = 'x.dev', route?: Route): PendingQuestion =>
  createPendingQuestion({ name, type: 'A' }, route, () => {});

/** Creates a question that was sent to each upstream in turn, at 0 ms. */
export function sentTo(...upstreams: readonly Upstream<Attempt>[]): PendingQuestion {
  const pending = pendingQuestion();
  for (const upstream of upstreams) addAttempt(pending, upstream, 0);
  return pending;
}

/** The parts of an attempt that the choice of the next upstream depends on. */
export const attemptAt = (upstream: Upstream<Attempt>, outcome?: Outcome) => ({ upstream, outcome });

export const refusal = ({ server: { url } }: Upstream): Failed => ({
  failure: `REFUSED from ${url}`,
  server: url,
  rcode: 'REFUSED',
});

/** A failure that every other try would meet again. */
export const untrusted = ({ server: { url } }: Upstream): Failed => ({
  failure: `certificate from an unknown issuer at ${url}`,
  server: url,
  isPermanent: true,
});

export const unreachable = ({ server: { url } }: Upstream): Failed => ({
  failure: `cannot reach ${url}`,
  server: url,
});

/** Stops `setTimeout` and `performance.now` until the test ends; they go on when `vi.advanceTimersByTime` is called. */
export function stopTime(): void {
  vi.useFakeTimers({ now: 1000, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => Date.now());
  onTestFinished(() => {
    clock.mockRestore();
    vi.useRealTimers();
  });
}

/** Resolves at the end of this turn of the event loop. */
export const endOfTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
