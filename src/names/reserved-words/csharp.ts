import { type WordList, words } from './word-list.js';

/**
 * C#: `standard/lexical-structure.md` of dotnet/csharpstandard as of 2024-10-09. Read in the official
 * standard, which covers C# 8. Soft: its contextual keywords, those that
 * `docs/csharp/language-reference/keywords/index.md` of dotnet/docs of 2021-03-17 (C# 9) adds, and the
 * words of these proposals in dotnet/csharplang as of 2026-08-21: top-level statements (`args`), file-local
 * types, required members, `scoped`, `allows ref struct`, `field`, extensions, unions and closed
 * hierarchies (C# 15). A list of all contextual keywords of C# 15 was not found.
 */
export default {
  collected: '2026-12-01',
  hard: words(`
    abstract as base bool break byte case catch char checked class const continue decimal default delegate
    do double else enum event explicit extern false finally fixed float for foreach goto if implicit in
    int interface internal is lock long namespace new null object operator out override params private
    protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch
    this throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while
  `),
  soft: words(`
    add alias ascending async await by descending dynamic equals from get global group into join let
    nameof on orderby partial remove select set unmanaged value var when where yield and init managed nint
    not notnull nuint or record with allows args closed extension field file required scoped union
  `),
} satisfies WordList;
