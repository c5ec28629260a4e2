import { describeDuration, grouped } from '../../util/quantity.js';

/** How far a run has come. */
export interface ProgressState {
  /** Items that are done. */
  readonly done: number;
  /** All items; undefined if their number is not known. */
  readonly total: number | undefined;
  /** How many items have each outcome, such as `live`. */
  readonly counts: Readonly<Record<string, number>>;
  /** Items done each second, lately. */
  readonly rate: number;
  /** The cause of the delay, in words, if nothing comes. */
  readonly waitingFor: string | undefined;
}

/** A part of the line. Those with the highest rank are left out first. */
interface Part {
  readonly text: string;
  readonly rank: number;
}

const barWidth = 20;

/**
 * Describes the state in one line: a bar, the items done, their outcomes, the rate, the time left, and what is being
 * waited for. What does not fit is left out, the least important part first.
 *
 * @param width characters at most.
 */
export function statusLine(state: ProgressState, width: number): string {
  let parts = partsOf(state);
  while (parts.length > 1 && lengthOf(parts) > width) {
    const worst = Math.max(...parts.map(({ rank }) => rank));
    parts = parts.filter(({ rank }) => rank !== worst);
  }
  const line = parts.map(({ text }) => text).join('  ');
  return line.length > width ? `${line.slice(0, Math.max(width - 1, 0))}…` : line;
}

const lengthOf = (parts: readonly Part[]): number =>
  parts.reduce((sum, { text }) => sum + text.length, 2 * (parts.length - 1));

function partsOf({ done, total, counts, rate, waitingFor }: ProgressState): Part[] {
  // Names that come twice are counted beforehand, and not probed.
  const share = total ? Math.min(done / total, 1) : undefined;
  const left = total !== undefined && rate > 0 ? Math.max(total - done, 0) / rate : undefined;
  const parts: (Part | undefined)[] = [
    share === undefined ? undefined : { text: bar(share), rank: 5 },
    share === undefined ? undefined : { text: `${Math.floor(share * 100)}%`, rank: 4 },
    { text: total === undefined ? `${grouped(done)} done` : `${grouped(done)}/${grouped(total)}`, rank: 0 },
    { text: describeCounts(counts), rank: 3 },
    waitingFor === undefined ? { text: `${grouped(rate)}/s`, rank: 6 } : undefined,
    left === undefined || waitingFor !== undefined
      ? undefined
      : { text: `${describeDuration(Math.max(left, 1))} left`, rank: 2 },
    waitingFor === undefined ? undefined : { text: `waiting for ${waitingFor}`, rank: 1 },
  ];
  return parts.filter((part) => part !== undefined && part.text !== '') as Part[];
}

function bar(share: number): string {
  const filled = Math.floor(share * barWidth);
  return `[${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}]`;
}

/** Lists the outcomes that there are: `9 live, 1 taken`. */
export const describeCounts = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${grouped(count)} ${outcome}`)
    .join(', ');
