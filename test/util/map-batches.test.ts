import { describe, expect, it } from 'vitest';
import { mapBatches } from '../../src/util/map-batches.js';

async function* batchesOf(...batches: Iterable<number>[]) {
  yield* batches;
}

describe('mapBatches', () => {
  it('keeps the batches, and leaves out what is mapped to undefined', async () => {
    const mapped = mapBatches(batchesOf([1, 2, 3], [], [4]), (number) =>
      number === 2 ? undefined : `n${number}`,
    );
    const batches: string[][] = [];
    for await (const batch of mapped) batches.push([...batch]);
    expect(batches).toEqual([['n1', 'n3'], [], ['n4']]);
  });

  it('maps an item when it is pulled, and not before', async () => {
    const seen: number[] = [];
    const mapped = mapBatches(batchesOf([1, 2], [3]), (number) => {
      seen.push(number);
      return number;
    });
    const { value } = await mapped.next();
    expect(seen).toEqual([]);
    for (const item of value ?? []) {
      expect(seen).toEqual([item]);
      break;
    }
  });
});
