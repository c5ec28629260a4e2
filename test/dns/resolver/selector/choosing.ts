import type { Attempt } from '../../../../src/dns/resolver/question.js';
import type { SelectableQuestion } from '../../../../src/dns/resolver/selector/selector.js';
import type { Upstream } from '../../../../src/dns/resolver/upstream.js';
import type { Outcome } from '../../../../src/dns/transport/transport.js';
import { failureOf } from '../fakes.js';

/** Milliseconds of silence after which an upstream that has never answered is given up. */
export const silenceLimit = 3000;

/** Creates a question that has been asked at upstreams, by default at none. */
export const question = (changes: Partial<SelectableQuestion> = {}): SelectableQuestion => ({
  policy: undefined,
  streamTo: undefined,
  attempts: [],
  ...changes,
});

/** Creates an attempt at an upstream, by default without an outcome. */
export const at = (upstream: Upstream<Attempt>, outcome?: Outcome) => ({ upstream, outcome });

/** Creates an attempt that has failed at an upstream. */
export const failedAt = (upstream: Upstream<Attempt>) => at(upstream, failureOf(upstream.server.url));

/** Fills the window of an upstream, so that it has no room. */
export function fill(upstream: Upstream<Attempt>): void {
  upstream.inFlight = upstream.congestionControl.window;
}

/** Lets an upstream be silent, as of 0 ms, and miss heartbeats. */
export function silence(upstream: Upstream<Attempt>, heartbeats = 0): void {
  Object.assign(upstream.health, {
    isSilent: true,
    failures: 3,
    failingSince: 0,
    failedAt: 0,
    resumeAt: 0,
    heartbeats,
  });
}
