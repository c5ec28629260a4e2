import type { Candidate } from './candidate.js';

/** The version of tldts whose copy of the public suffix list is used, and the day on which it was released. */
export const publicSuffixList = { version: '7.5.5', day: '2026-11-19' } as const;

/** Why a name that is itself a public suffix cannot be free, for the reason of its result. */
export const publicSuffixReason = 'a public suffix: it cannot be registered';

/** Top-level domains of other kinds under which registries offer suffixes of several labels, such as `airline.aero`. */
const others: ReadonlySet<string> = new Set(['aero', 'arpa', 'int', 'pro']);

/**
 * Whether the public suffix list is needed to tell whether a name is a public suffix. Below most top-level domains, registries
 * have no suffixes; the exceptions are country codes and a few others.
 *
 * @param name in its ASCII form.
 */
export function mayBePublicSuffix(name: string): boolean {
  const dot = name.lastIndexOf('.');
  if (dot < 0) return true;
  const tld = name.slice(dot + 1);
  return tld.length === 2 || tld.startsWith('xn--') || others.has(tld);
}

/**
 * Whether a name is itself a public suffix by a rule of its registry, such as `co.uk`, or `name.ck` by the rule `*.ck`
 * (https://publicsuffix.org, the section of ICANN domains).
 *
 * @param name in its ASCII form.
 */
export async function isPublicSuffix(name: string): Promise<boolean> {
  return (await listedSuffixOf(name)) === name;
}

/**
 * Finds the suffix whose name servers know whether a name is delegated: the one that the word was put under or, for a whole
 * name such as `for.co.uk`, the one by the public suffix list.
 */
export async function publicSuffixOf({
  name,
  word,
  tld,
}: Pick<Candidate, 'name' | 'word' | 'tld'>): Promise<string> {
  if (!word.includes('.')) return tld;
  const suffix = await listedSuffixOf(name);
  return suffix === null || suffix === name ? tld : suffix;
}

/** Asks the list, which is loaded on demand: unpacking it takes longer than a whole run of a few names. */
async function listedSuffixOf(name: string): Promise<string | null> {
  const { getPublicSuffix } = await import('tldts');
  return getPublicSuffix(name);
}
