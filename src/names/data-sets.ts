import type { DataSet } from '../util/data-set.js';
import { publicSuffixList } from './public-suffix.js';
import { collectionDays } from './reserved-words/index.js';

/** Returns the data sets about names. */
export async function nameDataSets(): Promise<readonly DataSet[]> {
  const { rootZoneDay } = await import('./top-level-domains/root-zone.js');
  const { brandsDay } = await import('./top-level-domains/closed.js');
  return [
    { name: 'list of top-level domains', day: rootZoneDay },
    { name: 'list of the top-level domains of brands', day: brandsDay, isByHand: true },
    { name: 'list of public suffixes', day: publicSuffixList.day },
    ...(await reservedWordSets()),
  ];
}

/** Returns the lists of reserved words; those that were collected on the same day are one data set. */
async function reservedWordSets(): Promise<readonly DataSet[]> {
  const languagesByDay = new Map<string, string[]>();
  for (const [language, day] of await collectionDays())
    languagesByDay.set(day, [...(languagesByDay.get(day) ?? []), language]);
  return [...languagesByDay].map(([day, languages]) => ({
    name: `reserved words of ${languages.join(', ')}`,
    day,
    isByHand: true,
  }));
}
