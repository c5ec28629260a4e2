import { type WordList, words } from './word-list.js';

/**
 * D: the keywords of `spec/lex.dd` of dlang/dmd as of 2026-08-22 (2.113). Read in the official
 * specification. Soft: `body` and `delete`, which are deprecated; the compiler's `tokens.d` reserves them
 * no longer.
 */
export default {
  collected: '2026-12-01',
  hard: words(`
    abstract alias align asm assert auto bool break byte case cast catch cdouble cent cfloat char class
    const continue creal dchar debug default delegate deprecated do double else enum export extern false
    final finally float for foreach foreach_reverse function goto idouble if ifloat immutable import in
    inout int interface invariant ireal is lazy long macro mixin module new nothrow null out override
    package pragma private protected public pure real ref return scope shared short static struct super
    switch synchronized template this throw true try typeid typeof ubyte ucent uint ulong union unittest
    ushort version void wchar while with __FILE__ __FILE_FULL_PATH__ __FUNCTION__ __LINE__ __MODULE__
    __PRETTY_FUNCTION__ __gshared __parameters __rvalue __traits __vector
  `),
  soft: words('body delete'),
} satisfies WordList;
