import type { Question } from './query.js';
import { type RoundTrip, trackRoundTrips } from './round-trip.js';
import type { Failed, Forget, Outcome, Server, Transport } from './transport.js';
import { transports } from './transports.js';

/** One server, the way to it, and what has been learned of it. */
export interface Lane {
  readonly server: Server;
  readonly transport: Transport;
  readonly roundTrip: RoundTrip;
  /** Queries that came to nothing since its last reply: a server that may be dead is asked after the others. */
  silences: number;
}

/** One query, and what came of it so far. */
export interface Attempt {
  readonly lane: Lane;
  /** Milliseconds, on the clock of `performance.now`. */
  readonly sentAt: number;
  outcome?: Outcome;
  forget: Forget;
}

export const openLane = (server: Server, timeout: number): Lane => ({
  server,
  transport: transports[server.scheme](server, timeout),
  roundTrip: trackRoundTrips(),
  silences: 0,
});

/** The server to ask next: one that has not refused, asked least often so far, heard of last, first in the list. */
export function nextLane(lanes: readonly Lane[], attempts: readonly Attempt[]): Lane | undefined {
  const asked = (lane: Lane) => attempts.filter((attempt) => attempt.lane === lane).length;
  return lanes
    .filter((lane) => !attempts.some((attempt) => attempt.lane === lane && attempt.outcome))
    .sort((a, b) => asked(a) - asked(b) || a.silences - b.silences)[0];
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
