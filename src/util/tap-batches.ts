/** Passes on batches, and calls a function for each item when it is pulled. */
export async function* tapBatches<Item>(
  batches: AsyncIterable<Iterable<Item>>,
  onItem: (item: Item) => void,
): AsyncGenerator<Iterable<Item>, void, undefined> {
  for await (const batch of batches) yield tapBatch(batch, onItem);
}

function* tapBatch<Item>(
  batch: Iterable<Item>,
  onItem: (item: Item) => void,
): Generator<Item, void, undefined> {
  for (const item of batch) {
    onItem(item);
    yield item;
  }
}
