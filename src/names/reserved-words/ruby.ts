import { type WordList, words } from './word-list.js';

/**
 * Ruby: `defs/keywords` of ruby/ruby. Read in an old version of the official source; from memory, its 41 words
 * have not changed since 1.9. No soft words were collected.
 */
export default {
  collected: '2026-11-22',
  hard: words(`
    __ENCODING__ __LINE__ __FILE__ BEGIN END alias and begin break case class def defined? do else elsif
    end ensure false for if in module next nil not or redo rescue retry return self super then true undef
    unless until when while yield
  `),
  soft: [],
} satisfies WordList;
