import { localTime } from '../../util/local-time.js';
import type { Streams } from '../shared/program.js';
import { hasOwnTerminal, openProgress } from '../shared/progress.js';
import { restartLine, type Screen } from '../shared/screen.js';
import type { Options } from './options.js';
import { type Done, summaryOf } from './summary.js';
import type { Tally } from './tally.js';

/** Shows how far a run has come and, at the end, what it has done. */
export interface Overview {
  /** Shows no progress any longer. */
  close(): void;
  /** Prints the summary, if it is wanted. */
  sumUp(end: Pick<Done, 'isInterrupted' | 'skipped'>): void;
}

type OverviewOptions = Pick<Options, 'progress' | 'quiet' | 'files'>;

const isOverviewWanted = ({ progress, quiet, files }: OverviewOptions, streams: Streams): boolean =>
  !quiet && (progress === 'always' || hasOwnTerminal(streams, files.includes('-')));

/**
 * Shows on a terminal when all names will be looked up again.
 *
 * @param next the time; undefined if they are being looked up.
 */
export function showNextRound(
  next: Date | undefined,
  options: OverviewOptions,
  streams: Streams,
  screen: Screen,
): void {
  const isShown =
    next && streams.stderr.isTTY && options.progress !== 'never' && isOverviewWanted(options, streams);
  if (isShown) screen.showStatus(`next look at ${localTime(next)}`);
  else if (streams.stderr.isTTY) screen.showStatus('');
}

/**
 * Opens the overview of a run.
 *
 * @param waitingFor says what is being waited for; undefined if nothing is.
 */
export function openOverview(
  { progress, quiet, files }: OverviewOptions,
  streams: Streams,
  screen: Screen,
  tally: Tally,
  waitingFor: () => string | undefined,
): Overview {
  const startedAt = performance.now();
  const isWanted = () => isOverviewWanted({ progress, quiet, files }, streams);
  const count = () => ({ done: tally.done(), total: undefined, counts: tally.counts, waitingFor });
  const shown = openProgress(screen, streams, () => progress !== 'never' && isWanted(), count);
  return {
    close: shown.close,
    sumUp({ isInterrupted, skipped }) {
      if (!isWanted()) return;
      const seconds = (performance.now() - startedAt) / 1000;
      const start = isInterrupted && streams.stderr.isTTY ? restartLine : '';
      screen.report(`${start}${summaryOf({ counts: tally.counts, seconds, isInterrupted, skipped })}\n`);
    },
  };
}
