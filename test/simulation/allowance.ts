import { isAble, type Least, leastOf, roundTripOf } from './least.js';
import type { ServerOfWorld, World } from './world.js';

/** What a run may need, as factors of the least possible, and beyond that in all. Times are in milliseconds. */
interface Allowance {
  readonly factor: number;
  /** Queries for each server and suffix, and in any case. */
  readonly introduction: number;
  readonly queries: number;
  readonly time: number;
  /** Time for each name, if one is asked for at a time. */
  readonly nameTime: number;
}

/** If nothing goes wrong: canaries, and the search for the rate and the way that suit a server. */
const calm: Allowance = { factor: 1.5, introduction: 16, queries: 20, time: 5300, nameTime: 5 };
/** If something does: a limit must be met to be found, a fault may take tries, and the last try has all of its time. */
const rough: Allowance = { factor: 4, introduction: 24, queries: 760, time: 200_000, nameTime: 5000 };

/** Milliseconds for which a name that is never answered takes a place among those that are asked for at once. */
const deadNameTime = 13_000;

/** Milliseconds that denials under a suffix may wait for another server, and for its confirmation of others. */
const longestConfirmation = 3500;

/** The most queries and time that a run may take in a world. */
export function allowanceOf(world: World): Least {
  const { servers, names, options } = world;
  const { factor, introduction, queries, time, nameTime } = isCalm(world) ? calm : rough;
  const least = leastOf(world);
  const serverCount = servers.reduce((sum, { count }) => sum + count, 0);
  const dead = (names.silent + names.failing) * names.count;
  // A name that is typed alone has canaries of its own, also later ones if it is slower than they are.
  const typed = names.interval > 0 ? 5 * names.count : 0;
  // As long as no name is known to exist, each denial is confirmed by another server, and waits for it.
  const confirmations = serverCount > 1 ? names.count : 0;
  // If a server makes up some names, names are compared with random ones there as long as no other one is right.
  const isCompared = servers.some(({ character }) => character === 'redirects short');
  const comparisons = isCompared ? 4 * names.count : 0;
  const slowest = Math.max(...servers.map(roundTripOf));
  const confirmationTime =
    serverCount > 1
      ? longestConfirmation * names.suffixes.length + (names.count * slowest) / options.concurrency
      : 0;
  const most =
    factor * least.queries +
    introduction * serverCount * names.suffixes.length +
    typed +
    confirmations +
    comparisons +
    queries;
  return {
    queries: most,
    time: Math.max(
      factor * least.time +
        time +
        confirmationTime +
        (dead * deadNameTime + names.count * nameTime) / options.concurrency,
      // With a rate, every query takes time.
      options.rate === undefined ? 0 : (most / options.rate) * 1000,
    ),
  };
}

/** Whether nothing goes wrong in a world. */
const isCalm = ({ names, servers }: World): boolean =>
  names.silent + names.failing === 0 && servers.every((server) => isAble(server) && isSound(server));

const isSound = ({ character, line, limit, faults, tcp, truncated }: ServerOfWorld): boolean =>
  character === 'honest' &&
  line.loss === 0 &&
  limit === undefined &&
  faults.length === 0 &&
  tcp.kind === 'normal' &&
  truncated === 0;
