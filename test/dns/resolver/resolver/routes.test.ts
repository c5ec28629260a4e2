import { describe, expect, it } from 'vitest';
import { endOfTurn } from '../upstreams.js';
import { first, openFakes, permanentFailureOf, refusalFrom, second } from './fake-servers.js';

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
