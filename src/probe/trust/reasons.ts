import { blocked } from '../suspicion.js';
import type { Dispute } from './decision.js';
import type { Standing, Trouble } from './standing.js';
import { isListed } from './suffix.js';
import type { Witness } from './witness.js';

/** Whether a server denies the root, and has never been right about any suffix. */
export const isCutOff = ({ server }: Standing): boolean =>
  server.knowsRoot === false && server.lastRight === undefined;

/** Explains why a denied suffix makes its names unknown. */
function explainDenial(standing: Standing): string {
  const { server, suffixName } = standing;
  if (isCutOff(standing)) return `cut off from the internet: ${server.url} denies even the root`;
  if (server.rootFailure !== undefined && server.lastRight === undefined)
    return `${server.url} denies .${suffixName}: ${server.rootFailure}`;
  if (isListed(suffixName)) return blocked(server.url, `it denies .${suffixName}, which IANA lists`);
  return `there is no ${suffixName.includes('.') ? 'domain ' : 'top-level domain .'}${suffixName}`;
}

/** Explains how a server shows that it filters names under a suffix. */
export const explainFilter = ({ server, controlName }: Standing): string =>
  blocked(server.url, `it denies ${controlName}, which exists`);

/** Explains how a server has changed its mind. */
export function explainChange({ server, suffixName, controlName, epoch }: Standing): string {
  if (epoch.shown.suffix === 'denied') return `${server.url} denies .${suffixName}, which it had before`;
  if (epoch.shown.random === 'exists')
    return `${server.url} answers for names under .${suffixName} that do not exist, which it did not before`;
  // It may have answered for another name below the suffix.
  if (epoch.shown.below === 'denied')
    return `${server.url} denies ${controlName}, which exists, and had names under .${suffixName} before`;
  return `${server.url} keeps changing its answers about .${suffixName}`;
}

/** Explains a dispute, which makes names unknown. */
export const explainDispute = ({ denier, other }: Dispute): string =>
  `${denier.server.url} denies .${denier.suffixName}, which ${other.server.url} has`;

/** Explains why a trouble makes a name unknown. */
export function explainTrouble(trouble: Trouble, standing: Standing, { failure }: Witness): string {
  const { server, suffixName } = standing;
  if (trouble === 'denied') return explainDenial(standing);
  if (trouble === 'wildcard') return `${server.url} answers for names under .${suffixName} that do not exist`;
  if (trouble === 'filtered') return explainFilter(standing);
  if (trouble === 'no suffix') return `cannot tell whether .${suffixName} exists: ${failure}`;
  if (trouble === 'no random')
    return `cannot tell whether ${server.url} answers for nonexistent names: ${failure}`;
  return explainChange(standing);
}
