import type { Clock } from '../../util/clock.js';
import type { Streams } from '../shared/program.js';
import type { Screen } from '../shared/screen.js';
import type { Options } from './options.js';

/** What the stages of a run share. */
export interface Context {
  readonly options: Options;
  readonly streams: Streams;
  readonly screen: Screen;
  /** Prints a message to the user. */
  readonly report: (message: string) => void;
  readonly clock: Pick<Clock, 'date' | 'setTimer'>;
  readonly signal: AbortSignal;
}
