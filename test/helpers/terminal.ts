import { places, type Running, start } from './built-command.js';
import type { Surroundings } from './command.js';

/** Whether `startInTerminal` has what it needs: the `script` command of util-linux. */
export const hasTerminal = await start('script', ['--version']).ended.then(
  ({ stdout }) => stdout.includes('util-linux'),
  () => false,
);

/**
 * Starts the built command at a terminal of its own, which echoes what is typed, ends its lines in CR LF and
 * shows both output streams.
 *
 * @param args without white space and quotes.
 */
export function startInTerminal(args: readonly string[], env?: Surroundings['env']): Running {
  const command = `exec "$NODE" "$BLOGDOM" ${args.join(' ')}`;
  return start('script', ['-qec', command, '/dev/null'], { TERM: 'xterm', ...env, ...places });
}
