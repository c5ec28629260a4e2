import { askAddress, type CanaryOptions, inTime } from './asking.js';
import {
  type Canary,
  exists,
  isUnanswered,
  randomNameUnder,
  showsDelegation,
  similarName,
} from './canary.js';
import type { Standing } from './standing.js';

/** Asks for random names below a suffix, which do not exist. */
export interface RandomNames {
  /** Asks for a name that is too long to exist by chance. */
  askLong(standing: Standing): Promise<Canary>;
  /**
   * Asks for names in the form of another one until one is denied. A short one may exist by chance, so those that exist count only if
   * no other one is denied. Those that are delegated count only if they are longer than that, and all have the same addresses.
   *
   * @param word the other name without its suffix.
   * @param askLong asks for a long name, or returns the canary of one.
   * @returns one that exists and counts, or one that is denied; undefined if none of them tells anything.
   */
  askSimilar(standing: Standing, word: string, askLong: () => Promise<Canary>): Promise<Canary | undefined>;
}

/** The most names in the form of another one that are asked for. */
const similarNames = 6;
/** The number of them that have no answer after which no other one is asked for. */
const maximumFailures = 2;
/** The length of the longest label that may exist by chance: under .com, nearly all of four letters and many of five do. */
const longestByChance = 5;
/** Milliseconds to wait for a name in the form of another one. */
const similarWait = 1000;

/** Creates what asks for random names. */
export function createRandomNames({ askServer, random, sleeper, nextPlace }: CanaryOptions): RandomNames {
  /** Whether a name is delegated, so that somebody may have registered it. */
  const isDelegated = async (name: string, { suffixName, server }: Standing): Promise<boolean> => {
    const { outcome } = await askServer({ name, type: 'NS' }, server.url);
    return 'reply' in outcome && showsDelegation(outcome.reply, suffixName);
  };

  const stillExists = async ({ name }: Canary, server: string): Promise<boolean> =>
    exists(await askAddress(askServer, name, server));

  const askSimilar: RandomNames['askSimilar'] = async (standing, word, askLong) => {
    const { suffixName, server } = standing;
    const existing: Existing[] = [];
    let failures = 0;
    while (existing.length < similarNames && failures < maximumFailures) {
      const name = similarName(word, suffixName, random);
      const canary = await inTime(askAddress(askServer, name, server.url), name, similarWait, sleeper);
      if (isUnanswered(canary)) {
        // It may exist by chance, and its own name servers may be dead, so another one is asked for.
        failures++;
        continue;
      }
      if (!exists(canary)) {
        const made = existing.find(({ isDelegated }) => !isDelegated);
        // One that existed before, and does not exist now, was made up by a lie that is over.
        if (made && !(await stillExists(made, server.url))) server.changedAt = nextPlace();
        return canary;
      }
      // If even a long name exists, no other one is needed.
      if (exists(await askLong())) return canary;
      existing.push({ ...canary, isDelegated: await isDelegated(name, standing) });
    }
    const mayExist = word.length - word.lastIndexOf('.') - 1 <= longestByChance;
    return existing.find((each) => !each.isDelegated) ?? (mayExist ? undefined : findAlike(existing));
  };

  return {
    askLong: ({ suffixName, server }) =>
      askAddress(askServer, randomNameUnder(suffixName, random), server.url),
    askSimilar,
  };
}

/** A name in the form of another one that exists. */
interface Existing extends Canary {
  readonly isDelegated: boolean;
}

/** Returns the first of some names if there are several, and all have the same addresses. */
function findAlike(names: readonly Canary[]): Canary | undefined {
  const addresses = new Set(
    names.map(({ reply }) => ('exists' in reply ? `${reply.addresses?.toSorted()}` : '')),
  );
  return names.length > 1 && addresses.size === 1 && !addresses.has('') ? names[0] : undefined;
}
