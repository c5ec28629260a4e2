import { recordFailure } from '../../../src/dns/resolver/health.js';
import { createHeartbeats } from '../../../src/dns/resolver/heartbeat.js';
import type { Attempt } from '../../../src/dns/resolver/question.js';
import type { RoundTripTime } from '../../../src/dns/resolver/round-trip-time.js';
import type { Upstream } from '../../../src/dns/resolver/upstream.js';
import { openFakeRun, sentTo } from './fakes.js';

/** Opens a run whose servers have been asked once, in vain, and have fallen silent; by default one of them. */
export function silentServers({
  count = 1,
  rate,
  shared,
}: {
  readonly count?: number;
  readonly rate?: number;
  readonly shared?: RoundTripTime;
} = {}) {
  const fakes = openFakeRun({ rate });
  const { run, clock, received, upstream, upstreams } = fakes;
  let settledOne = 0;
  const heartbeats = createHeartbeats(run, shared, () => settledOne++);
  for (const each of upstreams(count)) {
    sentTo(fakes, each);
    fallSilent(each);
  }
  const asked = received.length;
  return {
    ...fakes,
    server: upstream(1),
    heartbeats,
    /** Sends the heartbeats that are due now. */
    send: () => heartbeats.send(upstreams(count), clock.now()),
    /** The heartbeats that have been sent. */
    sent: () => received.slice(asked),
    settledOne: () => settledOne,
  };
}

/** Lets an upstream fail until it is silent. */
export function fallSilent({ health }: Upstream<Attempt>, now = 0): void {
  for (let failure = 0; failure < 3; failure++) recordFailure(health, now);
}
