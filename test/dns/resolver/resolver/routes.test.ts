import { describe, expect, it } from 'vitest';
import { manyNames } from '../../../helpers/resolving.js';
import { endOfTurn } from '../upstreams.js';
import {
  first,
  openFakes,
  pass,
  permanentFailureOf,
  refusalFrom,
  replyFrom,
  second,
} from './fake-servers.js';

describe('a question on a route', () => {
  it('to one server only goes to no other, and fails if that one fails permanently', async () => {
    const { received, ask, askedServers } = openFakes(2);
    const asked = await ask('x.dev', { only: second });
    const outcome = permanentFailureOf(second);
    received[0]?.end(outcome);
    await endOfTurn();
    expect(asked.answer).toMatchObject({ outcome: { server: second }, tries: 1 });
    expect(askedServers()).toEqual([second]);
  });

  it('to one server first goes to that one, and to another if that one refuses', async () => {
    const { received, ask, askedServers } = openFakes(2);
    await ask('x.dev', { first: second });
    received[0]?.end(refusalFrom(second));
    await endOfTurn();
    expect(askedServers()).toEqual([second, first]);
  });
});

describe('a distrusted server', () => {
  it('is asked nothing but questions that go to it only', async () => {
    const { resolver, ask, askedServers } = openFakes(2);
    expect(resolver.distrust(first)).toBe(true);
    await ask('x.dev');
    await ask('y.dev', { first });
    await ask('z.dev', { only: first });
    expect(askedServers()).toEqual([second, second, first]);
  });

  it('is replaced for a question that waits for room, which is then sent once', async () => {
    const { resolver, received, ask } = openFakes(2);
    for (const name of manyNames(32)) {
      await ask(name, { only: first });
      await ask(name, { only: second });
    }
    await ask('x.dev');
    resolver.distrust(first);
    for (const { url, end } of received.slice()) if (url === second) end(replyFrom(second));
    await pass(10);
    expect(received.filter(({ name }) => name === 'x.dev')).toMatchObject([{ url: second }]);
  });

  it('may be distrusted again', () => {
    const { resolver } = openFakes(2);
    expect([resolver.distrust(first), resolver.distrust(first)]).toEqual([true, true]);
  });

  it('is never the last one', async () => {
    const { resolver, ask, askedServers } = openFakes(2);
    expect([resolver.distrust(first), resolver.distrust(second)]).toEqual([true, false]);
    await ask();
    expect(askedServers()).toEqual([second]);
  });

  it('is never the only one', async () => {
    const { resolver, ask, askedServers } = openFakes(1);
    expect(resolver.distrust(first)).toBe(false);
    await ask();
    expect(askedServers()).toEqual([first]);
  });

  it('is not waited for by a question that no other server is left for', async () => {
    const { resolver, received, ask } = openFakes(2);
    for (const name of manyNames(32)) await ask(name, { only: second });
    const asked = await ask('x.dev');
    received.find(({ name }) => name === 'x.dev')?.end(permanentFailureOf(first));
    await pass(10);
    expect(asked.answer).toBeUndefined();
    resolver.distrust(second);
    await endOfTurn();
    expect(asked.answer).toMatchObject({ outcome: { server: first }, tries: 1 });
    for (const { end } of received) end(replyFrom(second));
  });
});
