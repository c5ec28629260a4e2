import { expect, it, vi } from 'vitest';
import { oncePerTurn } from '../../src/util/once-per-turn.js';

it('oncePerTurn calls a function once in each turn of the event loop', async () => {
  let value = 0;
  const measure = vi.fn(() => ++value);
  const measured = oncePerTurn(measure);
  expect([measured(), measured()]).toEqual([1, 1]);
  await new Promise((resolve) => setTimeout(resolve));
  await new Promise(setImmediate);
  expect([measured(), measured()]).toEqual([2, 2]);
  expect(measure).toHaveBeenCalledTimes(2);
});
