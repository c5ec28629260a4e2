import type { Server } from '../transport/index.js';
import type { Query, Transport } from '../transport/transport.js';
import { type CongestionControl, createCongestionControl, hasRoom } from './congestion-control.js';
import { createHealth, type Health, mayAsk } from './health.js';
import { createRoundTripTime, type RoundTripTime } from './round-trip-time.js';
import { hasToken, untilToken } from './token-bucket.js';

/**
 * One server, the way to it, and what has been learned of it. All times are in milliseconds, on the clock of the
 * platform.
 */
export interface Upstream<Q extends Query = Query> {
  readonly server: Server;
  transport: Transport<Q>;
  roundTripTime: RoundTripTime;
  /** The round-trip time of streams that follow a truncated reply. */
  streamTime: RoundTripTime;
  congestionControl: CongestionControl;
  health: Health;
  /** Queries without an outcome, lost ones excluded. */
  inFlight: number;
  /** When the latest of the answered queries was sent. */
  answeredSentAt: number;
  /** The last failure, in words. */
  lastFailure: string;
  /** Why it cannot be reached, in words; undefined if it can, or if that is not known. */
  whyUnreachable: string | undefined;
  /** Queries sent, those with a reply that says something about the name, and those without a reply in time. */
  asked: number;
  answered: number;
  lost: number;
}

/** The state that all upstreams share until they are asked: an unused upstream takes little memory. */
const unasked = {
  transport: {
    kind: 'datagram',
    capacity: () => Number.POSITIVE_INFINITY,
    ask() {},
    suspect: () => undefined,
    forget() {},
    close() {},
  },
  roundTripTime: createRoundTripTime(),
  streamTime: createRoundTripTime(),
  congestionControl: createCongestionControl(),
  health: createHealth(),
} as const;

/** Creates an upstream that has not been asked yet. */
export const createUpstream = <Q extends Query>(server: Server): Upstream<Q> => ({
  server,
  ...unasked,
  inFlight: 0,
  answeredSentAt: Number.NEGATIVE_INFINITY,
  lastFailure: `no reply from ${server.url}`,
  whyUnreachable: undefined,
  asked: 0,
  answered: 0,
  lost: 0,
});

/**
 * Gives an upstream its transport and a state of its own, before its first query.
 *
 * @param window how many queries may be in flight at first.
 */
export function startUpstream<Q extends Query>(
  upstream: Upstream<Q>,
  transport: Transport<Q>,
  window?: number,
): void {
  upstream.transport = transport;
  upstream.roundTripTime = createRoundTripTime();
  upstream.streamTime = createRoundTripTime();
  upstream.congestionControl = createCongestionControl(window);
  upstream.health = createHealth();
}

/**
 * Whether an upstream may be sent a query now.
 *
 * @param needsStream whether the query must be sent over a stream.
 */
export const maySend = (
  { health, congestionControl, inFlight, transport }: Upstream,
  needsStream: boolean,
  now: number,
): boolean =>
  mayAsk(health, now) && hasRoom(congestionControl, inFlight, now) && transport.capacity(needsStream) > 0;

/**
 * When a query may be sent to an upstream that is not ready now, if no reply comes; infinite if it has to wait for a
 * reply.
 *
 * @returns milliseconds, on the clock of the platform.
 */
export function readyAt({ congestionControl, inFlight, health }: Upstream, now: number): number {
  if (health.isSilent) return Number.POSITIVE_INFINITY;
  if (health.resumeAt > now) return health.resumeAt;
  const {
    window,
    rate: { bucket },
  } = congestionControl;
  return inFlight >= window || hasToken(bucket) ? Number.POSITIVE_INFINITY : now + untilToken(bucket);
}
