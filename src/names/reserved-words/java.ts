import { type WordList, words } from './word-list.js';

/**
 * Java: the compiler's `com/sun/tools/javac/parser/Tokens.java` of openjdk/jdk, copyright year 2024: 50
 * words, `_` and the three literals. Read in the official source. Soft: the contextual keywords of the Java
 * Language Specification, section 3.9 (Java 21 and later), written from memory.
 */
export default {
  collected: '2026-11-22',
  hard: words(`
    abstract assert boolean break byte case catch char class const continue default do double else enum
    extends final finally float for goto if implements import instanceof int interface long native new
    package private protected public return short static strictfp super switch synchronized this throw
    throws transient try void volatile while _ true false null
  `),
  soft: words(`
    exports module non-sealed open opens permits provides record requires sealed to
    transitive uses var when with yield
  `),
} satisfies WordList;
