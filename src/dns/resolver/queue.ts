/** Items that wait for their turn. Retries come before new items. */
export interface Queue<Item> {
  add(item: Item, isRetry: boolean): void;
  /**
   * Offers the retries and then the new items, both in order of arrival, and removes the accepted ones. The first
   * refusal among the retries ends the offers of retries, the first one among the new items those of new items.
   *
   * @param accept returns whether it accepts the item.
   */
  offer(accept: (item: Item) => boolean): void;
  isEmpty(): boolean;
  clear(): void;
}

/** Creates an empty queue. */
export function createQueue<Item>(): Queue<Item> {
  const retries: Item[] = [];
  const fresh: Item[] = [];
  const lists = [retries, fresh];
  return {
    add: (item, isRetry) => void (isRetry ? retries : fresh).push(item),
    offer(accept) {
      for (const list of lists) {
        let accepted = 0;
        for (const item of list) {
          if (!accept(item)) break;
          accepted++;
        }
        list.splice(0, accepted);
      }
    },
    isEmpty: () => lists.every((list) => list.length === 0),
    clear() {
      for (const list of lists) list.length = 0;
    },
  };
}
