import type { ServerOfWorld, World } from './world.js';

/** What the best possible prober would need in a world. All times are in milliseconds. */
export interface Least {
  readonly queries: number;
  readonly time: number;
}

/** Servers that answer truthfully, most of the time. */
export const isAble = ({ character }: ServerOfWorld): boolean =>
  character === 'honest' ||
  character === 'filters' ||
  character === 'blocks' ||
  character === 'denies single labels' ||
  character === 'refuses single labels';

/** Computes the least possible queries and time of a world, from the world alone. */
export function leastOf(world: World): Least {
  const queries = leastQueries(world);
  return { queries, time: leastTime(world, queries) };
}

/**
 * Each name needs a query, another one for its other address type if it exists without an address, and another one if a reply does
 * not fit into a datagram. A name that nobody answers needs all its tries.
 */
function leastQueries({ names, servers, options }: World): number {
  const able = servers.filter(isAble);
  if (able.length === 0) return names.count * options.tries;
  const truncated = Math.min(...able.map((server) => server.truncated));
  const dead = names.silent + names.failing;
  return Math.ceil(names.count * ((1 + names.taken) * (1 + truncated) + dead * (options.tries - 1)));
}

/** The longest of the times that a world imposes, which pass side by side; and the round trip of the last query. */
function leastTime({ names, servers, options }: World, queries: number): number {
  const able = servers.filter(isAble);
  if (able.length === 0) return 0;
  const roundTrip = Math.min(...able.map(roundTripOf));
  const capacity = able.reduce((sum, server) => sum + capacityOf(server), 0);
  const times = [
    (queries / options.concurrency) * roundTrip,
    queries / capacity,
    options.rate === undefined ? 0 : (queries / options.rate) * 1000,
    names.interval * (names.count - 1),
    ...able.flatMap(({ faults }) => faults.map(({ to }) => to)),
  ];
  return roundTrip + Math.max(...times);
}

/** Milliseconds until a server has replied to a query. */
export const roundTripOf = ({ line, work }: ServerOfWorld): number => 2 * line.delay + line.jitter + work / 3;

/** Queries a millisecond that servers of one kind answer. */
function capacityOf(server: ServerOfWorld): number {
  const { count, limit, tcp } = server;
  const roundTrip = Math.max(roundTripOf(server), 1);
  const ofLimit =
    limit === undefined
      ? Number.POSITIVE_INFINITY
      : limit.kind === 'rate'
        ? limit.rate / 1000
        : limit.count / roundTrip;
  // A connection needs a round trip before its first query.
  const ofConnections = 'after' in tcp ? tcp.after / (2 * roundTrip) : Number.POSITIVE_INFINITY;
  return count * Math.min(ofConnections, ofLimit);
}
