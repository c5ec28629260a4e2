import { type WordList, words } from './word-list.js';

/**
 * PHP: `appendices/reserved.xml` of php/doc-en as of 2026-08-21. Read in the official manual. Soft: magic
 * constants and other reserved names.
 */
export default {
  collected: '2026-11-22',
  hard: words(`
    __halt_compiler abstract and array as break callable case catch class clone const continue declare
    default die do echo else elseif empty enddeclare endfor endforeach endif endswitch endwhile eval exit
    extends final finally fn for foreach function global goto if implements include include_once
    instanceof insteadof interface isset list match namespace new or print private protected public
    readonly require require_once return static switch throw trait try unset use var while xor yield
  `),
  soft: words(`
    __CLASS__ __DIR__ __FILE__ __FUNCTION__ __LINE__ __METHOD__ __PROPERTY__ __NAMESPACE__ __TRAIT__
    parent self int float bool string true false null void iterable object mixed never enum resource
    numeric
  `),
} satisfies WordList;
