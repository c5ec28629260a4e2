import type { Status } from '../../probe/result.js';
import { grouped } from '../../util/quantity.js';
import type { Options } from './options.js';

/**
 * Says that names are left out that somebody who looks for absent names probably wants: registries have told that nobody has
 * registered them.
 *
 * @param counts how many names have each status.
 * @returns undefined if there is nothing to say.
 */
export function describeLeftOut(
  { unregistered }: Readonly<Record<Status, number>>,
  { only }: Pick<Options, 'only'>,
): string | undefined {
  if (unregistered === 0 || !only.has('absent') || only.has('unregistered')) return undefined;
  const names = unregistered === 1 ? '1 name is' : `${grouped(unregistered)} names are`;
  return `${names} unregistered, not absent: --only free prints both`;
}
