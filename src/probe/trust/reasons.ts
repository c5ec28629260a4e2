import { hasChanged } from './canary.js';
import type { Standing } from './standing.js';

/** Why what a server said cannot be believed, in words. */

/** Whether a server denies not only a suffix but the root, and has shown no suffix. */
export const isCutOff = ({ root, server }: Standing): boolean =>
  root !== undefined && 'exists' in root && !root.exists && server.lastRight === undefined;

/** Why a denied suffix makes its names unknown. */
export function explainDenial(standing: Standing): string {
  const { server, suffixName, root } = standing;
  if (isCutOff(standing))
    return `cut off from the internet: ${server.url} denies even .${suffixName} and the root`;
  if (root !== undefined && 'failure' in root && server.lastRight === undefined)
    return `${server.url} denies .${suffixName}: ${root.failure}`;
  return `there is no ${suffixName.includes('.') ? 'domain ' : 'top-level domain .'}${suffixName}`;
}

/** What a server that has changed its mind does. */
export function explainChange({ server, suffixName, suffix, random }: Standing): string {
  if (hasChanged(suffix)) return `${server.url} denies .${suffixName}, which it had before`;
  if (hasChanged(random))
    return `${server.url} answers for names under .${suffixName} that do not exist, which it did not before`;
  return `${server.url} keeps changing its answers about .${suffixName}`;
}

/** Why a canary without an answer makes a name unknown. */
export function explainFailure(
  judgement: 'suffix failed' | 'random failed',
  { server, suffixName, suffix, random }: Standing,
): string {
  return judgement === 'suffix failed'
    ? `whether .${suffixName} exists is not known: ${suffix.failure}`
    : `whether ${server.url} makes up names is not known: ${random.failure}`;
}
