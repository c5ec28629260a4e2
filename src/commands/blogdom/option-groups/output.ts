import type { Command } from 'commander';
import { type FormatName, formatNames } from '../../../formats/index.js';
import { type Status, statuses } from '../../../probe/result.js';
import { type ColorChoice, colorChoices, useColor } from '../../shared/color.js';
import { listOf, oneOf } from '../../shared/option-values.js';
import type { Environment } from '../../shared/program.js';

/** The checked options that say what is printed, and how. */
export interface OutputOptions {
  readonly format: FormatName;
  /** The statuses whose results are printed. */
  readonly only: ReadonlySet<Status>;
  readonly color: boolean;
  readonly verbose: boolean;
}

/** These options as commander returns them. */
export interface ParsedOutputOptions {
  readonly format: FormatName;
  readonly only?: readonly Status[];
  readonly color: ColorChoice;
  readonly verbose?: true;
}

/** Adds the options that say what is printed, and how. */
export function addOutputOptions(command: Command): Command {
  return command
    .option('-o, --format <name>', `output format: ${formatNames.join(', ')}`, oneOf(formatNames), 'text')
    .option('--only <list>', `print only these statuses: ${statuses.join(', ')}`, listOf(oneOf(statuses)))
    .option('--color <when>', `colour the output: ${colorChoices.join(', ')}`, oneOf(colorChoices), 'auto')
    .option('-v, --verbose', 'log to standard error what each server is asked');
}

/**
 * Completes these options with the environment.
 *
 * @param isTerminal whether standard output is a terminal.
 */
export function readOutputOptions(
  { format, only, color, verbose }: ParsedOutputOptions,
  env: Environment,
  isTerminal: boolean,
): OutputOptions {
  return {
    format,
    only: new Set(only ?? statuses),
    color: useColor(color, env, isTerminal),
    verbose: verbose ?? false,
  };
}
