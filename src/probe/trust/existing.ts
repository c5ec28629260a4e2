import type { Candidate } from '../../names/candidate.js';
import type { ProbeResult } from '../result.js';
import { gradeOf, type Standing } from './standing.js';
import type { Suffix } from './suffix.js';
import type { Testing } from './testing.js';

/** Tests servers with names that exist below a suffix: a filter may deny them all, although the suffix exists. */
export interface Existing {
  /**
   * Tests a server with an existing name, unless it has answered for one.
   *
   * @returns whether it has been tested.
   */
  test(suffix: Suffix, standing: Standing): Promise<boolean>;
  /** Records that a name exists, as a server has answered for it and is believed. */
  record(suffix: Suffix, standing: Standing | undefined, name: string): void;
}

/** What the tests need. */
export interface ExistingOptions {
  readonly testing: Pick<Testing, 'test' | 'busy'>;
  /** Asks the authoritative servers of a suffix for a name; undefined if they may not be asked. */
  readonly authority?: ((candidate: Candidate) => Promise<ProbeResult>) | undefined;
  readonly note: (message: string, topic?: string) => void;
}

/** Labels of names that exist below many suffixes. */
const commonLabels = ['nic', 'google', 'amazon'] as const;
/** The most names that are kept of each suffix. */
const maximumNames = 3;

/** Creates the tests; no name is known to exist. */
export function createExisting({ testing, authority, note }: ExistingOptions): Existing {
  /** The searches by the authority, and the tests in flight. */
  const searches = new Map<Suffix, Promise<void>>();
  const tests = new Map<Standing, Promise<void>>();

  /** Asks the authority for names that many suffixes have. */
  const search = async (suffix: Suffix): Promise<void> => {
    const tld = suffix.name;
    for (const word of authority ? commonLabels : []) {
      const result = await authority?.({ name: `${word}.${tld}`, word, tld });
      if (result?.status === 'live' || result?.status === 'taken') return keep(suffix, result.name);
    }
  };

  const keep = ({ names: { existing } }: Suffix, name: string): void => {
    if (existing.length < maximumNames && !existing.includes(name)) existing.push(name);
  };

  /** Says that filters go unnoticed, if no name has been answered when all have been asked. */
  const noteUnknown = async (suffix: Suffix): Promise<void> => {
    await testing.busy();
    const hasAnswered = [...suffix.standings.values()].some(({ answered }) => answered !== undefined);
    if (hasAnswered || suffix.names.existing.length > 0) return;
    note(`no name under .${suffix.name} is known to exist, so a filter of all its names would go unnoticed`);
  };

  const testWith = async (standing: Standing, name: string): Promise<void> => {
    standing.controlName = name;
    await testing.test(standing);
    tests.delete(standing);
  };

  return {
    async test(suffix, standing) {
      const { suffixName, answered, names } = standing;
      if (answered !== undefined || standing.controlName !== suffixName) return false;
      if (names.existing.length === 0 && standing.serverNames.length === 0) {
        const known = searches.get(suffix) ?? search(suffix);
        searches.set(suffix, known);
        await known;
      }
      const name = names.existing[0] ?? standing.serverNames[0];
      if (name === undefined) {
        void noteUnknown(suffix);
        return false;
      }
      const test = tests.get(standing) ?? testWith(standing, name);
      tests.set(standing, test);
      await test;
      return true;
    },
    record(suffix, standing, name) {
      keep(suffix, name);
      if (standing && standing.controlName === standing.suffixName && gradeOf(standing) === 'good')
        standing.controlName = name;
    },
  };
}
