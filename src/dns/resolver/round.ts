/** Consecutive queries to one upstream, and their outcomes. All times are in milliseconds. */
export interface Round extends Tallies {
  startedAt: number;
  /** When its last query was sent. */
  lastSentAt: number;
  /** The number of the rate at which it was sent. */
  readonly setting: number;
  /** Whether no more queries are added. */
  isClosed: boolean;
  /** Whether the rate has been adjusted to its outcome. */
  isOver: boolean;
  /** Whether it was more than the upstream could answer, though it was reachable. */
  wasTooMuch: boolean;
  readonly later: Tally;
}

/** The queries that count, by the order of the attempt. */
export interface Tallies {
  readonly first: Tally;
  readonly second: Tally;
  /** Later attempts of questions that were answered in the end, so that their losses are not due to the names. */
  readonly proven: Tally;
}

/** How many queries were sent, answered and lost; the others are in flight. */
export interface Tally {
  sent: number;
  answered: number;
  lost: number;
}

/**
 * How a query counts. All attempts for a name that is never answered are lost. So second attempts say little about the
 * upstream, and later ones say something only if their question is answered in the end.
 */
export type AttemptOrder = 'first' | 'second' | 'later';

/** The fewest queries of a round, and the fewest first attempts that are enough without the second ones. */
export const fewestQueries = 8;
const fewestFirst = 4;
/** The fewest later attempts that make a round without others. */
export const fewestLater = 32;
/** If fewer answers are expected, it means little that hardly any come. */
const fewestExpected = 2.5;
/** With fewer second attempts, it cannot be told whether losses are due to names. */
const fewestSecond = 16;
/** After this many first attempts, the outcomes of earlier ones count half. */
const longestHistory = 512;
/** The fewest losses that mean something. */
const fewestLosses = 4;
/** The shortest time, in milliseconds, over which a rate is measured. */
export const shortestTime = 100;

/** Creates a tally of no queries. */
export const createTally = (): Tally => ({ sent: 0, answered: 0, lost: 0 });

/** Creates tallies of no queries. */
export const createTallies = (): Tallies => ({
  first: createTally(),
  second: createTally(),
  proven: createTally(),
});

/** Creates a round without queries. */
export const createRound = (setting: number, now: number): Round => ({
  startedAt: now,
  lastSentAt: now,
  setting,
  isClosed: false,
  isOver: false,
  wasTooMuch: false,
  ...createTallies(),
  later: createTally(),
});

/** Adds two tallies. */
export const sumOf = (a: Tally, b: Tally): Tally => ({
  sent: a.sent + b.sent,
  answered: a.answered + b.answered,
  lost: a.lost + b.lost,
});

/** Queries sent in a round, without later attempts. */
export const sentOf = ({ first, second }: Tallies): number => first.sent + second.sent;

/** Whether nothing has been sent in a round. */
export const isEmpty = ({ first, second, later }: Round): boolean =>
  first.sent + second.sent + later.sent === 0;

/** Whether all queries that count have an outcome. */
export const isSettled = (round: Round): boolean =>
  hasOutcomes(round.first) &&
  hasOutcomes(round.second) &&
  (sentOf(round) >= fewestQueries || hasOutcomes(round.later));

const hasOutcomes = ({ sent, answered, lost }: Tally): boolean => answered + lost === sent;

/** Adds the queries of a round to those of other rounds. */
export const addRound = (tallies: Tallies, { first, second, proven }: Tallies): Tallies => ({
  first: sumOf(tallies.first, first),
  second: sumOf(tallies.second, second),
  proven: sumOf(tallies.proven, proven),
});

/**
 * Records the answer to a later attempt.
 *
 * @param losses how many later attempts for the same question were lost before, at the same rate.
 */
export function recordProven({ proven }: Tallies, losses: number): void {
  proven.sent += losses + 1;
  proven.answered++;
  proven.lost += losses;
}

/**
 * Returns the queries that say most about the upstream: first attempts, without the losses that are due to names. If
 * there are too few of them, second attempts are added, and if there are still too few, proven ones.
 *
 * @param unanswerable the share of the names that are never answered.
 * @param all the queries of which there must be enough; by default, the same ones.
 */
export function representative(tallies: Tallies, unanswerable: number, all = tallies): Tally {
  const { first, second, proven } = tallies;
  const ofNames = Math.max(unanswerable * first.sent, areSecondAttemptsLost(all) ? second.lost : 0);
  const ofLine = { ...first, lost: Math.max(first.lost - ofNames, 0) };
  // Most second attempts are for those names.
  if (all.first.sent >= fewestFirst || ofNames > 0) return ofLine;
  const both = sumOf(first, second);
  return sentOf(all) >= fewestQueries ? both : sumOf(both, proven);
}

/**
 * Whether far fewer second attempts are answered than first ones, which shows that some names are never answered. An
 * overloaded upstream answers second attempts as often as first ones.
 */
function areSecondAttemptsLost({ first, second }: Tallies): boolean {
  const expected = (first.answered / Math.max(first.sent, 1)) * second.sent;
  return expected >= fewestExpected && second.answered <= expected / 4;
}

/**
 * Estimates the share of the names for which every query is lost, or fails. With a share f of such names, and a loss p of all
 * queries, (1 - f)(1 - p) of the first attempts are answered. Second attempts are answered as often as first ones, unless
 * they are for such names: this tells p.
 *
 * @param history the outcomes of first and second attempts.
 * @returns 0 if there were too few second attempts to tell.
 */
export function unanswerableShare({ first, second }: Tallies): number {
  if (second.sent < fewestSecond || first.answered === 0) return 0;
  const answered = first.answered / first.sent;
  // By chance, fewer second attempts may have been answered than usual.
  const chance = second.answered + 1;
  const answeredAgain = (chance + 2 * Math.sqrt(chance)) / second.sent;
  const loss = (answeredAgain * (1 - answered)) / answered;
  return 1 - answered / Math.max(1 - loss, answered);
}

/** Adds a round to a history, in which older rounds count less and less. */
export function addToHistory(history: Tallies, round: Tallies): Tallies {
  const sum = addRound(history, round);
  return sum.first.sent > longestHistory
    ? { ...sum, first: halfOf(sum.first), second: halfOf(sum.second) }
    : sum;
}

const halfOf = ({ sent, answered, lost }: Tally): Tally => ({
  sent: sent / 2,
  answered: answered / 2,
  lost: lost / 2,
});

/** Whether more queries were lost than by chance on a line that loses each with this probability. */
export const isExcessive = ({ sent, lost }: Tally, probability: number): boolean =>
  lost >= fewestLosses && lost > expectedLosses(probability, sent);

/**
 * The most losses to expect by chance if each query is lost with this probability: the mean plus two standard
 * deviations.
 */
const expectedLosses = (probability: number, queries: number): number =>
  probability * queries + 2 * Math.sqrt(probability * queries);

/** The rate, in queries a second, at which a round was sent. */
export function sentRate({ first, second, later, startedAt, lastSentAt }: Round): number {
  const seconds = Math.max(lastSentAt - startedAt, shortestTime) / 1000;
  return (first.sent + second.sent + later.sent) / seconds;
}
