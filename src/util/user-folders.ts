import { isAbsolute, join } from 'node:path';
import type { Environment } from './environment.js';

/** Returns the user's home folder; on Windows, USERPROFILE names it. */
export const homeFolder = ({ HOME, USERPROFILE }: Environment): string | undefined => HOME || USERPROFILE;

const defaults = { XDG_CONFIG_HOME: '.config', XDG_CACHE_HOME: '.cache' } as const;

/**
 * Returns blogdom's own folder for files of a kind (XDG Base Directory Specification, by which relative paths are ignored);
 * undefined if the user has no home folder.
 */
export function userFolder(env: Environment, variable: keyof typeof defaults): string | undefined {
  const { [variable]: chosen } = env;
  if (chosen && isAbsolute(chosen)) return join(chosen, 'blogdom');
  const home = homeFolder(env);
  return home && isAbsolute(home) ? join(home, defaults[variable], 'blogdom') : undefined;
}
