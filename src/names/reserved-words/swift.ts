import { type WordList, words } from './word-list.js';

/**
 * Swift: `LexicalStructure.md` of swiftlang/swift-book as of 2026-07-14, without the words that begin with
 * `#`. Read in the official book. Soft: words reserved in some contexts.
 */
export default {
  collected: '2026-11-22',
  hard: words(`
    associatedtype borrowing class consuming deinit enum extension fileprivate func import init inout
    internal let nonisolated open operator precedencegroup private protocol public rethrows static struct
    subscript typealias var break case catch continue default defer do else fallthrough for guard if in
    repeat return switch throw where while Any as await false is nil self Self super throws true try _
  `),
  soft: words(`
    associativity async convenience didSet dynamic final get indirect infix lazy left mutating none
    nonmutating optional override package postfix precedence prefix Protocol required right set some Type
    unowned weak willSet
  `),
} satisfies WordList;
