import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openSystem } from '../../../src/dns/transport/system.js';
import { systemError } from '../../helpers/fake-sockets.js';
import { createContext, queries, queryFor } from './played.js';

interface LookUp {
  readonly name: string;
  readonly callback: (error: Error | null, addresses: readonly { readonly address: string }[]) => void;
}

/** The calls of `getaddrinfo` that have begun. */
const lookUps = vi.hoisted((): LookUp[] => []);
vi.mock('node:dns', () => ({
  lookup: (name: string, _options: object, callback: LookUp['callback']) =>
    void lookUps.push({ name, callback }),
}));

const endpoint = { url: 'system', address: '', port: 0 };
const noReply = 'no reply from getaddrinfo';

beforeEach(() => {
  lookUps.length = 0;
});

/** Lets the queries take their turns. */
const turns = () => new Promise<void>((resolve) => void setImmediate(resolve));

function start() {
  const context = createContext();
  const transport = openSystem(endpoint, context);
  return {
    ...context,
    transport,
    async ask(...asked: ReturnType<typeof queries>) {
      for (const query of asked) transport.ask(query);
      await turns();
    },
    async find(index: number, ...addresses: readonly string[]) {
      lookUps[index]?.callback(
        null,
        addresses.map((address) => ({ address })),
      );
      await turns();
    },
  };
}

describe('a transport over getaddrinfo', () => {
  it('takes any number of queries, and keeps to its time limit by itself', () => {
    const { kind, capacity } = start().transport;
    expect([kind, capacity(false)]).toEqual(['call', Number.POSITIVE_INFINITY]);
  });

  it('reports addresses, each once', async () => {
    const { ask, find, outcomes } = start();
    await ask(queryFor('x.dev'));
    await find(0, '192.0.2.1', '192.0.2.1', '2001:db8::1');
    const reply = { truncated: false, addresses: ['192.0.2.1', '2001:db8::1'] };
    expect(outcomes).toEqual([{ name: 'x.dev', outcome: { reply, server: 'system' } }]);
  });

  it.each([
    ['ENOTFOUND', true],
    ['EAI_AGAIN', undefined],
  ])('fails because of %s, permanently: %s', async (code, isPermanent) => {
    const { ask, outcomes } = start();
    await ask(queryFor('x.dev'));
    lookUps[0]?.callback(systemError(code), []);
    const failure = 'no address, and getaddrinfo does not say why';
    const outcome = { failure, server: 'system', ...(isPermanent && { isPermanent }) };
    expect(outcomes).toEqual([{ name: 'x.dev', outcome }]);
  });

  it.each(['1', '1.2.3', 'x.0x7f'])(
    'does not ask for %s, which getaddrinfo takes for an IP address',
    async (name) => {
      const { ask, outcomes } = start();
      await ask(queryFor(name));
      expect(lookUps).toEqual([]);
      const outcome = {
        failure: 'getaddrinfo takes it for an IP address',
        server: 'system',
        isPermanent: true,
      };
      expect(outcomes).toEqual([{ name, outcome }]);
    },
  );

  it('fails a query without a reply in time, and ignores the reply that comes later', async () => {
    const { ask, find, said, platform } = start();
    await ask(queryFor('x.dev'));
    platform.clock.pass(999);
    expect(said()).toEqual([]);
    platform.clock.pass(1);
    await find(0, '192.0.2.1');
    expect(said()).toEqual([`x.dev: ${noReply}`]);
  });

  it('leaves no timer behind', async () => {
    const { ask, find, platform } = start();
    await ask(queryFor('x.dev'));
    await find(0, '192.0.2.1');
    expect(platform.clock.timers()).toBe(0);
  });

  it('asks for 4 names at a time, and counts the time of the others when it is their turn', async () => {
    const { ask, find, said, platform } = start();
    await ask(...queries(5));
    expect(lookUps.map(({ name }) => name)).toEqual(['x1.dev', 'x2.dev', 'x3.dev', 'x4.dev']);
    platform.clock.pass(1000);
    expect(said()).toEqual([1, 2, 3, 4].map((index) => `x${index}.dev: ${noReply}`));
    // A thread is free only when its call returns.
    await turns();
    expect(lookUps).toHaveLength(4);
    await find(2);
    expect(lookUps[4]?.name).toBe('x5.dev');
    platform.clock.pass(1000);
    expect(said()).toHaveLength(5);
  });

  it('neither asks for a query that was forgotten before its turn nor reports one that was forgotten later', async () => {
    const { ask, find, transport, outcomes } = start();
    const asked = queries(5);
    await ask(...asked);
    for (const query of asked) transport.forget(query);
    await find(0, '192.0.2.1');
    expect(lookUps).toHaveLength(4);
    expect(outcomes).toEqual([]);
  });

  it('neither asks nor reports anything after it has been closed', async () => {
    const { ask, find, transport, outcomes } = start();
    await ask(...queries(5));
    transport.close();
    await find(0, '192.0.2.1');
    expect(lookUps).toHaveLength(4);
    expect(outcomes).toEqual([]);
  });
});
