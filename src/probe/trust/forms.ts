import { type Canary, exists, formOf, isDenied } from './canary.js';
import type { RandomNames } from './random-names.js';
import { gradeOf, type Standing } from './standing.js';

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
   * Asks for random names in the form of a name, and records whether the server answers for these alone. Waits for all tests in flight.
   *
   * @returns undefined if that has been done, and no test is in flight.
   */
  askForm(standing: Standing, name: string): Promise<void> | undefined;
}

/** The most forms of names that are tested at one server, and the number of its first names that are tested whatever their forms. */
const maximumForms = 64;
const testedNames = 4;

/**
 * Creates the tests; no form has been tested.
 *
 * @param nextPlace takes the next place in the run's order of events.
 */
export function createForms({ askLong, askSimilar }: RandomNames, nextPlace: () => number): Forms {
  /**
   * Asks for random names in a form, and finds out whether only these exist: long ones, asked for with them and after them, are denied.
   *
   * @returns undefined if so, or if none of them tells anything.
   */
  const testForm = async (
    standing: Standing,
    word: string,
    long: () => Promise<Canary>,
  ): Promise<Canary | undefined> => {
    const similar = await askSimilar(standing, word, long);
    if (!similar || !exists(similar)) return similar;
    // A lie that ends meanwhile is met by the first long name, and one that has just begun by the second.
    if (!isDenied(await long()) || !isDenied(await askLong(standing))) return similar;
    standing.isByForm = true;
    return undefined;
  };

  /** Keeps that a form is being tested, and later that it has been. It has not if even long names exist for the moment. */
  const keepForm = (standing: Standing, form: string, tested: Promise<Canary | undefined>) => {
    const { forms } = standing;
    const before = forms.get(form);
    standing.namesTested++;
    const kept = Promise.all([tested, before]).then(([similar]) => {
      const isVoid = similar !== undefined && exists(similar);
      if (isVoid) {
        standing.namesTested--;
        // The last witness saw none of this: the server has begun to answer for any name.
        if (gradeOf(standing) === 'good') standing.server.changedAt = nextPlace();
      }
      if (forms.get(form) !== kept) return;
      if (isVoid) forms.delete(form);
      else forms.set(form, undefined);
    });
    forms.set(form, kept);
  };

  return {
    testSample(standing, askedLong) {
      const word = wordOf(standing, standing.names.sample);
      if (word === '') return Promise.resolve(undefined);
      const tested = testForm(standing, word, () => askedLong);
      keepForm(standing, formOf(word), tested);
      return tested;
    },
    askForm(standing, name) {
      const { forms } = standing;
      const word = wordOf(standing, name);
      const form = formOf(word);
      const isNew = !forms.has(form);
      // The last candidate is tested by the witness.
      const isFirst = standing.namesTested < testedNames && name !== standing.names.sample;
      if (forms.size < maximumForms && (isNew || isFirst)) {
        let asked: Promise<Canary> | undefined;
        const askOnce = () => {
          asked ??= askLong(standing);
          return asked;
        };
        keepForm(standing, form, testForm(standing, word, askOnce));
      }
      return isAnyPending(standing) ? settle(standing) : undefined;
    },
  };
}

/** Whether a test is in flight. Each live name asks, so no list is made. */
function isAnyPending({ forms }: Standing): boolean {
  for (const tested of forms.values()) if (tested !== undefined) return true;
  return false;
}

const pendingIn = ({ forms }: Standing): readonly Promise<void>[] =>
  [...forms.values()].filter((tested) => tested !== undefined);

/** Waits until no test is in flight. */
async function settle(standing: Standing): Promise<void> {
  for (let pending = pendingIn(standing); pending.length > 0; pending = pendingIn(standing))
    await Promise.all(pending);
}

/** A name without its suffix; empty for no name. */
const wordOf = ({ suffixName }: Standing, name: string): string => name.slice(0, -suffixName.length - 1);
