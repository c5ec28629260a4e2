import type { Command } from 'commander';
import { oneOf } from './option-values.js';
import { version } from './version.js';

/** The shells for which there is a completion script. */
const shells = ['bash', 'zsh', 'fish'] as const;

/** A shell for which there is a completion script. */
export type Shell = (typeof shells)[number];

/**
 * Adds the options that each command has: its completion, its version and its help.
 *
 * @param help what the help says of itself.
 */
export function addCommonOptions(command: Command, help = 'print this help'): Command {
  return command
    .optionsGroup('Other:')
    .option('--completion <shell>', `print a completion script: ${shells.join(', ')}`, oneOf(shells))
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', help);
}
