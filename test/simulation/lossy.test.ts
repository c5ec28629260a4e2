/** What runs may cost whose queries are lost for two reasons: names that nobody answers, and a bad line. */
import { describe, it } from 'vitest';
import { expectGoal } from './goals.js';

/** A line that loses a tenth of the queries, and a tenth of the replies to the others. */
const servers = [{ line: { delay: 10, loss: 0.1 } }];

describe('800 names', () => {
  it('of which an eighth fails are told in 40 s on a line that loses a tenth', () =>
    expectGoal({ names: { count: 800, failing: 0.125 }, servers }, { all: 40 }));

  it('of which 30 % fail are told in 15 s on a line that loses nothing', () =>
    expectGoal({ names: { count: 800, failing: 0.3 } }, { all: 15 }));

  it('of which a fifth is never answered are told in 40 s on a line that loses a tenth', () =>
    expectGoal({ names: { count: 800, silent: 0.2 }, servers }, { all: 40 }));
});
