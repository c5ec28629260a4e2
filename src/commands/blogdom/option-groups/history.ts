import type { Command } from 'commander';
import { isPicture } from '../../../formats/index.js';
import { minutes } from '../../shared/option-values.js';
import { refuse } from '../../shared/parse.js';
import type { ParsedOutputOptions } from './output.js';

/** The checked options that compare a run with earlier ones, or go on with one. */
export interface HistoryOptions {
  /** The path of the results with which this run is compared. */
  readonly since: string | undefined;
  /** The path of the results with which this run goes on. */
  readonly resume: string | undefined;
  /** Milliseconds from the start of a round to the start of the next one; undefined for a single round. */
  readonly watch: number | undefined;
}

/** These options as commander returns them. */
export interface ParsedHistoryOptions {
  readonly since?: string;
  readonly resume?: string;
  /** Minutes. */
  readonly watch?: number;
}

/** Adds the options that compare a run with earlier ones, or go on with one. */
export function addHistoryOptions(command: Command): Command {
  return command
    .option('--since <file>', 'print only what has changed since FILE, the json output of an earlier run')
    .option('--resume <file>', 'add all results to FILE, and skip names that have an answer there')
    .option(
      '--watch <minutes>',
      'look all names up again every N minutes, and print what has changed',
      minutes,
    );
}

/** Checks these options against each other and against the format. */
export function readHistoryOptions(
  { since, resume, watch }: ParsedHistoryOptions,
  { format, sort, failUnless }: Pick<ParsedOutputOptions, 'format' | 'sort' | 'failUnless'>,
): HistoryOptions {
  if (watch !== undefined && resume !== undefined) {
    refuse('expected --watch or --resume, got both');
  }
  if (watch !== undefined && failUnless !== undefined) {
    refuse('expected --watch or --fail-unless, got both');
  }
  if (watch !== undefined && isPicture(format)) {
    refuse(`expected a format that prints lines together with --watch, got --format ${format}`);
  }
  if (watch !== undefined && sort) refuse('expected --watch or --sort, got both');
  return { since, resume, watch: watch === undefined ? undefined : watch * 60_000 };
}
