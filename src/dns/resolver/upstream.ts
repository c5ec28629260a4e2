import { transports } from '../transport/index.js';
import type { Server, Settled, Transport } from '../transport/transport.js';
import type { Asked, Attempt } from './attempt.js';
import { openPace, type Pace } from './congestion-control.js';
import { type RoundTrip, trackRoundTrips } from './round-trip-time.js';

/** One server, the way to it, and what has been learned of it. */
export interface Lane {
  readonly server: Server;
  readonly transport: Transport<Attempt>;
  readonly roundTrip: RoundTrip;
  readonly pace: Pace;
  /** Queries that may still be answered in good time. */
  inFlight: number;
  /** It was full, and gets no more until there is room for many: one large write costs less than many small ones. */
  draining: boolean;
  /** Queries that came to nothing since its last reply: a server that may be dead is asked after the others. */
  silences: number;
  /** It was shown to lie, and another server is at hand. */
  distrusted: boolean;
}

/** The share of a full window that is in flight still when it is filled again. */
const drained = 0.75;

export function openLane(server: Server, timeout: number, settled: Settled<Attempt>): Lane {
  const roundTrip = trackRoundTrips();
  return {
    server,
    transport: transports[server.scheme](server, timeout, settled),
    roundTrip,
    pace: openPace(roundTrip),
    inFlight: 0,
    draining: false,
    silences: 0,
    distrusted: false,
  };
}

/** Whether one more query may go to a server now. */
export const hasRoom = ({ inFlight, draining, pace }: Lane, now: number): boolean =>
  !draining && inFlight < pace.window() && pace.allowance(now) >= 1;

/** Counts a query as sent. */
export function take(lane: Lane): void {
  lane.inFlight++;
  lane.draining = lane.transport.reliable && lane.inFlight >= lane.pace.window();
  lane.pace.sent();
}

/** Counts a query as no more in flight. */
export function free(lane: Lane): void {
  lane.inFlight--;
  if (lane.inFlight <= lane.pace.window() * drained) lane.draining = false;
}

/** Whether nothing came from a server lately: it never answered, or not to many queries in a row. */
export const mayBeDead = ({ silences, roundTrip, distrusted }: Lane): boolean =>
  distrusted || silences > (roundTrip.known() ? 10 : 0);

/** Which servers a question goes to, by their URLs; to all of them if neither is set. */
export interface Route {
  /** To this one alone. */
  readonly only?: string;
  /** To this one before the others. */
  readonly first?: string;
}

/**
 * The server to ask next: one that has not refused, and has not been shown to lie where there is another;
 * of these the one asked least often so far, then the preferred one, then the one last heard of.
 *
 * @param isOpen whether a lane comes into question; by default each does.
 */
export function nextLane(
  lanes: readonly Lane[],
  attempts: readonly Asked[],
  { only, first }: Route = {},
  isOpen: (lane: Lane) => boolean = () => true,
): Lane | undefined {
  let best: Lane | undefined;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const lane of lanes) {
    if (only !== undefined ? lane.server.url !== only : lane.distrusted) continue;
    let asked = 0;
    let refused = false;
    for (const attempt of attempts) {
      if (attempt.lane !== lane) continue;
      asked++;
      refused ||= attempt.outcome !== undefined;
    }
    const rank = asked * 1e6 + (lane.server.url === first ? 0 : 1 + Math.min(lane.silences, 1e5));
    if (!refused && rank < bestRank && isOpen(lane)) {
      best = lane;
      bestRank = rank;
    }
  }
  return best;
}
