import { expect, it } from 'vitest';
import { inBatches } from '../../src/util/as-completed.js';
import { tapBatches } from '../../src/util/tap-batches.js';

it('tapBatches passes on items, and calls the function for each when it is pulled', async () => {
  const seen: number[] = [];
  const items: number[] = [];
  for await (const batch of tapBatches(inBatches([1, 2, 3]), (item) => seen.push(item))) {
    for (const item of batch) {
      items.push(item);
      expect(seen).toEqual(items);
    }
  }
  expect(items).toEqual([1, 2, 3]);
});
