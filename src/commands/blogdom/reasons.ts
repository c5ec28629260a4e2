import type { Reported } from '../../formats/format.js';

/** Tells each reason once, and shortens it in the lines of the results. */
export interface Reasons {
  /** Tells the user a message, unless it has been told. */
  tell(message: string): void;
  /**
   * Shortens a long reason that is not new: one that an earlier result had, or that has been told. Before it is shortened
   * for the first time, the user is told all of it.
   */
  shorten(result: Reported): Reported;
}

/** What a reason begins with if a registry could not tell. It is not counted, since what follows says more. */
const prefix = /^could not be confirmed: /;

/** The longest reason that is not shortened, and the longest one that has been, in characters. */
const maximumLength = 60;
const shortLength = 40;
/** The number of reasons that are remembered. */
const maximumReasons = 1000;

/**
 * Creates an empty memory of reasons.
 *
 * @param tell tells the user a message.
 */
export function createReasons(tell: (message: string) => void): Reasons {
  /** The reasons that results had, and whether they have been told. */
  const known = new Map<string, boolean>();
  const told: string[] = [];

  const remember = (reason: string, isTold: boolean) => {
    if (known.size >= maximumReasons && !known.has(reason)) known.clear();
    known.set(reason, isTold);
  };

  const tellOnce = (message: string) => {
    if (known.get(message)) return;
    remember(message, true);
    // A message may contain a reason and say more.
    if (told.some((other) => other.includes(message))) return;
    if (told.push(message) > maximumReasons) told.shift();
    tell(message);
  };

  return {
    tell: tellOnce,
    shorten(result) {
      const { reason } = result;
      if (reason === undefined || reason.replace(prefix, '').length <= maximumLength) return result;
      if (!known.has(reason) && !told.some((message) => message.includes(reason))) {
        remember(reason, false);
        return result;
      }
      tellOnce(reason);
      return { ...result, reason: shortened(reason) };
    },
  };
}

/** Cuts a text after its first clause, or after the last word that fits. */
function shortened(text: string): string {
  const [clause = ''] = /^.*?(?=[:;,] )/.exec(text) ?? [];
  if (clause !== '' && clause.length <= shortLength) return `${clause}…`;
  const end = text.lastIndexOf(' ', shortLength);
  return `${text.slice(0, end > 0 ? end : shortLength)}…`;
}
