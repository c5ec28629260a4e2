import { type WordList, words } from './word-list.js';

/**
 * Julia: `src/julia/kinds.jl` of JuliaLang/JuliaSyntax.jl as of 2025-12-03, and `true` and `false`. Read in
 * the official parser. Soft: the contextual keywords, and the operators that are words.
 */
export default {
  collected: '2026-12-01',
  hard: words(`
    baremodule begin break const continue do export for function global if import let local macro module
    quote return struct try using while catch finally else elseif end true false
  `),
  soft: words('abstract as doc mutable outer primitive public type var in isa where'),
} satisfies WordList;
