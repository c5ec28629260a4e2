import { parseWholeName } from '../../src/names/candidate.js';
import type { ProbeResult } from '../../src/probe/result.js';
import { roomFor } from '../../src/probe/room.js';
import { openChosenProber } from '../../src/probers/index.js';
import { asCompleted } from '../../src/util/as-completed.js';
import { createNetwork } from './network.js';
import { createSeededRandom } from './random.js';
import { createServer, type SimulatedServer } from './server.js';
import { namesOf, type Truth } from './truth.js';
import { createVirtualClock } from './virtual-clock.js';
import type { World } from './world.js';

/** A run that has been played. */
export interface Played {
  readonly results: readonly ProbeResult[];
  readonly truths: ReadonlyMap<string, Truth>;
  readonly servers: readonly SimulatedServer[];
  readonly notes: readonly string[];
  /** Queries that have arrived at servers. */
  readonly queries: number;
  /** Milliseconds until the first result and until the last one. */
  readonly first: number;
  readonly time: number;
  readonly events: number;
  readonly hash: number;
  /** Sockets and timers that were left open. */
  readonly left: number;
}

/** Milliseconds of virtual time after which a run counts as stuck. */
const longest = 3_600_000;

/** Plays a run in virtual time. The same world gives the same run, to the last event. */
export async function play(world: World, log?: (now: number, message: string) => void): Promise<Played> {
  const clock = createVirtualClock();
  const addresses = world.servers.flatMap(({ count }, index) =>
    Array.from({ length: count }, (_, each) => ({
      address: `10.${index}.${each >> 8}.${each & 255}`,
      index,
    })),
  );
  const worldRandom = createSeededRandom(world.seed ^ 0x5eed);
  const servers = new Map<string, SimulatedServer>();
  for (const { address, index } of addresses) {
    const server = world.servers[index];
    if (server) servers.set(address, createServer(server, clock, worldRandom));
  }
  const network = createNetwork(servers, clock, worldRandom);
  const { scheme, rate, concurrency, tries } = world.options;
  const notes: string[] = [];
  const prober = openChosenProber({
    platform: { clock, random: createSeededRandom(world.seed), sockets: network },
    servers: addresses.map(({ address }) => ({
      scheme,
      address,
      port: 53,
      url: `${scheme === 'tcp' ? 'tcp' : 'udp'}://${address}:53`,
    })),
    timeout: 3000,
    tries,
    rate,
    canary: true,
    concurrency,
    note: (message) => notes.push(message),
    log: log && ((message) => log(clock.now(), message)),
  });
  const names = namesOf(world.names);
  const { interval } = world.names;

  async function* batches() {
    if (interval === 0) {
      yield names;
      return;
    }
    for (const name of names) {
      yield [name];
      await new Promise<void>((resolve) => void clock.setTimer(interval, resolve));
    }
  }

  const results: ProbeResult[] = [];
  let first: number | undefined;
  let time = 0;
  const run = async () => {
    const room = () => roomFor(prober, concurrency);
    const work = ({ name }: (typeof names)[number], freed: () => void) => {
      const candidate = parseWholeName(name);
      if ('problem' in candidate) throw new Error(candidate.problem);
      return prober.probe(candidate, freed);
    };
    for await (const batch of asCompleted(batches(), room, work, undefined, clock)) {
      time = clock.now();
      first ??= time;
      results.push(...batch);
    }
    prober.close();
  };
  const done = run();
  try {
    await clock.play(done, longest);
  } catch (error) {
    prober.close();
    throw new Error(
      `${error instanceof Error ? error.message : error}: ${results.length} of ${names.length} results`,
    );
  }
  await done;
  // What is on its way arrives, and closed sockets end.
  await clock.play(new Promise<void>((resolve) => void clock.setTimer(60_000, resolve)), longest);
  return {
    results,
    truths: new Map(names.map(({ name, truth }) => [name, truth])),
    servers: [...servers.values()],
    notes,
    queries: [...servers.values()].reduce((sum, { arrivals }) => sum + arrivals.length, 0),
    first: first ?? 0,
    time,
    events: clock.events(),
    hash: clock.hash(),
    left: network.open() + clock.pending(),
  };
}
