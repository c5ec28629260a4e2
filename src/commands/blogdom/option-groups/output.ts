import type { Command } from 'commander';
import { type FormatName, formatNames } from '../../../formats/index.js';
import { type Status, statuses } from '../../../probe/result.js';
import type { Environment } from '../../../util/environment.js';
import { listOf, oneOf } from '../../shared/option-values.js';
import { refuse } from '../../shared/parse.js';
import { effectiveChoice, type ProgressChoice, progressChoices } from '../../shared/progress.js';
import { type ColorChoice, colorChoices, useColor } from './color.js';

/** The options that say what is printed, and how, as commander returns them. */
export interface ParsedOutputOptions {
  readonly format: FormatName;
  readonly only?: readonly Status[];
  /** The statuses of which one has to be found; undefined if the run may find anything. */
  readonly failUnless?: readonly Status[];
  /** Print all results at the end, sorted by word and domain. */
  readonly sort?: boolean;
  readonly color: ColorChoice;
  readonly progress: ProgressChoice;
  /** Print nothing to standard error but errors. */
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** These options, checked. */
export interface OutputOptions extends Omit<ParsedOutputOptions, 'only' | 'color'> {
  /** The statuses whose results are printed. */
  readonly only: ReadonlySet<Status>;
  readonly color: boolean;
}

/** Adds the options that say what is printed, and how. */
export function addOutputOptions(command: Command): Command {
  return command
    .option('-o, --format <name>', `output format: ${formatNames.join(', ')}`, oneOf(formatNames), 'text')
    .option('--only <list>', `print only these statuses: ${statuses.join(', ')}`, listOf(oneOf(statuses)))
    .option(
      '--fail-unless <list>',
      'exit with status 3 if no name has one of these statuses',
      listOf(oneOf(statuses)),
    )
    .option('--sort', 'print all results at the end, sorted by word and domain, live ones last')
    .option('--color <when>', `colour the output: ${colorChoices.join(', ')}`, oneOf(colorChoices), 'auto')
    .option(
      '--progress <when>',
      `show progress: ${progressChoices.join(', ')}`,
      oneOf(progressChoices),
      'auto',
    )
    .option('-q, --quiet', 'no progress, summary or notes; only results and errors')
    .option('-v, --verbose', 'log servers, retries and canaries to standard error');
}

/**
 * Completes these options with the environment.
 *
 * @param isTerminal whether standard output is a terminal.
 */
export function readOutputOptions(
  { only, color, progress, quiet, verbose }: ParsedOutputOptions,
  env: Environment,
  isTerminal: boolean,
): Pick<OutputOptions, 'only' | 'color' | 'progress'> {
  if (quiet && verbose) refuse('--quiet cannot be used with --verbose');
  return {
    only: new Set(only ?? statuses),
    color: useColor(color, env, isTerminal),
    progress: effectiveChoice(progress, quiet, env),
  };
}
