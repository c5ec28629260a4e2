import { type WordList, words } from './word-list.js';

/**
 * Haskell 2010: the reservedid production in `report/lexemes.verb` of haskell/haskell-report. Read in the
 * official report. No soft words were collected.
 */
export default {
  collected: '2026-11-22',
  hard: words(`
    case class data default deriving do else foreign if import in infix infixl infixr instance let module
    newtype of then type where _
  `),
  soft: [],
} satisfies WordList;
