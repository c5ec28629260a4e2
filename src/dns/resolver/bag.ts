/** Something in a bag, and its place there, which is the bag's affair. */
export interface InBag {
  place: number;
}

/** Things in no order, added and taken out at next to no cost. */
export interface Bag<Item extends InBag> extends Iterable<Item> {
  size(): number;
  add(item: Item): void;
  /** Takes an item out, if it is in it. */
  delete(item: Item): void;
  clear(): void;
}

export function openBag<Item extends InBag>(): Bag<Item> {
  const items: Item[] = [];
  return {
    size: () => items.length,
    add(item) {
      item.place = items.push(item) - 1;
    },
    delete(item) {
      if (items[item.place] !== item) return;
      const last = items.pop();
      if (last === undefined || last === item) return;
      items[item.place] = last;
      last.place = item.place;
    },
    clear() {
      items.length = 0;
    },
    // A copy, from which nothing is missing that is taken out meanwhile.
    [Symbol.iterator]: () => items.slice().values(),
  };
}
