import { type WordList, words } from './word-list.js';

/**
 * Dart 3: `src/data/keywords.yml` of dart-lang/site-www as of 2026-08-21. Read in the official
 * documentation. Soft: its built-in identifiers, and the keywords that can be identifiers in some contexts
 * or everywhere.
 */
export default {
  collected: '2026-12-01',
  hard: words(`
    assert break case catch class const continue default do else enum extends false final finally for if
    in is new null rethrow return super switch this throw true try var void with while
  `),
  soft: words(`
    abstract as async await base covariant deferred dynamic export extension external factory Function get
    hide implements import interface late library mixin of on operator part required sealed set show
    static sync type typedef when yield
  `),
} satisfies WordList;
