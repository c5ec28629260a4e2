import { writeSync } from 'node:fs';
import { version } from './version.js';

/**
 * Prints the version where nothing else is asked for, without loading what reads a command line: that takes longer
 * than all the rest.
 *
 * @param args the arguments, without the program's name.
 * @returns whether that was all; where it could not be written the command says why.
 */
export function printedVersion(args: readonly string[]): boolean {
  if (args.length !== 1 || !/^(?:-V|--version)$/.test(args[0] ?? '')) return false;
  try {
    writeSync(1, `${version}\n`);
    return true;
  } catch {
    return false;
  }
}
