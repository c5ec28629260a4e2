import { getPublicSuffix } from 'tldts';
import type { Candidate } from '../names/candidate.js';

/**
 * Finds the suffix whose name servers know whether a name is delegated: the one that the word was put under. For a whole
 * name, such as `for.co.uk`, it is what the public suffix list says.
 */
export function suffixOf({ name, word, tld }: Pick<Candidate, 'name' | 'word' | 'tld'>): string {
  if (!word.includes('.')) return tld;
  const suffix = getPublicSuffix(name);
  return suffix === null || suffix === name ? tld : suffix;
}
