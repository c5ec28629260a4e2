import { type WordList, words } from './word-list.js';

/**
 * JavaScript: the ReservedWord production of ECMA-262, 14th edition, as listed by npm reserved-identifiers
 * 1.2.0; the specification itself was not read. Each word was checked with
 * @babel/helper-validator-identifier 7.29.7. Soft: the words that strict mode reserves, from the same
 * package; the contextual keywords, written from memory; and `using`, from `spec.emu` of
 * tc39/proposal-explicit-resource-management as of 2024-06-15, which has been merged into ECMA-262 since.
 */
export default {
  collected: '2026-12-01',
  hard: words(`
    await break case catch class const continue debugger default delete do else enum export extends false
    finally for function if import in instanceof new null return super switch this throw true try typeof
    var void while with yield
  `),
  soft: words(`
    implements interface let package private protected public static as async from get of set target meta
    accessor arguments eval using
  `),
} satisfies WordList;
