import { type WordList, words } from './word-list.js';

/**
 * C#: `standard/lexical-structure.md` of dotnet/csharpstandard as of 2024-10-09. Read in the official
 * standard, which covers C# 8, so the contextual keywords of later versions (`init`, `record`, `required`,
 * `scoped`, `file`, `field` and others) are missing.
 */
export default {
  collected: '2026-11-22',
  hard: words(`
    abstract as base bool break byte case catch char checked class const continue decimal default delegate
    do double else enum event explicit extern false finally fixed float for foreach goto if implicit in
    int interface internal is lock long namespace new null object operator out override params private
    protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch
    this throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while
  `),
  soft: words(`
    add alias ascending async await by descending dynamic equals from get global group into join let
    nameof on orderby partial remove select set unmanaged value var when where yield
  `),
} satisfies WordList;
