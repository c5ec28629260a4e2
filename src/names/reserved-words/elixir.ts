import { type WordList, words } from './word-list.js';

/**
 * Elixir: `syntax-reference.md` of elixir-lang/elixir as of 2026-08-22. Read in the official reference. No
 * soft words were collected.
 */
export default {
  collected: '2026-11-22',
  hard: words('true false nil when and or not in fn do end catch rescue after else'),
  soft: [],
} satisfies WordList;
