import {
  rcodes,
  readQuery,
  type SimulatedQuery,
  type SimulatedReply,
  types,
  writeReply,
} from './messages.js';
import type { SeededRandom } from './random.js';
import { isFiltered, truthOf } from './truth.js';
import type { VirtualClock } from './virtual-clock.js';
import type { Fault, ServerOfWorld } from './world.js';

/** A name server, as it answers queries that have arrived. */
export interface SimulatedServer {
  readonly world: ServerOfWorld;
  /** Queries that have arrived, in order. */
  readonly arrivals: readonly Arrival[];
  /**
   * Answers a query, now or later.
   *
   * @param isStream whether it has come on a connection.
   * @param send sends a reply.
   */
  receive(
    message: Uint8Array,
    isStream: boolean,
    send: (reply: Uint8Array, delivered: () => void) => void,
  ): void;
  /** Whether nothing listens at the moment. */
  isAway(): boolean;
  /** Lies, and what they have met. */
  readonly lies: LieRecord[];
}

/** A query that has arrived. */
export interface Arrival {
  /** Milliseconds since the beginning. */
  readonly time: number;
  readonly name: string;
}

/** A lie, and the queries that have met it. */
export interface LieRecord {
  readonly fault: Fault;
  /** The names of the world, and the suffixes of the canaries, that were lied about: of those that show the lie, and were answered. */
  readonly names: Set<string>;
  readonly canaries: Set<string>;
}

const listedSuffixes: ReadonlySet<string> = new Set(['dev', 'com', 'app', 'corp']);

