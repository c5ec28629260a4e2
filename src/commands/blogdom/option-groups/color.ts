import type { Environment } from '../../../util/environment.js';

/** The values of `--color`; with `auto`, the environment and the terminal decide. */
export const colorChoices = ['auto', 'always', 'never'] as const;

/** A value of `--color`. */
export type ColorChoice = (typeof colorChoices)[number];

/**
 * Decides whether to colour the output. In order of precedence: the option, NO_COLOR (no-color.org), FORCE_COLOR,
 * TERM=dumb, and whether the output is a terminal. An empty variable counts as not set.
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
