import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../../src/dns/transport/transport.js';
import * as act from '../../../helpers/name-server.js';
import { listenRaw } from '../../../helpers/raw-server.js';
import { manyNames, nobody, one, question } from '../../../helpers/resolving.js';
import { askEach, connectTo, outcomeOf, schemes, serveOver, urlOf, useAuthority } from '../connecting.js';

const trusted = useAuthority();
const names = manyNames(24);
/** Each name has an address of its own. */
const ownAddress = (name: string) => `192.0.2.${name.slice(1, -4)}`;
const ownAnswer = ({ name }: { readonly name: string }) => act.answer(ownAddress(name));
const expected = names.map(ownAddress);
const connectionsOf = ({ queries }: act.NameServer) => new Set(queries.map(({ port }) => port)).size;

describe.each(schemes)('a transport over %s', (scheme) => {
  const start = async (behaviour: act.Behaviour, options?: act.NameServerOptions, timeout?: number) => {
    const server = await serveOver(scheme, trusted.certificate(), behaviour, options);
    const url = urlOf(scheme, server);
    return { server, url, transport: connectTo(url, trusted.authority(), timeout) };
  };

  it('asks many questions on one connection, in whatever order replies come', async () => {
    const { hold, release } = act.gate();
    const { server, transport } = await start((query) => hold(ownAnswer(query)));
    const answers = askEach(transport, names);
    await server.received(names.length);
    for (const name of names.toReversed()) release(name);
    expect(await answers).toEqual(expected);
    expect(connectionsOf(server)).toBe(1);
    expect(server.queries).toHaveLength(names.length);
  });

  it('asks a server with an IPv6 address', async () => {
    const { transport } = await start(ownAnswer, { host: '::1' });
    expect(await askEach(transport, ['x1.dev'])).toEqual(['192.0.2.1']);
  });

  it.each([1, 2, 7, 20])(
    "gets all answers if the server's limit of replies per connection is %i",
    async (count) => {
      const { server, transport } = await start(ownAnswer, { repliesPerConnection: count });
      expect(await askEach(transport, names)).toEqual(expected);
      expect(connectionsOf(server)).toBeGreaterThanOrEqual(Math.ceil(names.length / count));
    },
  );

  it('connects again for the next question after the server has closed the connection', async () => {
    const { transport } = await start((query) => act.thenClose(ownAnswer(query)));
    for (const name of names.slice(0, 5))
      expect(await askEach(transport, [name])).toEqual([ownAddress(name)]);
  });

  it.each([
    ['', {}],
    [', and closes each connection after 9 replies', { repliesPerConnection: 9 }],
  ])(
    'gets all answers if the server answers each query before it reads the next one%s',
    async (_closing, options) => {
      const { hold, release } = act.gate();
      const { server, transport } = await start((query) => hold(ownAnswer(query)), {
        ...options,
        oneAtATime: true,
      });
      const answers = askEach(transport, names);
      await server.received(1);
      release();
      expect(await answers).toEqual(expected);
    },
  );

  it.each([
    ['closed after a reply', act.thenClose],
    ['closed in the middle of a reply', act.cutShort],
    ['reset in the middle of a reply', act.brokenOff],
    ['reset instead of a reply', () => act.reset],
  ] as const)('loses no answer to a connection that is %s', async (_what, spoil) => {
    const { server, transport } = await start((query) => {
      const isSpoilt = query.attempt === 1 && Number(query.name.slice(1, -4)) % 5 === 0;
      return isSpoilt ? spoil(ownAnswer(query)) : ownAnswer(query);
    });
    expect(await askEach(transport, names)).toEqual(expected);
    expect(await askEach(transport, ['x1.dev'])).toEqual(['192.0.2.1']);
    expect(connectionsOf(server)).toBeGreaterThan(1);
  });

  it('reads a reply that is only a header', async () => {
    const { transport } = await start(() => act.headerOnly('REFUSED'));
    expect(await askEach(transport, ['x1.dev'])).toEqual(['REFUSED']);
  });

  it('fails a query that the server resets connections for, and no other', async () => {
    const { url, transport } = await start((query) =>
      query.name === 'x7.dev' ? act.reset : ownAnswer(query),
    );
    expect(await askEach(transport, names)).toEqual(
      expected.map((address, index) => (index === 6 ? `connection reset by ${url}` : address)),
    );
  });

  it('fails all queries after a few connections if the server resets every one', async () => {
    const { url, server, transport } = await start(() => act.reset);
    const failure = `connection reset by ${url}`;
    expect(await askEach(transport, names)).toEqual(names.map(() => failure));
    expect(connectionsOf(server)).toBeLessThan(10);
  });

  it('gets the other answers while one query has no reply', async () => {
    const { transport } = await start(
      (query) => {
        if (query.name === 'x1.dev') return act.silent;
        return query.attempt === 1 ? act.reset : ownAnswer(query);
      },
      {},
      400,
    );
    transport.ask(question('x1.dev'), () => {});
    expect(await askEach(transport, names.slice(1))).toEqual(expected.slice(1));
  });

  it('replaces a connection that falls silent', async () => {
    const { server, transport } = await start((query) => act.lose(1, ownAnswer(query)), {}, 50);
    expect(await askEach(transport, names)).toEqual(expected);
    expect(connectionsOf(server)).toBeGreaterThan(1);
  });

  it('gives up a connection that falls silent even if its queries are forgotten', async () => {
    const first = { port: 0 };
    const { server, transport } = await start(
      (query) => {
        first.port ||= query.port;
        return query.port === first.port ? act.silent : ownAnswer(query);
      },
      {},
      40,
    );
    const ask = async () => {
      const forget = transport.ask(question('x1.dev'), () => {});
      await server.received(server.queries.length + 1);
      forget();
      return connectionsOf(server);
    };
    await expect.poll(ask, { interval: 5 }).toBe(2);
  });

  it('takes an answer that comes late over a connection that it has given up', async () => {
    const first = { port: 0 };
    const { hold, release } = act.gate();
    const { server, transport } = await start(
      (query) => {
        first.port ||= query.port;
        return query.port === first.port ? hold(ownAnswer(query)) : act.silent;
      },
      {},
      40,
    );
    const answers = askEach(transport, names);
    await server.received(names.length + 1);
    release();
    expect(await answers).toEqual(expected);
  });

  it('opens few connections to a server that closes all of them', async () => {
    const closing = await listenRaw((socket) => void socket.once('data', () => socket.destroy()));
    const url = urlOf(scheme, closing);
    const transport = connectTo(url, trusted.authority());
    for (let round = 0; round < 3; round++) {
      const asked = Promise.all(names.map((name) => outcomeOf(transport, name)));
      for (const outcome of await asked) {
        expect(outcome).toMatchObject({ failure: expect.stringContaining(' by ') });
        expect(outcome).not.toHaveProperty('isPermanent');
      }
    }
    expect(closing.connections()).toBeLessThan(8);
  });

  it('answers again after a server that closed all connections has recovered', async () => {
    const { url, server, transport } = await start((query) =>
      query.attempt <= 4 ? act.reset : ownAnswer(query),
    );
    const once = await askEach(transport, ['x1.dev']);
    expect(once).toEqual([`connection reset by ${url}`]);
    await expect.poll(() => askEach(transport, ['x1.dev'])).toEqual(['192.0.2.1']);
    expect(server.queries.length).toBeLessThan(8);
  });

  it('fails all queries at once if nothing listens', async () => {
    const { address } = await nobody();
    const url = urlOf(scheme, { address });
    const transport = connectTo(url, trusted.authority());
    expect(await askEach(transport, names)).toEqual(names.map(() => `nothing is listening at ${url}`));
  });

  it('reports no outcome of a forgotten query', async () => {
    const { hold, release } = act.gate();
    const { server, transport } = await start((query) =>
      query.name === 'forgotten.dev' ? hold(one) : ownAnswer(query),
    );
    const outcomes: Outcome[] = [];
    const forget = transport.ask(question('forgotten.dev'), (outcome) => outcomes.push(outcome));
    await server.received(1);
    forget();
    release();
    expect(await askEach(transport, names)).toEqual(expected);
    expect(outcomes).toEqual([]);
  });

  it('does not send a query that is forgotten at once', async () => {
    const { server, transport } = await start(ownAnswer);
    transport.ask(question('forgotten.dev'), () => {})();
    expect(await askEach(transport, ['x1.dev'])).toEqual(['192.0.2.1']);
    expect(server.queries.map(({ name }) => name)).toEqual(['x1.dev']);
  });

  it('leaves nothing open, asks nothing and reports nothing after it is closed', async () => {
    const sockets = () => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
    await expect.poll(sockets, { interval: 5 }).toBe(0);
    const { server, transport } = await start((query) =>
      query.name === 'x1.dev' ? ownAnswer(query) : act.silent,
    );
    const outcomes: Outcome[] = [];
    for (const name of names.slice(1)) transport.ask(question(name), (outcome) => outcomes.push(outcome));
    await askEach(transport, ['x1.dev']);
    expect(sockets()).toBeGreaterThan(0);
    transport.close();
    await expect.poll(sockets, { interval: 5 }).toBe(0);
    expect(outcomes).toEqual([]);
    expect(server.queries).toHaveLength(names.length);
  });
});
