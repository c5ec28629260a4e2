import { replaceDomains } from '../../formats/domains.js';
import type { Reported } from '../../formats/format.js';
import type { Reasons } from './reasons.js';

/** The most reasons that are remembered. */
const maximumReasons = 1000;

/**
 * Holds messages back until the end, because the format shows reasons in one place: a message that says no more than one of
 * them is not told.
 *
 * @param reasons tell what is left.
 */
export function createHeldNotes(reasons: Reasons): Reasons {
  const held: string[] = [];
  const shown = new Set<string>();
  const template = (message: string) => replaceDomains(message, '');
  return {
    tell: (message) => void held.push(message),
    shorten: reasons.shorten,
    see(results: readonly Reported[]) {
      for (const { reason } of results)
        if (reason !== undefined && shown.size < maximumReasons) shown.add(template(reason));
    },
    end() {
      for (const message of held.splice(0)) if (!shown.has(template(message))) reasons.tell(message);
    },
  };
}
