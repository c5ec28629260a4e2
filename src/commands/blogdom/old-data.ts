import { oldOnes } from '../../util/data-set.js';

/** Says which of the data that blogdom carries is more than a year old: a line for each. */
export async function describeOldData(now: Date): Promise<readonly string[]> {
  const { nameDataSets } = await import('../../names/data-sets.js');
  const { registryDataSets } = await import('../../registries/data-sets.js');
  return oldOnes([...(await nameDataSets()), ...registryDataSets], now).map(
    ({ name, day }) => `more than a year old: the ${name}, of ${day}`,
  );
}
