import { localTime } from '../../util/local-time.js';
import type { Streams } from '../shared/program.js';
import { type Counted, hasOwnTerminal, openProgress } from '../shared/progress.js';
import { eraseLine, type Screen } from '../shared/screen.js';
import type { Options } from './options.js';
import { type Done, summaryOf } from './summary.js';
import type { Tally } from './tally.js';

/** The progress of a run and, at its end, its summary. */
export interface Overview {
  /** Removes the progress. */
  close(): void;
  /** Prints the summary, if it is wanted. */
  sumUp(end: Pick<Done, 'isInterrupted' | 'skipped'>): void;
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
  const isShown =
    next && streams.stderr.isTTY && options.progress !== 'never' && isOverviewWanted(options, streams);
  if (isShown) screen.showStatus(`next round at ${localTime(next)}`);
  else if (streams.stderr.isTTY) screen.showStatus('');
}

/** The state of a run that an overview shows. */
export interface Overviewed extends Pick<Counted, 'waitingFor' | 'outage'> {
  readonly tally: Tally;
  /** Returns the number of names to probe; undefined if it is not known. */
  total(): number | undefined;
}

/** Opens the overview of a run. */
export function openOverview(
  options: OverviewOptions,
  streams: Streams,
  screen: Screen,
  { tally, total, waitingFor, outage }: Overviewed,
): Overview {
  const startedAt = performance.now();
  const isWanted = () => isOverviewWanted(options, streams);
  const count = () => ({ done: tally.done(), total: total(), counts: tally.counts, waitingFor, outage });
  const shown = openProgress(screen, streams, () => options.progress !== 'never' && isWanted(), count);
  return {
    close: shown.close,
    sumUp({ isInterrupted, skipped }) {
      if (!isWanted()) return;
      const seconds = (performance.now() - startedAt) / 1000;
      const start = isInterrupted && streams.stderr.isTTY ? eraseLine : '';
      screen.report(`${start}${summaryOf({ counts: tally.counts, seconds, isInterrupted, skipped })}\n`);
    },
  };
}
