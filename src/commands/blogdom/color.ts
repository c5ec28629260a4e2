import type { Environment } from '../shared/program.js';

/** The values of `--color`; with `auto`, the environment and the terminal decide. */
export const colorChoices = ['auto', 'always', 'never'] as const;

/** A value of `--color`. */
export type ColorChoice = (typeof colorChoices)[number];

/**
 * Decides whether to colour the output. The option takes precedence over NO_COLOR (no-color.org), that over
 * FORCE_COLOR, that over TERM=dumb, and that over the terminal. An empty variable counts as not set.
 *
 * @param isTerminal whether standard output is a terminal.
 */
export function useColor(choice: ColorChoice, env: Environment, isTerminal: boolean): boolean {
  if (choice !== 'auto') return choice === 'always';
  const { NO_COLOR, FORCE_COLOR, TERM } = env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTerminal && TERM !== 'dumb';
}
