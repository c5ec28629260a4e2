/** What runs may cost whose queries are lost for two reasons: names for which there is no answer, and a bad line. */
import { describe, it } from 'vitest';
import { expectGoal } from './goals.js';

describe.each([1, 2, 3, 4])('800 names, with the seed %i,', (seed) => {
  it('of which 30 % fail are told in 15 s on a line that loses nothing', () =>
    expectGoal({ seed, names: { count: 800, failing: 0.3 } }, { all: 15 }));

  // The line loses a tenth of the queries, and a tenth of the replies to the others.
  describe.each([0.1, 10])('on a line with a delay of %d ms that loses a tenth,', (delay) => {
    const servers = [{ line: { delay, loss: 0.1 } }];

    it('of which an eighth fails are told in 30 s', () =>
      expectGoal({ seed, names: { count: 800, failing: 0.125 }, servers }, { all: 30 }));

    it('of which a fifth is never answered are told in 90 s', () =>
      expectGoal({ seed, names: { count: 800, silent: 0.2 }, servers }, { all: 90 }));
  });
});
