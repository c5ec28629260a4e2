import { describeDuration, grouped } from '../../util/quantity.js';

/** How far a run has come. */
export interface ProgressState {
  /** Items that are done. */
  readonly done: number;
  /** All items; undefined if their number is not known. */
  readonly total: number | undefined;
  /** How many items have each outcome, such as `live`. */
  readonly counts: Readonly<Record<string, number>>;
  /** The recent number of items done each second. */
  readonly rate: number;
  /** What is being waited for, in words, if no results come. */
  readonly waitingFor: string | undefined;
  /** Why no results can come now, in words, the longest text first, and for how many milliseconds that is still tried. */
  readonly outage: { readonly reasons: readonly string[]; readonly remaining: number } | undefined;
}

/** A part of the line: the texts that it can have, of which the first that fits is taken. Lower ranks are more important. */
interface Part {
  readonly rank: number;
  readonly texts: readonly string[];
}

/** The widths of the bar without its brackets. */
const wideBar = 20;
const narrowBar = 10;

/**
 * Describes the state in one line: a bar, the items done, their outcomes, the rate, the time left, and what is being
 * waited for. What does not fit is left out, the least important part first.
 *
 * @param width characters at most.
 */
export function statusLine(state: ProgressState, width: number): string {
  const parts = partsOf(state);
  const chosen = new Map<Part, string>();
  let room = width;
  for (const part of parts.toSorted((a, b) => a.rank - b.rank)) {
    const gap = chosen.size === 0 ? 0 : 2;
    const text = part.texts.find((each) => each !== '' && gap + each.length <= room);
    if (text === undefined) continue;
    chosen.set(part, text);
    room -= gap + text.length;
  }
  return parts.flatMap((part) => chosen.get(part) ?? []).join('  ');
}

function partsOf(state: ProgressState): readonly Part[] {
  const { done, total, counts, rate } = state;
  const amount = total === undefined ? `${grouped(done)} done` : `${grouped(done)}/${grouped(total)}`;
  const common = [
    ...sharesOf(done, total),
    { rank: 0, texts: [amount, grouped(done)] },
    { rank: 3, texts: [describeCounts(counts)] },
  ];
  const causes = causesOf(state);
  if (causes.length > 0) return [...common, { rank: 1, texts: causes }];
  const speed = { rank: 6, texts: [`${grouped(rate)}/s`] };
  if (total === undefined || rate === 0) return [...common, speed];
  const seconds = Math.max((total - done) / rate, 1);
  return [...common, speed, { rank: 2, texts: [`${describeDuration(seconds)} left`] }];
}

/** Why no results come, in long and in short; nothing if they do. */
function causesOf({ waitingFor, outage }: ProgressState): readonly string[] {
  if (outage) {
    const { reasons, remaining } = outage;
    const seconds = Math.max(Math.ceil(remaining / 1000), 1);
    const whole = reasons.map((reason) => `${reason}; trying for another ${seconds} s`);
    return [...whole, ...reasons.slice(-1), 'waiting'];
  }
  return waitingFor === undefined ? [] : [`waiting for ${waitingFor}`, 'waiting'];
}

/** The bar and the percentage; neither if the total is not known. */
function sharesOf(done: number, total: number | undefined): readonly Part[] {
  if (!total) return [];
  // The total counts repeated names, which are not probed.
  const share = Math.min(done / total, 1);
  return [
    { rank: 5, texts: [bar(share, wideBar), bar(share, narrowBar)] },
    { rank: 4, texts: [`${Math.floor(share * 100)}%`] },
  ];
}

function bar(share: number, width: number): string {
  const filled = Math.floor(share * width);
  return `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}]`;
}

/** Returns the number of all items that have an outcome. */
export const totalOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Lists the outcomes that there are: `9 live, 1 taken`. */
export const describeCounts = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${grouped(count)} ${outcome}`)
    .join(', ');
