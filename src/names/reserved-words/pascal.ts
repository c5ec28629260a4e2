import { type WordList, words } from './word-list.js';

/**
 * Free Pascal: `tex/ref.tex` of fpc/FPCDocumentation as of 2026-06-18: the reserved words of Turbo Pascal
 * and those of Object Pascal. Read in the official manual. Soft: the modifiers of the same manual.
 */
export default {
  collected: '2026-12-01',
  hard: words(`
    absolute and array asm begin case const constructor destructor div do downto else end file for
    function goto if implementation in inherited inline interface label mod nil not object of operator or
    packed procedure program record reintroduce repeat self set shl shr string then to type unit until
    uses var while with xor as class dispinterface except exports finalization finally initialization is
    library on out property raise resourcestring threadvar try
  `),
  soft: words(`
    abstract alias assembler bitpacked break cdecl compilerproc continue cppdecl cvar default deprecated
    dynamic enumerator experimental export external far far16 forward generic helper implements index
    interrupt iocheck local message mwpascal name near nodefault noinline noreturn nostackframe oldfpccall
    otherwise overload override pascal platform private protected public published read register result
    safecall saveregisters sealed softfloat specialize static stdcall stored strict unaligned
    unimplemented varargs vectorcall virtual weakexternal winapi write
  `),
} satisfies WordList;
