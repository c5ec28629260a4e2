import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBag } from '../../../src/dns/resolver/bag.js';

describe('createBag', () => {
  it('holds the items that were added and not deleted, whatever the order', () => {
    const anySteps = fc.array(fc.tuple(fc.boolean(), fc.nat()));
    fc.assert(
      fc.property(anySteps, (steps) => {
        const bag = createBag<{ position: number }>();
        const held: { position: number }[] = [];
        for (const [isAddition, choice] of steps) {
          if (isAddition || held.length === 0) {
            const item = { position: 0 };
            held.push(item);
            bag.add(item);
          } else {
            const [item] = held.splice(choice % held.length, 1);
            // The second time, the item is no longer there.
            for (const each of [item, item]) if (each) bag.delete(each);
          }
          expect(bag.size()).toBe(held.length);
          expect(new Set(bag.items())).toEqual(new Set(held));
        }
      }),
    );
  });

  it('is empty after it is cleared', () => {
    const bag = createBag<{ position: number }>();
    bag.add({ position: 0 });
    bag.clear();
    expect([bag.size(), bag.items()]).toEqual([0, []]);
  });

  it('copies its items, so that they can be deleted while the copy is walked through', () => {
    const bag = createBag<{ position: number }>();
    const items = [{ position: 0 }, { position: 0 }, { position: 0 }];
    for (const item of items) bag.add(item);
    const visited = new Set();
    for (const item of bag.items()) {
      visited.add(item);
      bag.delete(item);
    }
    expect([visited, bag.size()]).toEqual([new Set(items), 0]);
  });
});
