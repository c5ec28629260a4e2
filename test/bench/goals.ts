import type { Contender } from './contenders.js';
import { median } from './measure.js';
import { type Bench, type Entry, type Run, race } from './race.js';
import { failuresOf } from './race-table.js';
import { type Server, withServer } from './servers.js';
import { printTable, rounded } from './table.js';

/** The most that blogdom may need. Whatever it is, all names have to be answered, and rightly. */
export interface Goal {
  readonly queries?: number;
  readonly perName?: number;
  /** Seconds until the first line. */
  readonly first?: number;
  readonly seconds?: number;
  /** The time, in times that of the fastest reference. */
  readonly times?: number;
  readonly megabytes?: number;
  /** Queries in any one second. */
  readonly busiest?: number;
}

/** A run to be measured. */
export interface Trial {
  /** The names and the server, in words. */
  readonly what: string;
  readonly contender: Contender;
  readonly count: number;
  /** The number of names with `--quick`; by default the same. */
  readonly quickCount?: number;
  /** Left out for contenders that are there to be compared with. */
  readonly goal?: Goal;
  /** Whether the goals in times of a reference refer to it. */
  readonly isReference?: boolean;
}

/** A trial that has been run, once or several times. */
interface Outcome extends Trial {
  readonly entry: Entry;
}

/** Makes one trial for each contender. Only blogdom has the goal, and massdns is the reference. */
export const trialsOf = (
  what: string,
  { contenders, ...trial }: Omit<Trial, 'what' | 'contender'> & { readonly contenders: readonly Contender[] },
): Trial[] =>
  contenders.map((contender) => {
    const { goal, ...rest } = trial;
    const all = { ...rest, what: `${what}: ${contender.title}`, contender };
    if (contender.title.startsWith('blogdom')) return { ...all, ...(goal && { goal }) };
    return { ...all, isReference: contender.title.startsWith('massdns') };
  });

/** Starts a server, runs each trial in turn (A B A B), and stops the server. */
export async function runTrials(
  bench: Bench,
  starting: Promise<Server>,
  trials: (server: Server) => readonly Trial[],
  rounds = 1,
): Promise<Outcome[]> {
  let outcomes: Outcome[] = [];
  await withServer(starting, async (server) => {
    for (let round = 0; round < rounds; round++) {
      const next: Outcome[] = [];
      for (const [index, trial] of trials(server).entries()) {
        const count = bench.quick ? (trial.quickCount ?? trial.count) : trial.count;
        const [entry] = await race(bench, server, [trial.contender], count, 1);
        const earlier = outcomes[index]?.entry.runs ?? [];
        if (entry) next.push({ ...trial, entry: { ...entry, runs: [...earlier, ...entry.runs] } });
      }
      outcomes = next;
    }
  });
  return outcomes;
}

/** What is printed of the runs of a trial. */
interface Column {
  readonly title: string;
  /** Its goal, which is 0 for every trial of blogdom if it is not one of those above. */
  readonly goal?: keyof Goal | 0;
  /** Whether it is printed only if there is such a goal. */
  readonly isOptional?: boolean;
  /** Whether its goal holds for fewer names, too. */
  readonly holdsForFewer?: boolean;
  figure(outcome: Outcome, referenceSeconds: number): number;
}

const medianOf = (value: (run: Run) => number) => (outcome: Outcome) => median(outcome.entry.runs.map(value));
const mostOf = (value: (run: Run) => number) => (outcome: Outcome) =>
  Math.max(...outcome.entry.runs.map(value));
const secondsOf = medianOf((run) => run.seconds);

const columns: readonly Column[] = [
  { title: 'names', figure: ({ entry }) => entry.count },
  { title: 'queries', goal: 'queries', figure: medianOf((run) => run.queries) },
  { title: 'queries a name', goal: 'perName', figure: medianOf((run) => run.queries / run.count) },
  { title: 'first line, s', goal: 'first', figure: medianOf((run) => run.firstSeconds) },
  { title: 'seconds', goal: 'seconds', figure: secondsOf },
  {
    title: 'times the reference',
    goal: 'times',
    isOptional: true,
    figure: (outcome, referenceSeconds) =>
      outcome.isReference || outcome.goal?.times !== undefined
        ? secondsOf(outcome) / referenceSeconds
        : Number.NaN,
  },
  {
    title: 'peak MB',
    goal: 'megabytes',
    isOptional: true,
    figure: medianOf((run) => run.megabytes),
  },
  {
    title: 'most in a second',
    goal: 'busiest',
    isOptional: true,
    holdsForFewer: true,
    figure: mostOf((run) => run.busiestSecond ?? Number.NaN),
  },
  { title: 'no answer', goal: 0, figure: mostOf((run) => run.unanswered) },
  { title: 'wrong', goal: 0, figure: mostOf((run) => run.wrong ?? Number.NaN) },
];

/** Prints figures beside their goals. Names that the server never answers are not counted as without an answer. */
export function printGoals(title: string, outcomes: readonly Outcome[], notes: readonly string[] = []): void {
  const shown = columns.filter(
    ({ goal, isOptional }) =>
      !isOptional || outcomes.some((outcome) => goal && outcome.goal?.[goal] !== undefined),
  );
  const referenceSeconds = Math.min(...outcomes.filter((outcome) => outcome.isReference).map(secondsOf));
  const rows = outcomes.map((outcome) => [
    outcome.what,
    ...shown.map((column) => cellOf(column, outcome, referenceSeconds)),
  ]);
  const titles = shown.map((column) => column.title);
  printTable(title, ['what', ...titles], rows, [...notes, ...failuresOf(outcomes.map(({ entry }) => entry))]);
}

/** Formats a figure and the goal that it reaches (≤) or misses (>). */
function cellOf(column: Column, outcome: Outcome, referenceSeconds: number): string {
  const value = column.figure(outcome, referenceSeconds);
  const most = goalOf(column, outcome);
  if (most === undefined || Number.isNaN(value) || value === 0) return rounded(value);
  return `${rounded(value)} ${value <= most ? '≤' : '>'} ${rounded(most)}`;
}

/** Most goals of a full run do not hold for fewer names. */
function goalOf({ goal, holdsForFewer }: Column, outcome: Outcome): number | undefined {
  if (goal === 0) return outcome.goal && 0;
  const isFull = outcome.entry.count === outcome.count;
  return goal && (isFull || holdsForFewer) ? outcome.goal?.[goal] : undefined;
}
