import { type Canary, exists, formOf, isDenied } from './canary.js';
import type { RandomNames } from './random-names.js';
import type { Standing } from './standing.js';

/** Asks for random names that have the form of a candidate: a server may make up addresses for such names alone. */
export interface Forms {
  /**
   * Tests the form of the last candidate.
   *
   * @param askedLong the long random name of the same witness.
   * @returns a random name in that form; undefined if the server answers for these alone, or if none of them tells anything.
   */
  testSample(standing: Standing, askedLong: Promise<Canary>): Promise<Canary | undefined>;
  /**
   * Asks for random names in the form of a name, and records whether the server answers for these alone.
   *
   * @returns undefined if that has been done.
   */
  askForm(standing: Standing, name: string): Promise<void> | undefined;
}

/** The most forms of names that are tested at one server. */
const maximumForms = 64;

/** Creates the tests; no form has been tested. */
export function createForms({ askLong, askSimilar }: RandomNames): Forms {
  /**
   * Asks for random names in a form, and finds out whether only these exist: another long one, asked for after them, is denied, too.
   *
   * @returns undefined if so, or if none of them tells anything.
   */
  const testForm = async (
    standing: Standing,
    word: string,
    long: () => Promise<Canary>,
  ): Promise<Canary | undefined> => {
    const similar = await askSimilar(standing, word, long);
    if (!similar || !exists(similar) || exists(await long())) return similar;
    if (!isDenied(await askLong(standing))) return similar;
    standing.isByForm = true;
    return undefined;
  };

  const keepForm = ({ forms }: Standing, form: string, tested: Promise<unknown>): Promise<void> => {
    const kept = tested.then(() => void forms.set(form, undefined));
    forms.set(form, kept);
    return kept;
  };

  return {
    testSample(standing, askedLong) {
      const word = wordOf(standing, standing.names.sample);
      if (word === '') return Promise.resolve(undefined);
      const tested = testForm(standing, word, () => askedLong);
      void keepForm(standing, formOf(word), tested);
      return tested;
    },
    askForm(standing, name) {
      const { forms } = standing;
      const word = wordOf(standing, name);
      const form = formOf(word);
      if (forms.has(form)) return forms.get(form);
      if (forms.size >= maximumForms) return undefined;
      return keepForm(
        standing,
        form,
        testForm(standing, word, () => askLong(standing)),
      );
    },
  };
}

/** A name without its suffix; empty for no name. */
const wordOf = ({ suffixName }: Standing, name: string): string => name.slice(0, -suffixName.length - 1);
