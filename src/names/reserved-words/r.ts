import { type WordList, words } from './word-list.js';

/**
 * R: `Reserved.Rd` of wch/r-source, without `...` and `..1`; the version was not noted. Read in the official
 * manual. No soft words were collected.
 */
export default {
  collected: '2026-11-22',
  hard: words(`
    if else repeat while function for in next break TRUE FALSE NULL Inf NaN NA NA_integer_ NA_real_
    NA_complex_ NA_character_
  `),
  soft: [],
} satisfies WordList;
