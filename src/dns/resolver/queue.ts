/** Items that wait for their turn. Retries come before new items. */
export interface Queue<Item> {
  add(item: Item, isRetry: boolean): void;
  /** Offers the retries, then the new items, in order, and removes each one taken; a refusal ends that part. */
  offer(take: (item: Item) => boolean): void;
  isEmpty(): boolean;
  clear(): void;
}

/** Creates an empty queue. */
export function createQueue<Item>(): Queue<Item> {
  const retries: Item[] = [];
  const fresh: Item[] = [];
  const parts = [retries, fresh];
  return {
    add: (item, isRetry) => void (isRetry ? retries : fresh).push(item),
    offer(take) {
      for (const part of parts) {
        let taken = 0;
        for (const item of part) {
          if (!take(item)) break;
          taken++;
        }
        part.splice(0, taken);
      }
    },
    isEmpty: () => parts.every((part) => part.length === 0),
    clear() {
      for (const part of parts) part.length = 0;
    },
  };
}
