import { type WordList, words } from './word-list.js';

/**
 * Nim 2: `doc/keywords.txt` of nim-lang/Nim as of 2024-10-24, which the manual includes. Read in the
 * official source; the compiler's `wordrecg.nim` has the same words. No soft words were collected.
 */
export default {
  collected: '2026-12-01',
  hard: words(`
    addr and as asm bind block break case cast concept const continue converter defer discard distinct div
    do elif else end enum except export finally for from func if import in include interface is isnot
    iterator let macro method mixin mod nil not notin object of or out proc ptr raise ref return shl shr
    static template try tuple type using var when while xor yield
  `),
  soft: [],
} satisfies WordList;
