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

  it('says whether its questions wait for a reply or for its rate', async () => {
    const { resolver, received, ask } = openFakes(1, { rate: 10 });
    expect(resolver.waitingFor()).toBeUndefined();
    await ask('a.dev');
    expect(resolver.waitingFor()).toBe(`a reply from ${first}`);
    await ask('b.dev');
    expect(resolver.waitingFor()).toBe('the next query (--rate 10)');
    received[0]?.end(replyFrom(first));
    await pass(100);
    received[1]?.end(replyFrom(first));
    expect(resolver.waitingFor()).toBeUndefined();
  });

  it('has 64 queries in flight at first, two more for each reply, and capacity for 64 more questions', async () => {
    const { resolver, received, ask } = openFakes(1);
    expect(resolver.capacity()).toBe(64 + 64);
    for (const name of manyNames(100)) await ask(name);
    expect(received).toHaveLength(64);
    for (const { end } of received.slice(0, 4)) end(replyFrom(first));
    await pass(10);
    expect(received).toHaveLength(64 + 3 * 4);
    expect(resolver.capacity()).toBe(64 + 2 * 4 + 64);
  });

  it('frees the room of all attempts when a question is answered', async () => {
    const { received, ask } = openFakes(2);
    for (const name of manyNames(64)) await ask(name);
    await pass(400);
    expect(received.filter(({ url }) => url === second)).toHaveLength(64);
    for (const { end } of received.slice(0, 64)) end(replyFrom(first));
    await ask('x.dev', { first: second });
    expect(received.at(-1)).toMatchObject({ name: 'x.dev', url: second });
  });

  it('frees the room of a lost query only once', async () => {
    const { received, ask } = openFakes(1);
    await ask('lost.dev');
    await pass(400);
    received[1]?.end(replyFrom(first));
    for (const name of manyNames(100)) await ask(name);
    expect(received).toHaveLength(2 + 66);
  });

  it('frees the room of queries that fail together only once', async () => {
    const { received, ask, failAll } = openFakes(1);
    await ask('x.dev');
    await pass(400);
    expect(received).toHaveLength(2);
    failAll({ failure: 'no way', server: first });
    await pass(110);
    received[2]?.end(replyFrom(first));
    for (const name of manyNames(100)) await ask(name);
    expect(received).toHaveLength(3 + 66);
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
