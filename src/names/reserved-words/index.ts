import { keysOf } from '../../util/keys.js';
import type { WordList } from './word-list.js';

/** Functions that load the word list of each language. Only the selected lists are loaded, to start fast. */
export const languages = {
  python: () => import('./python.js'),
  javascript: () => import('./javascript.js'),
  typescript: () => import('./typescript.js'),
  go: () => import('./go.js'),
  rust: () => import('./rust.js'),
  java: () => import('./java.js'),
  c: () => import('./c.js'),
  cpp: () => import('./cpp.js'),
  csharp: () => import('./csharp.js'),
  kotlin: () => import('./kotlin.js'),
  swift: () => import('./swift.js'),
  ruby: () => import('./ruby.js'),
  php: () => import('./php.js'),
  haskell: () => import('./haskell.js'),
  sql: () => import('./sql.js'),
  zig: () => import('./zig.js'),
  scala: () => import('./scala.js'),
  lua: () => import('./lua.js'),
  perl: () => import('./perl.js'),
  r: () => import('./r.js'),
  julia: () => import('./julia.js'),
  elixir: () => import('./elixir.js'),
  dart: () => import('./dart.js'),
  bash: () => import('./bash.js'),
  nim: () => import('./nim.js'),
  ocaml: () => import('./ocaml.js'),
  fortran: () => import('./fortran.js'),
  vb: () => import('./vb.js'),
  pascal: () => import('./pascal.js'),
  d: () => import('./d.js'),
} satisfies Record<string, () => Promise<{ default: WordList }>>;

/** The name of a language, as it is typed after `--language`. */
export type Language = keyof typeof languages;

/** Returns the day on which the words of each language were collected. */
export async function collectionDays(): Promise<readonly (readonly [Language, string])[]> {
  const load = async (language: Language) =>
    [language, (await languages[language]()).default.collected] as const;
  return Promise.all(languageNames.map(load));
}

/** The names of all languages, in the order of the map. */
export const languageNames = keysOf(languages);

/**
 * Returns the reserved words of the selected languages, language by language, in their own letter case. Some are not
 * domain labels (`_`, `defined?`), and a word that two languages share is returned twice.
 *
 * @param soft whether the soft words of each language follow its hard ones.
 */
export async function reservedWords(selected: readonly Language[], soft: boolean): Promise<string[]> {
  const modules = await Promise.all(selected.map((language) => languages[language]()));
  return modules.flatMap(({ default: list }) => (soft ? [...list.hard, ...list.soft] : list.hard));
}
