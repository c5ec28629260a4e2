import { type WordList, words } from './word-list.js';

/**
 * Haskell 2010: the reservedid production in `report/lexemes.verb` of haskell/haskell-report as of
 * 2015-06-10. Read in the official report. Soft: the words that `modules.verb` gives a meaning in import
 * declarations, and those that `ffi.verb` gives one in foreign declarations.
 */
export default {
  collected: '2026-12-01',
  hard: words(`
    case class data default deriving do else foreign if import in infix infixl infixr instance let module
    newtype of then type where _
  `),
  soft: words('as hiding qualified export safe unsafe ccall stdcall cplusplus jvm dotnet'),
} satisfies WordList;
