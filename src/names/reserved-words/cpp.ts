import { type WordList, words } from './word-list.js';

/**
 * C++26: table lex.key in `source/lex.tex` of cplusplus/draft as of 2026-08-22, with the alternative tokens
 * of the same file, such as `and` for `&&`. Read in the official working draft. Soft: the identifiers with
 * special meaning, table lex.name.special of the same file.
 */
export default {
  collected: '2026-12-01',
  hard: words(`
    alignas alignof asm auto bool break case catch char char8_t char16_t char32_t class concept const
    consteval constexpr constinit const_cast continue contract_assert co_await co_return co_yield decltype
    default delete do double dynamic_cast else enum explicit export extern false float for friend goto if
    inline int long mutable namespace new noexcept nullptr operator private protected public register
    reinterpret_cast requires return short signed sizeof static static_assert static_cast struct switch
    template this thread_local throw true try typedef typeid typename union unsigned using virtual void
    volatile wchar_t while and and_eq bitand bitor compl not not_eq or or_eq xor xor_eq
  `),
  soft: words('final import module override post pre'),
} satisfies WordList;
