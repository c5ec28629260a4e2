import { type WordList, words } from './word-list.js';

/**
 * Bash 5.2: what `compgen -k` of GNU Bash 5.2.15 prints, without the punctuation `!`, `{`, `}`, `[[` and
 * `]]`. The manual's section "Reserved Words" has the same words. No soft words were collected.
 */
export default {
  collected: '2026-12-01',
  hard: words('if then else elif fi case esac for select while until do done in function time coproc'),
  soft: [],
} satisfies WordList;
