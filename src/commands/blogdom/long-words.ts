import { parseWord } from '../../names/expansion.js';
import { reservedWords } from '../../names/reserved-words/index.js';
import type { Options } from './options.js';

/** The options that decide which reserved words are taken. */
type WordLimits = Pick<Options, 'language' | 'languages' | 'soft' | 'maxLength' | 'maxReservedLength'>;

/**
 * Says how many words of the languages that the user has chosen are left out because they are longer than reserved words may
 * be by default.
 *
 * @returns undefined if there is nothing to say.
 */
export async function describeLongWords({
  language,
  languages,
  soft,
  maxLength,
  maxReservedLength,
}: WordLimits): Promise<string | undefined> {
  if (!language || maxReservedLength >= maxLength) return undefined;
  const isLong = (word: string) => word.length > maxReservedLength && 'name' in parseWord(word);
  const words = new Set((await reservedWords(languages, soft)).filter(isLong));
  if (words.size === 0) return undefined;
  const are = words.size === 1 ? 'word of more than' : 'words of more than';
  return `${words.size} ${are} ${maxReservedLength} letters left out (--max-length)`;
}
