import { type WordList, words } from './word-list.js';

/**
 * Go: `src/go/token/token.go` of golang/go; the date of the file was not noted. Read in the official source.
 * No soft words were collected.
 */
export default {
  collected: '2026-11-22',
  hard: words(`
    break case chan const continue default defer else fallthrough for func go goto if import interface map
    package range return select struct switch type var
  `),
  soft: [],
} satisfies WordList;
