import { type WordList, words } from './word-list.js';

/**
 * C23: the keywords of section 6.4.1, as quoted from draft N3220 in one public source and copied in another;
 * both agree. The draft itself was not read. No soft words were collected.
 */
export default {
  collected: '2026-11-22',
  hard: words(`
    alignas alignof auto bool break case char const constexpr continue default do double else enum extern
    false float for goto if inline int long nullptr register restrict return short signed sizeof static
    static_assert struct switch thread_local true typedef typeof typeof_unqual union unsigned void
    volatile while _Atomic _BitInt _Complex _Decimal128 _Decimal32 _Decimal64 _Generic _Imaginary
    _Noreturn
  `),
  soft: [],
} satisfies WordList;
