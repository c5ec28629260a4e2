import { type WordList, words } from './word-list.js';

/**
 * Kotlin: `docs/topics/keyword-reference.md` of JetBrains/kotlin-web-site as of 2026-08-21. Read in the
 * official reference. Soft: soft keywords, modifiers and special identifiers.
 */
export default {
  collected: '2026-12-01',
  hard: words(`
    as break class continue do else false for fun if in interface is null object package return super this
    throw true try typealias typeof val var when while
  `),
  soft: words(`
    by catch constructor delegate dynamic field file finally get import init param property receiver set
    setparam value where abstract actual annotation companion const crossinline data enum expect external
    final infix inline inner internal lateinit noinline open operator out override private protected
    public reified sealed suspend tailrec vararg it
  `),
} satisfies WordList;