/** Creates a server. */
export function createServer(
  world: ServerOfWorld,
  clock: VirtualClock,
  random: SeededRandom,
): SimulatedServer {
  const { character, faults, limit, work, truncated, hasSoa } = world;
  const lies: LieRecord[] = faults
    .filter(({ kind }) => kind === 'denies all' || kind === 'answers all')
    .map((fault) => ({ fault, names: new Set(), canaries: new Set() }));
  const arrivals: Arrival[] = [];
  const answered = new Set<string>();
  let inWork = 0;
  let tokens = limit?.kind === 'rate' ? Math.max(limit.burst, 1) : 0;
  let filledAt = 0;

  const presentFault = (): Fault | undefined => {
    const now = clock.now();
    return faults.find(({ from, to }) => now >= from && now < to);
  };

  const isBeyondLimit = (): boolean => {
    if (limit === undefined) return false;
    if (limit.kind === 'in work') return inWork >= limit.count;
    const now = clock.now();
    tokens = Math.min(tokens + ((now - filledAt) * limit.rate) / 1000, Math.max(limit.burst, 1));
    filledAt = now;
    if (tokens < 1) return true;
    tokens--;
    return false;
  };

  const denial = (zone: string): SimulatedReply => ({
    rcode: rcodes.nameError,
    zone: hasSoa ? zone : undefined,
  });
  const noData = (zone: string): SimulatedReply => ({
    rcode: rcodes.noError,
    zone: hasSoa ? zone : undefined,
  });

  const honest = ({ name, type }: SimulatedQuery): SimulatedReply | undefined => {
    const suffix = name.slice(name.lastIndexOf('.') + 1);
    if (name === '') return type === types.NS ? { rcode: 0, answer: 'name server' } : noData('');
    if (!listedSuffixes.has(suffix)) return denial('');
    if (name === suffix) return type === types.NS ? { rcode: 0, answer: 'name server' } : noData(suffix);
    const label = name.slice(0, name.indexOf('.'));
    // Its name server is n below the suffix.
    const truth = label === 'nic' || label === 'n' ? 'live' : truthOf(label);
    if (truth === 'silent') return undefined;
    if (truth === 'failing') return { rcode: rcodes.serverFailure };
    if (truth === undefined || truth === 'absent') return denial(suffix);
    if (type === types.NS) return { rcode: 0, answer: 'name server' };
    return truth === 'live' && type === types.A ? { rcode: 0, answer: 'address' } : noData(name);
  };

  const answersAll = ({ name, type }: SimulatedQuery): SimulatedReply =>
    type === types.A ? { rcode: 0, answer: 'address' } : noData(name.slice(name.lastIndexOf('.') + 1));

  /** Blocks a name by the denial of another zone, by one without a zone, or by the address 0.0.0.0 or ::. */
  const blocked = ({ name, type }: SimulatedQuery): SimulatedReply => {
    const way = name.length % 4;
    if (way === 0) return { rcode: rcodes.nameError, zone: name };
    if (way === 1) return { rcode: rcodes.nameError, zone: 'policy.corp' };
    if (way === 2 && hasSoa) return { rcode: rcodes.nameError };
    const isAddress = type === types.A || type === types.AAAA;
    return { rcode: rcodes.noError, answer: isAddress ? 'null address' : undefined };
  };

  const isDeniedShort = ({ name }: SimulatedQuery): boolean => {
    const [label = '', ...parents] = name.split('.');
    const truth = label === 'nic' || label === 'n' ? 'live' : truthOf(label);
    return parents.length > 0 && label.length < 16 && (truth === undefined || truth === 'absent');
  };

  /** Notes that a query has met a lie, and that the reply has arrived. */
  const noteLie = ({ name }: SimulatedQuery): ((isNews: boolean) => void) => {
    const fault = presentFault();
    const lie = lies.find((each) => each.fault === fault);
    if (lie === undefined) return (_isNews: boolean) => {};
    const label = name.slice(0, Math.max(name.indexOf('.'), 0));
    if (truthOf(label) !== undefined) lie.names.add(name);
    // A denial shows a lie if the suffix or its name server is asked for, and an answer if a long made-up name is. Shorter ones are
    // also asked for outside of witnesses.
    const exists = label === '' || label === 'n';
    const shows = lie.fault.kind === 'answers all' ? label.length > 20 : exists;
    return (isNews) => {
      if (shows && isNews) lie.canaries.add(name.slice(name.lastIndexOf('.') + 1));
    };
  };

  const replyTo = (query: SimulatedQuery): SimulatedReply | undefined => {
    const fault = presentFault();
    if (fault?.kind === 'silent' || fault?.kind === 'restart' || character === 'silent') return undefined;
    if (fault?.kind === 'SERVFAIL') return { rcode: rcodes.serverFailure };
    if (fault?.kind === 'REFUSED' || character === 'refuses all') return { rcode: rcodes.refused };
    if (isBeyondLimit()) {
      if (limit?.beyond === 'drop') return undefined;
      return { rcode: limit?.beyond === 'REFUSED' ? rcodes.refused : rcodes.serverFailure, isAtOnce: true };
    }
    if (character === 'filters' && isFiltered(query.name)) return { rcode: rcodes.refused };
    if (character === 'blocks' && isFiltered(query.name)) return blocked(query);
    if (character === 'filters suffix' && query.name.endsWith('.dev')) return denial('dev');
    if (character === 'redirects short' && isDeniedShort(query)) return answersAll(query);
    if (fault?.kind === 'denies all' || character === 'denies all') return { rcode: rcodes.nameError };
    if (fault?.kind === 'answers all' || character === 'answers all') return answersAll(query);
    const isSingle = query.name !== '' && !query.name.includes('.');
    if (isSingle && character === 'denies single labels') return { rcode: rcodes.nameError };
    if (isSingle && character === 'refuses single labels') return { rcode: rcodes.refused };
    return honest(query);
  };

  return {
    world,
    arrivals,
    lies,
    isAway: () => character === 'nothing listens' || presentFault()?.kind === 'restart',
    receive(message, isStream, send) {
      const query = readQuery(message);
      arrivals.push({ time: clock.now(), name: query.name });
      const reply = replyTo(query);
      if (reply === undefined) return;
      const isRefusal = reply.rcode === rcodes.refused || reply.rcode === rcodes.serverFailure;
      const isTruncated = !isStream && !isRefusal && random.chance(truncated);
      const noteArrival = isTruncated || isRefusal ? () => {} : noteLie(query);
      // Of two replies to the same question, the second one is not read any more.
      const delivered = () => {
        if (isTruncated || isRefusal) return;
        const key = `${query.name} ${query.type}`;
        noteArrival(!answered.has(key));
        answered.add(key);
      };
      const octets = writeReply(query, isTruncated ? { ...reply, isTruncated } : reply);
      // A refusal takes no time, whatever its code.
      const isAtOnce = reply.isAtOnce || reply.rcode === rcodes.refused;
      const milliseconds = isAtOnce ? 0 : work * random.fraction() ** 2;
      inWork++;
      const finish = () => {
        inWork--;
        send(octets, delivered);
      };
      if (milliseconds === 0) finish();
      else clock.setTimer(milliseconds, finish);
    },
  };
}
