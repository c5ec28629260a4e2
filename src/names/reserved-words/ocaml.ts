import { type WordList, words } from './word-list.js';

/**
 * OCaml 5.3, which added `effect`: the table of `parsing/lexer.mll` of ocaml/ocaml as of 2024-10-24. Read
 * in the official source; the manual of that day has the same words, without `effect`. Soft: the keywords
 * of the former Camlp4, which the manual says to avoid.
 */
export default {
  collected: '2026-12-01',
  hard: words(`
    and as assert begin class constraint do done downto effect else end exception external false for fun
    function functor if in include inherit initializer lazy let match method module mutable new nonrec
    object of open or private rec sig struct then to true try type val virtual when while with lor lxor
    mod land lsl lsr asr
  `),
  soft: words('parser value'),
} satisfies WordList;
