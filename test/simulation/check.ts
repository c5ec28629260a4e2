import { allowanceOf } from './allowance.js';
import { isAble } from './least.js';
import type { Played } from './play.js';
import { isFiltered } from './truth.js';
import type { ServerOfWorld, World } from './world.js';

/** What is wrong with a run, in words; and how many wrong marks are excused, as no witness could have met the lie. */
export interface Checked {
  readonly problems: readonly string[];
  readonly excused: number;
}

/** Milliseconds within which a run gets to know its servers: what they say until then may be taken for their character. */
const introduction = 1000;

/** Checks what came out of a world. */
export function check(world: World, played: Played): Checked {
  const problems: string[] = [];
  let excused = 0;
  const servers = world.servers.filter(isAble);
  let unluckyLeft = Math.max(unlucky.share * world.names.count, unlucky.fewest);
  const seen = new Set<string>();
  for (const { name, status, reason = '' } of played.results) {
    const truth = played.truths.get(name);
    if (seen.has(name)) problems.push(`${name} came out twice`);
    seen.add(name);
    if (status === 'unknown') {
      const isTrue = truth === 'silent' || truth === 'failing';
      if (isTrue || isUnknownExcused(world, name)) continue;
      const isUnlucky = servers.every((server) => mayTakeAllTries(server) || isNoHelp(server, name));
      if (isUnlucky && unluckyLeft-- > 0) continue;
      problems.push(`${name} is ${truth}, and came out unknown: ${reason}`);
    } else if (status !== truth) {
      if (isUnseenLie(name, played) || servers.every((server) => liesToTheEnd(server, played))) excused++;
      else problems.push(`${name} is ${truth}, and came out ${status}`);
    }
  }
  if (seen.size !== world.names.count) problems.push(`${seen.size} of ${world.names.count} names came out`);
  if (played.left > 0) problems.push(`${played.left} sockets and timers were left open`);
  const { queries, time } = allowanceOf(world);
  if (played.queries > queries) problems.push(`${played.queries} queries, more than ${Math.round(queries)}`);
  if (played.time > time) problems.push(`${Math.round(played.time)} ms, more than ${Math.round(time)}`);
  return { problems, excused };
}

/**
 * Whether the last lie about a name met no canary of its suffix: it lay between two witnesses that were right. Earlier lies had the name
 * asked for again.
 */
function isUnseenLie(name: string, { servers }: Played): boolean {
  const suffix = name.slice(name.lastIndexOf('.') + 1);
  const lies = servers.flatMap((server) => server.lies).filter(({ names }) => names.has(name));
  const last = lies.sort((one, other) => other.fault.from - one.fault.from).at(0);
  return last !== undefined && !last.canaries.has(suffix);
}

/** Whether the rules of a world excuse a name without an answer: none of its servers can be believed, or reached. */
const isUnknownExcused = ({ servers }: World, name: string): boolean =>
  servers.filter(isAble).every((server) => isNoHelp(server, name));

/** Whether a server cannot be believed about a name, or reached. */
const isNoHelp = (server: ServerOfWorld, name: string): boolean =>
  ((server.character === 'filters' || server.character === 'blocks') && isFiltered(name)) ||
  (server.character === 'filters suffix' && name.endsWith('.dev')) ||
  liesAtFirst(server) ||
  hasNoStream(server) ||
  isUnproven(server, name);

/** A server that lies from the beginning may be like that, as far as a run can tell. */
const liesAtFirst = ({ faults }: ServerOfWorld): boolean =>
  faults.some(({ kind, from }) => (kind === 'denies all' || kind === 'answers all') && from < introduction);

/** Many losses, a limit without a burst, a fault that lasts, or truncated replies and bad connections may take all tries of a few names. */
function mayTakeAllTries({ faults, line, limit, truncated, tcp }: ServerOfWorld): boolean {
  if (truncated > 0 && (tcp.kind !== 'normal' || limit !== undefined)) return true;
  if (line.loss >= 0.1 || (limit?.kind === 'rate' && limit.burst < 20)) return true;
  const failing = faults.filter(({ kind }) => kind !== 'denies all' && kind !== 'answers all');
  const time = failing.reduce((sum, { from, to }) => sum + to - from, 0);
  return failing.length > 0 && (line.loss >= 0.05 || limit !== undefined || time >= longFault);
}

/** Milliseconds after which a fault may have taken all tries. */
const longFault = 1000;

/** The share of the names, and how many in any case, that may have all their tries taken. */
const unlucky = { share: 0.25, fewest: 3 };

/** A server that lies from the beginning to the end of a run, but for a moment, is a liar for that run. */
const liesToTheEnd = ({ faults }: ServerOfWorld, { time }: Played): boolean =>
  faults.some(({ kind, from }) => kind === 'answers all' && from < introduction) &&
  faults.reduce((sum, { kind, from, to }) => sum + (kind === 'answers all' ? to - from : 0), 0) >
    time - shortPause;

/** Milliseconds that are but a moment. */
const shortPause = 50;

const hasNoStream = ({ truncated, tcp }: ServerOfWorld): boolean =>
  truncated > 0 && (tcp.kind === 'refused' || tcp.kind === 'hangs');

/** Nothing proves a suffix that is not listed, if the server keeps single labels to itself and its denials have no SOA record. */
const isUnproven = ({ character, hasSoa }: ServerOfWorld, name: string): boolean =>
  !hasSoa && name.endsWith('.corp') && character.endsWith('single labels');

/** Whether a problem only costs queries, time or an answer: nothing wrong is said. By bad luck, that happens in a few worlds. */
export const isShortcoming = (problem: string): boolean => /came out unknown|, more than \d+$/.test(problem);
