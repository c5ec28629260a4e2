import type { Environment } from '../../util/environment.js';
import type { Streams } from './program.js';
import type { Screen } from './screen.js';
import { type ProgressState, statusLine, totalOf } from './status-line.js';

/** The values of `--progress`; with `auto`, it depends on the terminal. */
export const progressChoices = ['auto', 'always', 'never'] as const;

/** A value of `--progress`. */
export type ProgressChoice = (typeof progressChoices)[number];

/** Applies `--quiet` and the environment to a choice. A dumb terminal cannot replace a line. */
export const effectiveChoice = (
  choice: ProgressChoice,
  quiet: boolean | undefined,
  { TERM }: Environment,
): ProgressChoice => (quiet || (choice === 'auto' && TERM === 'dumb') ? 'never' : choice);

/**
 * Whether standard error is a terminal that is this command's alone: nobody types at it, and no other program prints to
 * it.
 *
 * @param isReadingInput whether the command reads its standard input.
 */
export const hasOwnTerminal = (
  { stderr, isTyped = false, sharesTerminal = () => false }: Omit<Streams, 'stdin' | 'stdout'>,
  isReadingInput: boolean,
): boolean => stderr.isTTY === true && !(isTyped && isReadingInput) && !sharesTerminal();

/** The display of how far a run has come. */
export interface Progress {
  /** Removes the status line and stops. */
  close(): void;
}

/** How far a run has come, without what the progress works out by itself. */
export interface ProgressCounts extends Pick<ProgressState, 'total' | 'counts'> {
  /** Says what is being waited for, in words to follow "waiting for"; undefined if nothing is. */
  waitingFor(): string | undefined;
  /** Describes an outage, which is shown at once; undefined if there is none. Nothing is known of outages without it. */
  readonly outage?: (() => ProgressState['outage']) | undefined;
}

/** Milliseconds until the progress is first shown, between two status lines, and between two lines of a log. */
const firstDelay = 500;
const interval = 100;
const logInterval = 1000;
/** Milliseconds without a new result after which the line says what is being waited for. */
const stallTime = 1000;
/** Milliseconds over which the rate is measured. */
const rateSpan = 5000;

/**
 * Opens the progress of a run: a status line on a terminal or, elsewhere, a line each second.
 *
 * @param isWanted tells whether it is shown. It is called when that is due: a program that shares the terminal may start
 * a little later than this one.
 * @param count tells how far the run has come; it is called for each line.
 */
export function openProgress(
  screen: Screen,
  { stderr }: Pick<Streams, 'stderr'>,
  isWanted: () => boolean,
  count: () => ProgressCounts,
): Progress {
  const isTerminal = stderr.isTTY === true;
  const rate = createRate(performance.now());

  const show = () => {
    const { counts, total, waitingFor, outage } = count();
    const done = totalOf(counts);
    const { perSecond, isStalled } = rate.record(done, performance.now());
    const state = {
      done,
      counts,
      total,
      rate: perSecond,
      waitingFor: isStalled ? waitingFor() : undefined,
      outage: outage?.(),
    };
    if (isTerminal) screen.showStatus(statusLine(state, (stderr.columns ?? 80) - 1));
    else screen.report(`${statusLine(state, Number.POSITIVE_INFINITY)}\n`);
  };

  // The run must not be kept alive by its progress.
  let timer = setTimeout(() => {
    if (!isWanted()) return;
    show();
    timer = setInterval(show, isTerminal ? interval : logInterval).unref();
  }, firstDelay).unref();

  return {
    close() {
      clearInterval(timer);
      if (isTerminal) screen.showStatus('');
    },
  };
}

interface Sample {
  readonly done: number;
  readonly at: number;
}

/** Measures how many items are done each second. */
function createRate(startedAt: number) {
  const samples: Sample[] = [{ done: 0, at: startedAt }];
  let lastChange: Sample = { done: 0, at: startedAt };
  return {
    record(done: number, now: number): { readonly perSecond: number; readonly isStalled: boolean } {
      if (done !== lastChange.done) lastChange = { done, at: now };
      samples.push({ done, at: now });
      while (samples.length > 2 && now - (samples[1]?.at ?? 0) > rateSpan) samples.shift();
      const [first] = samples;
      const elapsed = first ? now - first.at : 0;
      const perSecond = first && elapsed > 0 ? ((done - first.done) / elapsed) * 1000 : 0;
      return { perSecond, isStalled: now - lastChange.at >= stallTime };
    },
  };
}
