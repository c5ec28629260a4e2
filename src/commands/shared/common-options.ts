import type { Command } from 'commander';
import { version } from './version.js';

/** Adds the options that each command has: its version and its help. */
export function addCommonOptions(command: Command): Command {
  return command
    .optionsGroup('Other:')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help');
}
