import { commandPaths, type Running, start } from './built-command.js';
import type { Context } from './command.js';

/** Whether the `script` command of util-linux, which `startInTerminal` needs, is installed. */
export const hasTerminal = await start('script', ['--version']).ended.then(
  ({ stdout }) => stdout.includes('util-linux'),
  () => false,
);

/**
 * Starts the built command in a terminal of its own, which echoes the input, ends its lines in CR LF and
 * shows both output streams.
 *
 * @param args arguments without white space or quotes.
 */
export function startInTerminal(args: readonly string[], env?: Context['env']): Running {
  const command = `exec "$NODE" "$BLOGDOM" ${args.join(' ')}`;
  return start('script', ['-qec', command, '/dev/null'], { TERM: 'xterm', ...env, ...commandPaths });
}
