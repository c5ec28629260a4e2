import type { Candidate } from '../names/candidate.js';

/**
 * Finds the suffix whose name servers know whether a name is delegated: the one that the word was put under. For a whole
 * name, such as `for.co.uk`, it is what the public suffix list says.
 */
export async function publicSuffixOf({
  name,
  word,
  tld,
}: Pick<Candidate, 'name' | 'word' | 'tld'>): Promise<string> {
  if (!word.includes('.')) return tld;
  // Loaded on demand: unpacking the list takes longer than a whole run of a few names.
  const { getPublicSuffix } = await import('tldts');
  const suffix = getPublicSuffix(name);
  return suffix === null || suffix === name ? tld : suffix;
}
