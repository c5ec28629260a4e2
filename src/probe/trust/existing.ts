import { specialUseOf } from '../../names/special-use.js';
import type { AskAuthority } from '../second-opinion.js';
import { gradeOf, type Standing } from './standing.js';
import type { Suffix } from './suffix.js';
import type { Testing } from './testing.js';

/** Tests servers with names that exist below a suffix: a filter may deny them all, although the suffix exists. */
export interface Existing {
  /** Whether a server needs no test, as it has answered for a name below the suffix or has been tested with one. */
  isNeedless(standing: Standing): boolean;
  /**
   * Tests a server with an existing name, unless that is needless or no such name is known.
   *
   * @returns whether it has been tested.
   */
  test(suffix: Suffix, standing: Standing): Promise<boolean>;
  /**
   * Says that a filter of the suffix would go unnoticed, if no name is known to exist when all have been answered. Is called when a
   * denial is believed.
   */
  noteUnknown(suffix: Suffix): Promise<void>;
  /** Tests a server with a name that it has denied, although it exists. */
  contradict(standing: Standing, name: string): void;
  /** Records that a name exists, as a server has answered for it and is believed. */
  record(suffix: Suffix, standing: Standing, name: string): void;
}

/** What the tests need. */
export interface ExistingOptions {
  readonly testing: Pick<Testing, 'test' | 'busy'>;
  /** Asks the authoritative servers of a suffix for a name; undefined if they may not be asked. */
  readonly authority?: AskAuthority | undefined;
  readonly note: (message: string, topic?: string) => void;
}

/** Labels of names that exist below many suffixes. */
const commonLabels = ['nic', 'google', 'amazon'] as const;
/** The most names that are kept of each suffix. */
const maximumNames = 3;

/** Creates the tests; no name is known to exist. */
export function createExisting({ testing, authority, note }: ExistingOptions): Existing {
  /** The searches by the authority, and the tests in flight. */
  const searches = new WeakMap<Suffix, Promise<void>>();
  const tests = new Map<Standing, Promise<void>>();
  /** The suffixes of which no name was known to exist when a denial was believed. */
  const unknown = new WeakSet<Suffix>();

  /** Asks the authority for names that many suffixes have. */
  const search = async (suffix: Suffix): Promise<void> => {
    const tld = suffix.name;
    if (authority === undefined || specialUseOf(tld) !== undefined) return;
    for (const word of commonLabels) {
      const { name, status } = await authority({ name: `${word}.${tld}`, word, tld });
      if (status === 'live' || status === 'taken') return keep(suffix, name);
    }
  };

  const keep = ({ names: { existing } }: Suffix, name: string): void => {
    if (existing.length < maximumNames && !existing.includes(name)) existing.push(name);
  };

  /** Whether a name below a suffix exists, as far as is known. */
  const isAnyKnown = ({ standings, names }: Suffix): boolean =>
    names.existing.length > 0 || [...standings.values()].some(({ answered }) => answered !== undefined);

  const testWith = async (standing: Standing, name: string): Promise<void> => {
    standing.controlName = name;
    await testing.test(standing);
    tests.delete(standing);
  };

  const begin = (standing: Standing, name: string): Promise<void> => {
    const test = testWith(standing, name);
    tests.set(standing, test);
    return test;
  };

  const isNeedless = (standing: Standing): boolean =>
    !tests.has(standing) && (standing.answered !== undefined || standing.controlName !== standing.suffixName);

  return {
    isNeedless,
    async test(suffix, standing) {
      const { names } = standing;
      if (isNeedless(standing)) return false;
      const running = tests.get(standing);
      if (running) {
        await running;
        return true;
      }
      if (names.existing.length === 0 && standing.serverNames.length === 0) {
        const known = searches.get(suffix) ?? search(suffix);
        searches.set(suffix, known);
        await known;
      }
      const name = names.existing[0] ?? standing.serverNames[0];
      if (name === undefined) return false;
      await (tests.get(standing) ?? begin(standing, name));
      return true;
    },
    async noteUnknown(suffix) {
      if (isAnyKnown(suffix) || unknown.has(suffix)) return;
      unknown.add(suffix);
      await testing.busy();
      if (!isAnyKnown(suffix))
        note(
          `no name under .${suffix.name} is known to exist, so a filter of all its names would go unnoticed`,
        );
    },
    contradict(standing, name) {
      standing.isContradicted = true;
      if (!tests.has(standing)) void begin(standing, name);
    },
    record(suffix, standing, name) {
      keep(suffix, name);
      if (standing.controlName === standing.suffixName && gradeOf(standing) === 'good')
        standing.controlName = name;
    },
  };
}
