/** When to colour: `auto` asks the environment and the terminal. */
export const colorChoices = ['auto', 'always', 'never'] as const;

/** One of the values of `--color`. */
export type ColorChoice = (typeof colorChoices)[number];

/**
 * Whether to colour: the option goes before NO_COLOR, that before FORCE_COLOR, that before TERM=dumb, that
 * before whether standard output is a terminal. An empty variable counts as not set (no-color.org).
 */
export function useColor(
  choice: ColorChoice,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (choice !== 'auto') return choice === 'always';
  const { NO_COLOR, FORCE_COLOR, TERM } = env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTerminal && TERM !== 'dumb';
}
