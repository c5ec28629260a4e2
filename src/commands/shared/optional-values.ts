import type { Command } from 'commander';
import { hintsOf } from './option-values.js';

/**
 * Completes the options that can have a value or none, so that they take no other argument for it: `--confirm all`
 * becomes `--confirm=all`, and `--confirm word` becomes `--confirm= word`. An empty value means that there is none.
 *
 * @param argv the arguments, without the name of the program.
 */
export function completeOptionalValues(command: Command, argv: readonly string[]): readonly string[] {
  const completed: string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const [argument = '', next] = argv.slice(index, index + 2);
    if (argument === '--') return [...completed, ...argv.slice(index)];
    const option = command.options.find(({ short, long }) => argument === short || argument === long);
    if (option?.optional) {
      const isValue = next !== undefined && hintsOf(option).choices?.includes(next);
      completed.push(`${option.long}=${isValue ? next : ''}`);
      if (isValue) index++;
    } else {
      completed.push(argument);
      if (option?.required && next !== undefined) {
        completed.push(next);
        index++;
      }
    }
  }
  return completed;
}
