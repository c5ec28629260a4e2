import { localTime } from '../../util/local-time.js';
import { describeDuration, grouped } from '../../util/quantity.js';
import type { Streams } from '../shared/program.js';
import { hasOwnTerminal, openProgress, type ProgressCounts } from '../shared/progress.js';
import { eraseLine, type Screen } from '../shared/screen.js';
import { describeCounts, totalOf } from '../shared/status-line.js';
import type { Finds } from './finds.js';
import type { Options } from './options.js';

/** The progress of a run and, at its end, its summary. */
export interface Overview {
  /** Removes the progress. */
  close(): void;
  /**
   * Prints the summary, if it is wanted.
   *
   * @param isInterrupted whether the run ended before all was done.
   * @param skipped the number of names that an earlier run has answered.
   * @param finds are described below it on a terminal, unless the run was interrupted.
   */
  sumUp(isInterrupted: boolean, skipped: number, finds: Finds): void;
}

type OverviewOptions = Pick<Options, 'progress' | 'quiet' | 'files'>;

/** Whether progress, a summary and an announcement are wanted. */
export const isOverviewWanted = ({ progress, quiet, files }: OverviewOptions, streams: Streams): boolean =>
  !quiet && (progress === 'always' || hasOwnTerminal(streams, files.includes('-')));

/**
 * Shows on a terminal when the next round begins.
 *
 * @param next the time; undefined during a round.
 */
export function showNextRound(
  next: Date | undefined,
  options: OverviewOptions,
  streams: Streams,
  screen: Screen,
): void {
  if (!streams.stderr.isTTY) return;
  const isShown = next && options.progress !== 'never' && isOverviewWanted(options, streams);
  screen.showStatus(isShown ? `next round at ${localTime(next)}` : '');
}

/** Opens the overview of a run, which `count` counts. */
export function openOverview(
  options: OverviewOptions,
  streams: Streams,
  screen: Screen,
  count: () => ProgressCounts,
): Overview {
  const startedAt = performance.now();
  const isWanted = () => isOverviewWanted(options, streams);
  const progress = openProgress(screen, streams, () => options.progress !== 'never' && isWanted(), count);
  return {
    close: progress.close,
    sumUp(isInterrupted, skipped, finds) {
      if (!isWanted()) return;
      const seconds = (performance.now() - startedAt) / 1000;
      const start = isInterrupted && streams.stderr.isTTY && options.progress !== 'never' ? eraseLine : '';
      screen.report(`${start}${summaryOf(count().counts, seconds, isInterrupted, skipped)}\n`);
      if (isInterrupted || !streams.stderr.isTTY) return;
      for (const line of finds.describe(streams.stderr.columns || 80)) screen.report(`${line}\n`);
    },
  };
}

/** Sums up a run in one line: `18 names in 0.12 s: 9 live, 1 taken, 8 absent`. See `Overview`. */
export function summaryOf(
  counts: ProgressCounts['counts'],
  seconds: number,
  isInterrupted: boolean,
  skipped: number,
): string {
  const names = totalOf(counts);
  const span = `${grouped(names)} ${names === 1 ? 'name' : 'names'} in ${describeDuration(seconds)}`;
  const outcome = names === 0 ? '' : `: ${describeCounts(counts)}`;
  const earlier = skipped === 0 ? '' : `; ${grouped(skipped)} already had an answer`;
  return `${isInterrupted ? 'interrupted after ' : ''}${span}${outcome}${earlier}`;
}
