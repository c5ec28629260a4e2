import { openPace, type Pace } from './pace.js';
import type { Question } from './query.js';
import { type RoundTrip, trackRoundTrips } from './round-trip.js';
import type { Failed, Forget, Outcome, Server, Transport } from './transport.js';
import { transports } from './transports.js';

/** One server, the way to it, and what has been learned of it. */
export interface Lane {
  readonly server: Server;
  readonly transport: Transport;
  readonly roundTrip: RoundTrip;
  readonly pace: Pace;
  /** Queries that may still be answered in good time. */
  inFlight: number;
  /** Queries that came to nothing since its last reply: a server that may be dead is asked after the others. */
  silences: number;
  /** It was shown to lie, and another server is at hand. */
  distrusted: boolean;
}

/** One query, and what came of it so far. */
export interface Attempt {
  readonly lane: Lane;
  /** Milliseconds, on the clock of `performance.now`. */
  readonly sentAt: number;
  /** It cannot get lost on the way. */
  readonly reliable: boolean;
  /** It was taken for lost; a reply may still come. */
  lost: boolean;
  outcome: Outcome | undefined;
  forget: Forget;
}

export function openLane(server: Server, timeout: number): Lane {
  const roundTrip = trackRoundTrips();
  return {
    server,
    transport: transports[server.scheme](server, timeout),
    roundTrip,
    pace: openPace(() => roundTrip.timeout),
    inFlight: 0,
    silences: 0,
    distrusted: false,
  };
}

/** Whether one more query may go to a server now. */
export const hasRoom = ({ inFlight, pace }: Lane, now: number): boolean =>
  inFlight < pace.window && pace.allowance(now) >= 1;

/** Whether nothing came from a server lately: it never answered, or not to many queries in a row. */
export const mayBeDead = ({ silences, roundTrip, distrusted }: Lane): boolean =>
  distrusted || silences > (roundTrip.known ? 10 : 0);

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
 */
export function nextLane(
  lanes: readonly Lane[],
  attempts: readonly Attempt[],
  { only, first }: Route = {},
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
    if (!refused && rank < bestRank) {
      best = lane;
      bestRank = rank;
    }
  }
  return best;
}

/** A reply by which the server says only that it will not or cannot tell is a failure. */
export function judge(outcome: Outcome, question: Question): Outcome {
  if ('failure' in outcome) return outcome;
  const { reply, server } = outcome;
  const { rcode, referral } = reply;
  if (rcode !== undefined && rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') {
    return { failure: `${rcode} from ${server}`, server, rcode };
  }
  if (referral !== undefined && referral !== question.name) {
    return { failure: `${server} only refers to the name servers of ${referral || 'the root'}`, server };
  }
  return outcome;
}

/** What all attempts together failed by, each server's part named once. */
export function summary(attempts: readonly Attempt[]): Failed {
  const parts = new Map<Lane, string>();
  for (const { lane, outcome } of attempts) {
    const tries = attempts.filter((attempt) => attempt.lane === lane).length;
    const silent = `no reply from ${lane.server.url} in ${tries === 1 ? 'one try' : `${tries} tries`}`;
    if (outcome && 'failure' in outcome) parts.set(lane, outcome.failure);
    else if (!parts.has(lane)) parts.set(lane, silent);
  }
  const told = attempts.findLast(({ outcome }) => outcome && 'rcode' in outcome)?.outcome;
  return {
    failure: [...parts.values()].join('; '),
    server: told?.server ?? attempts.at(-1)?.lane.server.url ?? '',
    ...(told && 'rcode' in told && { rcode: told.rcode }),
  };
}
