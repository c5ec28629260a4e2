import { type WordList, words } from './word-list.js';

/**
 * Rust, edition 2024: `src/keywords.md` of rust-lang/reference as of 2026-08-18. Read in the official
 * reference. Soft: words reserved for the future, and weak keywords.
 */
export default {
  collected: '2026-11-22',
  hard: words(`
    _ as async await break const continue crate dyn else enum extern false fn for if impl in let loop
    match mod move mut pub ref return self Self static struct super trait true type unsafe use where while
  `),
  soft: words(`
    abstract become box do final gen macro override priv try typeof unsized virtual yield macro_rules raw
    safe union
  `),
} satisfies WordList;
