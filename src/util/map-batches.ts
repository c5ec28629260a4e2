/**
 * Maps the items of batches one at a time, as they are pulled.
 *
 * @param map returns undefined for an item that is left out.
 */
export async function* mapBatches<Item, Mapped>(
  batches: AsyncIterable<Iterable<Item>>,
  map: (item: Item) => Mapped | undefined,
): AsyncGenerator<Iterable<Mapped>, void, undefined> {
  for await (const batch of batches) yield mapBatch(batch, map);
}

function* mapBatch<Item, Mapped>(
  batch: Iterable<Item>,
  map: (item: Item) => Mapped | undefined,
): Generator<Mapped, void, undefined> {
  for (const item of batch) {
    const mapped = map(item);
    if (mapped !== undefined) yield mapped;
  }
}
