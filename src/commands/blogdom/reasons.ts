import { replaceDomains } from '../../formats/domains.js';
import type { Reported } from '../../formats/format.js';

/** Tells each reason once, and shortens it in the lines of the results. */
export interface Reasons {
  /** Tells the user a message, unless it has been told. Of those that differ only by a domain, the second stands for all others. */
  tell(message: string): void;
  /**
   * Shortens a long reason that is not new: one that an earlier result had, or that has been told. Before it is shortened
   * for the first time, the user is told all of it.
   */
  shorten(result: Reported): Reported;
  /** Is told the results before they are printed. */
  see(results: readonly Reported[]): void;
  /** Tells what has been held back until now, the end of the results. */
  end(): void;
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
  const known = new Map<string, Known>();
  /** The kinds of messages that have been told. */
  const told: string[] = [];
  /** A message may contain a reason and say more. */
  const isContained = (kind: string): boolean => told.some((other) => other.includes(kind));

  const remember = (message: string): Known => {
    const kind = kindOf(message);
    const existing = known.get(kind);
    if (existing) return existing;
    if (known.size >= maximumReasons) known.clear();
    const entry = { first: message, isTold: isContained(kind), isToldOfOthers: false };
    known.set(kind, entry);
    return entry;
  };

  const tellOnce = (message: string) => {
    const kind = kindOf(message);
    const entry = remember(message);
    if (!entry.isTold) {
      Object.assign(entry, { first: message, isTold: true });
      if (told.push(kind) > maximumReasons) told.shift();
      tell(message);
    } else if (message !== entry.first && !entry.isToldOfOthers) {
      entry.isToldOfOthers = true;
      tell(kind);
    }
  };

  return {
    tell: tellOnce,
    shorten(result) {
      const { reason } = result;
      if (reason === undefined || reason.replace(prefix, '').length <= maximumLength) return result;
      const kind = kindOf(reason);
      if (!known.has(kind) && !isContained(kind)) {
        remember(reason);
        return result;
      }
      tellOnce(reason);
      return { ...result, reason: shortened(reason) };
    },
    see() {},
    end() {},
  };
}

/** What is known of reasons that are the same but for a domain. */
interface Known {
  readonly first: string;
  readonly isTold: boolean;
  isToldOfOthers: boolean;
}

/** A message in which other domains stand for those in it. */
const kindOf = (message: string): string => replaceDomains(message, 'other domains');

/** Cuts a text after its first clause, or after the last word that fits. */
function shortened(text: string): string {
  const [clause = ''] = /^.*?(?=[:;,] )/.exec(text) ?? [];
  if (clause !== '' && clause.length <= shortLength) return `${clause}…`;
  const end = text.lastIndexOf(' ', shortLength);
  return `${text.slice(0, end > 0 ? end : shortLength)}…`;
}
