import type { Command } from 'commander';
import { isPicture } from '../../../formats/index.js';
import { refuse } from '../../shared/parse.js';
import type { ParsedOutputOptions } from './output.js';
import { minutesToMilliseconds } from './values.js';

/** The options that compare a run with earlier ones, or go on with one. */
export interface HistoryOptions {
  /** The path of the results with which this run is compared. */
  readonly since?: string;
  /** The path of the results with which this run goes on. */
  readonly resume?: string;
  /** Milliseconds from the start of a round to the start of the next one; undefined for a single round. */
  readonly watch?: number;
}

/** Adds the options that compare a run with earlier ones, or go on with one. */
export function addHistoryOptions(command: Command): Command {
  return command
    .option('--since <file>', 'print only changes since FILE, the JSON output of an earlier run')
    .option('--resume <file>', 'append results to FILE, and skip names that already have an answer there')
    .option(
      '--watch <minutes>',
      'look up all names every N minutes, and print changes',
      minutesToMilliseconds,
    );
}

/** Refuses options that cannot be used with `--watch`. */
export function checkHistoryOptions(
  { resume, watch }: HistoryOptions,
  { format, sort, failUnless }: ParsedOutputOptions,
): void {
  if (watch === undefined) return;
  const conflicts = {
    '--resume': resume !== undefined,
    '--fail-unless': failUnless !== undefined,
    '--sort': sort,
    [`--format ${format}`]: isPicture(format),
  };
  for (const [option, isGiven] of Object.entries(conflicts)) {
    if (isGiven) refuse(`--watch cannot be used with ${option}`);
  }
}
