import { type WordList, words } from './word-list.js';

/**
 * Lua 5.5, which added `global`: `llex.c` of lua/lua as of 2026-05-08. Read in the official source. No soft
 * words were collected.
 */
export default {
  collected: '2026-11-22',
  hard: words(`
    and break do else elseif end false for function global goto if in local nil not or repeat return then
    true until while
  `),
  soft: [],
} satisfies WordList;
