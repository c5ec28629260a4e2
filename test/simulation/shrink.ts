import type { NamesOfWorld, OptionsOfWorld, ServerOfWorld, World } from './world.js';

/** The most worlds that are tried on the way to a smaller one. */
const mostTrials = 300;

/**
 * Finds a smaller world that fails as well: with fewer names and servers, and without what does not matter.
 *
 * @param fails tells whether a world fails.
 */
export async function shrink(world: World, fails: (world: World) => Promise<boolean>): Promise<World> {
  let smallest = world;
  let trials = 0;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const candidate of smallerWorlds(smallest)) {
      if (trials++ >= mostTrials) return smallest;
      if (!(await fails(candidate))) continue;
      smallest = candidate;
      isSmaller = true;
      break;
    }
  }
  return smallest;
}

function* smallerWorlds(world: World): Generator<World> {
  const { names, servers, options } = world;
  for (const index of servers.keys())
    if (servers.length > 1) yield { ...world, servers: servers.toSpliced(index, 1) };
  for (const smaller of smallerNames(names)) yield { ...world, names: smaller };
  for (const smaller of smallerOptions(options)) yield { ...world, options: smaller };
  for (const [index, server] of servers.entries())
    for (const smaller of smallerServers(server)) yield { ...world, servers: servers.with(index, smaller) };
}

function* smallerNames(names: NamesOfWorld): Generator<NamesOfWorld> {
  const { count, suffixes, interval } = names;
  for (const less of [Math.floor(count / 2), count - 1])
    if (less > 0 && less < count) yield { ...names, count: less };
  if (suffixes.length > 1) yield { ...names, suffixes: suffixes.slice(0, 1) };
  for (const share of ['live', 'taken', 'silent', 'failing'] as const)
    if (names[share] > 0) yield { ...names, [share]: 0 };
  if (interval > 0) yield { ...names, interval: 0 };
}

function* smallerOptions(options: OptionsOfWorld): Generator<OptionsOfWorld> {
  if (options.rate !== undefined) yield { ...options, rate: undefined };
  if (options.concurrency < 10_000) yield { ...options, concurrency: 10_000 };
  if (options.scheme !== 'udp') yield { ...options, scheme: 'udp' };
}

function* smallerServers(server: ServerOfWorld): Generator<ServerOfWorld> {
  const { count, line, faults } = server;
  if (count > 1) yield { ...server, count: Math.floor(count / 2) };
  for (const index of faults.keys()) yield { ...server, faults: faults.toSpliced(index, 1) };
  if (server.limit) yield { ...server, limit: undefined };
  if (server.tcp.kind !== 'normal') yield { ...server, tcp: { kind: 'normal' } };
  if (server.work > 0) yield { ...server, work: 0 };
  if (server.truncated > 0) yield { ...server, truncated: 0 };
  if (!server.hasSoa) yield { ...server, hasSoa: true };
  for (const part of ['loss', 'duplicates', 'jitter'] as const)
    if (line[part] > 0) yield { ...server, line: { ...line, [part]: 0 } };
  if (line.delay > 0.1) yield { ...server, line: { ...line, delay: 0.1 } };
}
