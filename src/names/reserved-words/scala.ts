import { type WordList, words } from './word-list.js';

/**
 * Scala 3: `docs/_docs/internals/syntax.md` of scala/scala3 as of 2026-08-22. Read in the official syntax
 * summary.
 */
export default {
  collected: '2026-11-22',
  hard: words(`
    abstract case catch class def do else enum export extends false final finally for given if implicit
    import lazy match new null object override package private protected return sealed super then throw
    trait true try type val var while with yield
  `),
  soft: words(`
    as consume derives end erased extension infix initially inline opaque open throws tracked transparent
    update using
  `),
} satisfies WordList;
