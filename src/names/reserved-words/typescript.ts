import { type WordList, words } from './word-list.js';

/**
 * TypeScript 5.9: `ts.SyntaxKind` of npm typescript 5.9.3, from FirstReservedWord to LastReservedWord. Read
 * in the official package; version 7 has no such API. Soft: the ranges of future reserved words and of
 * contextual keywords.
 */
export default {
  collected: '2026-11-22',
  hard: words(`
    break case catch class const continue debugger default delete do else enum export extends false
    finally for function if import in instanceof new null return super switch this throw true try typeof
    var void while with
  `),
  soft: words(`
    implements interface let package private protected public static yield abstract accessor as asserts
    assert any async await boolean constructor declare get infer intrinsic is keyof module namespace never
    out readonly require number object satisfies set string symbol type undefined unique unknown using
    from global bigint override of defer
  `),
} satisfies WordList;
