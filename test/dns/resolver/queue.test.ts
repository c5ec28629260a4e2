import { describe, expect, it } from 'vitest';
import { createQueue } from '../../../src/dns/resolver/queue.js';

/** Creates a queue of new items `a`, `b` and of retries `R`, `S`. */
function filledQueue() {
  const queue = createQueue<string>();
  for (const item of ['a', 'R', 'b', 'S']) queue.add(item, item === item.toUpperCase());
  return queue;
}

/** Offers the items of a queue, refuses some, and returns those offered. */
function offered(queue: ReturnType<typeof filledQueue>, refused = ''): string {
  let items = '';
  queue.offer((item) => {
    items += item;
    return !refused.includes(item);
  });
  return items;
}

describe('createQueue', () => {
  it('offers retries before new items, both in order of arrival', () => {
    expect(offered(filledQueue())).toBe('RSab');
  });

  it('offers nothing after a refused new item, and keeps the order of what is left', () => {
    const queue = filledQueue();
    expect(offered(queue, 'a')).toBe('RSa');
    expect(offered(queue)).toBe('ab');
  });

  it('offers new items even if a retry is refused', () => {
    const queue = filledQueue();
    expect(offered(queue, 'R')).toBe('Rab');
    expect(offered(queue)).toBe('RS');
  });

  it('removes only the items that were accepted before the first refusal', () => {
    const queue = filledQueue();
    expect(offered(queue, 'Sb')).toBe('RSab');
    expect(offered(queue)).toBe('Sb');
  });

  it('is empty before the first item and after the last one', () => {
    expect(createQueue().isEmpty()).toBe(true);
    const queue = filledQueue();
    offered(queue, 'b');
    expect(queue.isEmpty()).toBe(false);
    offered(queue);
    expect(queue.isEmpty()).toBe(true);
  });

  it('drops all items when it is cleared', () => {
    const queue = filledQueue();
    queue.clear();
    expect(queue.isEmpty()).toBe(true);
    expect(offered(queue)).toBe('');
  });
});
