import { describe, expect, it } from 'vitest';
import { manyNames } from '../../../helpers/resolving.js';
import { endOfTurn } from '../upstreams.js';
import { first, openFakes, pass, replyFrom, second } from './fake-servers.js';

describe('a resolver', () => {
  it('keeps to its rate at all servers together', async () => {
    const { received, ask } = openFakes(2, { rate: 10 });
    for (const name of manyNames(5)) await ask(name, { only: name === 'x1.dev' ? first : second });
    for (const expected of [1, 2, 3, 4, 5]) {
      expect(received).toHaveLength(expected);
      await pass(100);
    }
  });

  it('has 32 queries in flight at first, and one more for each reply', async () => {
    const { resolver, received, ask } = openFakes(1);
    const capacity = resolver.capacity();
    for (const name of manyNames(100)) await ask(name);
    expect(received).toHaveLength(32);
    for (const { end } of received.slice(0, 4)) end(replyFrom(first));
    await pass(10);
    expect(received).toHaveLength(32 + 2 * 4);
    expect(resolver.capacity()).toBe(capacity + 4);
  });

  it('asks an idle server as well when the last question waits for a slow one', async () => {
    const { received, ask, askedServers } = openFakes(2);
    await ask('a.dev', { only: first });
    await pass(200);
    received[0]?.end(replyFrom(first));
    await ask('b.dev', { only: second });
    received[1]?.end(replyFrom(second));
    await endOfTurn();
    // The first server takes 200 ms, the second less than 40 ms.
    await ask('last.dev');
    await pass(100);
    expect(askedServers().slice(2)).toEqual([first, second]);
  });
});
