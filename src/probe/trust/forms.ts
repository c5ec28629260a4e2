import type { Random } from '../../util/random.js';
import { type AskServer, formOf, readCanary, showsDelegation, similarName } from './canary.js';
import type { Standing } from './standing.js';
import { type Canary, exists, isDenied } from './witness.js';

/** Asks for random names that have the form of a candidate: a server may make up addresses for such names alone. */
export interface Forms {
  /**
   * Tests the form of the last candidate.
   *
   * @param askedRandom the long random name of the same witness.
   * @returns a random name in that form; undefined if the server answers for these alone, or if none of them tells anything.
   */
  testSample(standing: Standing, askedRandom: Promise<Canary>): Promise<Canary | undefined>;
  /**
   * Asks for random names in the form of a name, and records whether the server answers for these alone.
   *
   * @returns undefined if that has been done.
   */
  askForm(standing: Standing, name: string): Promise<void> | undefined;
}

/** What the tests need. */
export interface FormsOptions {
  readonly askServer: AskServer;
  readonly random: Random;
  /** Asks for a long random name. */
  readonly askRandom: (standing: Standing) => Promise<Canary>;
}

/** The most names in the form of a candidate that one witness asks for. */
const similarNames = 4;
/** The length of the longest label that may exist by chance: under .com, nearly all of four letters and many of five do. */
const longestByChance = 5;
/** The most forms of names that are tested at one server. */
const maximumForms = 64;
/** The number of them that have no answer after which no other one is asked for. */
const maximumFailures = 2;

/** Creates the tests; no form has been tested. */
export function createForms({ askServer, random, askRandom }: FormsOptions): Forms {
  /**
   * Asks for random names in the form of a candidate until one is denied. A short one may exist by chance, so those that exist
   * count only if there is none that does not, and those that are delegated never do.
   *
   * @returns undefined if there is no candidate, or if none of them tells anything.
   */
  const askSimilar = async (
    { suffixName, server }: Standing,
    word: string,
    askLong: () => Promise<Canary>,
  ): Promise<Canary | undefined> => {
    const mayExist = word.length - word.lastIndexOf('.') <= longestByChance;
    let existing: Canary | undefined;
    let failures = 0;
    for (let turn = 0; turn < similarNames; turn++) {
      const name = similarName(word, suffixName, random);
      const canary = { name, reply: readCanary(await askServer({ name, type: 'A' }, server.url)) };
      if ('failure' in canary.reply) {
        // It may be one of the few names that fail, so another one is asked for.
        if (++failures === maximumFailures) return existing;
        continue;
      }
      // If even a long name exists, no other one is needed.
      if (!exists(canary) || exists(await askLong())) return canary;
      if (!mayExist) return canary;
      const { outcome } = await askServer({ name, type: 'NS' }, server.url);
      if (!('reply' in outcome && showsDelegation(outcome.reply, suffixName))) existing = canary;
    }
    return existing;
  };

  /**
   * Asks for random names in a form, and finds out whether only these exist: another long one, asked for after them, is denied, too.
   *
   * @returns undefined if so, or if none of them tells anything.
   */
  const testForm = async (
    standing: Standing,
    word: string,
    askLong: () => Promise<Canary>,
  ): Promise<Canary | undefined> => {
    const similar = await askSimilar(standing, word, askLong);
    if (!similar || !exists(similar) || exists(await askLong())) return similar;
    if (!isDenied(await askRandom(standing))) return similar;
    standing.isByForm = true;
    return undefined;
  };

  const keepForm = ({ forms }: Standing, form: string, tested: Promise<unknown>): Promise<void> => {
    const kept = tested.then(() => void forms.set(form, undefined));
    forms.set(form, kept);
    return kept;
  };

  const testSample: Forms['testSample'] = async (
    standing: Standing,
    askedRandom: Promise<Canary>,
  ): Promise<Canary | undefined> => {
    const word = wordOf(standing, standing.names.sample);
    if (word === '') return undefined;
    const tested = testForm(standing, word, () => askedRandom);
    void keepForm(standing, formOf(word), tested);
    return tested;
  };

  const askForm: Forms['askForm'] = (standing, name) => {
    const { forms } = standing;
    const word = wordOf(standing, name);
    const form = formOf(word);
    if (forms.has(form)) return forms.get(form);
    if (forms.size >= maximumForms) return undefined;
    return keepForm(
      standing,
      form,
      testForm(standing, word, () => askRandom(standing)),
    );
  };

  return { testSample, askForm };
}

/** A name without its suffix; empty for no name. */
const wordOf = ({ suffixName }: Standing, name: string): string => name.slice(0, -suffixName.length - 1);
