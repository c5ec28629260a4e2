import type { Command } from 'commander';
import { type FormatName, formatNames } from '../../../formats/index.js';
import { freeStatuses, type Status, statuses } from '../../../probe/result.js';
import type { Environment } from '../../../util/environment.js';
import { listOf, oneOf, type ParseList, withHints } from '../../shared/option-values.js';
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

/** Words that others use for statuses. */
const synonyms: Readonly<Record<string, Status>> = {
  ...{ available: 'absent', unused: 'absent', nxdomain: 'absent', missing: 'absent' },
  ...{ dropped: 'unregistered', expired: 'unregistered' },
  ...{ registered: 'taken', reserved: 'taken', used: 'taken', occupied: 'taken', unavailable: 'taken' },
  ...{ online: 'live', up: 'live', active: 'live', resolved: 'live' },
  ...{ error: 'unknown', failed: 'unknown', timeout: 'unknown', unanswered: 'unknown' },
};

const statusChoices = [...statuses, 'free'] as const;
const statusOrFree = listOf(oneOf(statusChoices, synonyms));

/** A list of statuses; `free` stands for two of them. */
const statusList: ParseList<Status> = withHints(
  { ...statusOrFree },
  (text: string, previous: readonly Status[] = []): readonly Status[] => [
    ...previous,
    ...statusOrFree(text).flatMap<Status>((choice) => (choice === 'free' ? freeStatuses : [choice])),
  ],
);

/** Adds the options that say what is printed, and how. */
export function addOutputOptions(command: Command): Command {
  return command
    .option('-o, --format <name>', `output format: ${formatNames.join(', ')}`, oneOf(formatNames), 'text')
    .option(
      '--only <list>',
      `print only these statuses: ${statuses.join(', ')}, or free for ${freeStatuses.join(' and ')}`,
      statusList,
    )
    .option('--fail-unless <list>', 'end with status 3 if no name has one of these statuses', statusList)
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
 * @param confirms whether registries are asked; otherwise no name is unregistered.
 * @param isTerminal whether standard output is a terminal.
 */
export function readOutputOptions(
  { only, failUnless, color, progress, quiet, verbose }: ParsedOutputOptions,
  confirms: boolean,
  env: Environment,
  isTerminal: boolean,
): Pick<OutputOptions, 'only' | 'color' | 'progress'> {
  if (quiet && verbose) refuse('--quiet cannot be used with --verbose');
  const lists = { '--only': only, '--fail-unless': failUnless };
  for (const [option, list] of Object.entries(lists)) {
    const isHopeless = !confirms && list?.every((status) => status === 'unregistered');
    if (isHopeless) refuse(`${option} unregistered requires --confirm`);
  }
  return {
    only: new Set(only ?? statuses),
    color: useColor(color, env, isTerminal),
    progress: effectiveChoice(progress, quiet, env),
  };
}
