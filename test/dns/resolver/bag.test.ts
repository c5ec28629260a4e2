import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBag } from '../../../src/dns/resolver/bag.js';

test('a bag holds what was added and not taken out, whatever the order', () => {
  const anySteps = fc.array(fc.tuple(fc.boolean(), fc.nat()));
  fc.assert(
    fc.property(anySteps, (steps) => {
      const bag = createBag<{ position: number }>();
      const held: { position: number }[] = [];
      for (const [adds, choice] of steps) {
        if (adds || held.length === 0) {
          const item = { position: 0 };
          held.push(item);
          bag.add(item);
        } else {
          const [item] = held.splice(choice % held.length, 1);
          // The second time there is nothing to take out.
          for (const each of [item, item]) if (each) bag.delete(each);
        }
        expect(bag.size()).toBe(held.length);
        expect(new Set(bag.items())).toEqual(new Set(held));
      }
    }),
  );
});

test('what is taken out of a bag while it is gone through is still met', () => {
  const bag = createBag<{ position: number }>();
  const items = [{ position: 0 }, { position: 0 }, { position: 0 }];
  for (const item of items) bag.add(item);
  const met = new Set();
  for (const item of bag.items()) {
    met.add(item);
    bag.delete(item);
  }
  expect([met, bag.size()]).toEqual([new Set(items), 0]);
});
