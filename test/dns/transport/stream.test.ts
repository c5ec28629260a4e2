import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/dns/transport/transport.js';
import * as act from '../../helpers/name-server.js';
import { manyNames, nobody, one, question } from '../../helpers/resolving.js';
import { askEach, connectTo, schemes, serveOver, urlOf, useAuthority } from './connecting.js';

const trusted = useAuthority();
const names = manyNames(80);
/** Each name has an address of its own. */
const ownAddress = (name: string) => `192.0.2.${name.slice(1, -4)}`;
const ownAnswer = ({ name }: { readonly name: string }) => act.answer(ownAddress(name));
const truth = names.map(ownAddress);
const connectionsOf = ({ queries }: act.NameServer) => new Set(queries.map(({ port }) => port)).size;

describe.each(schemes)('over %s', (scheme) => {
  const start = async (behaviour: act.Behaviour, options?: act.NameServerOptions, timeout?: number) => {
    const server = await serveOver(scheme, trusted.certificate(), behaviour, options);
    const url = urlOf(scheme, server);
    return { server, url, transport: connectTo(url, trusted.authority(), timeout) };
  };

  it('many questions share a connection, whatever the order of the replies', async () => {
    const { hold, release } = act.gate();
    const { server, transport } = await start((query) => hold(ownAnswer(query)));
    const answers = askEach(transport, names);
    await server.received(names.length);
    for (const name of names.toReversed()) release(name);
    expect(await answers).toEqual(truth);
    expect(connectionsOf(server)).toBe(1);
    expect(server.queries).toHaveLength(names.length);
  });

  it('a server may have an IPv6 address', async () => {
    const { transport } = await start(ownAnswer, { host: '::1' });
    expect(await askEach(transport, ['x1.dev'])).toEqual(['192.0.2.1']);
  });

  it.each([1, 2, 7, 30])('a server may close each connection after %i replies', async (count) => {
    const { server, transport } = await start(ownAnswer, { repliesPerConnection: count });
    expect(await askEach(transport, names)).toEqual(truth);
    expect(connectionsOf(server)).toBeGreaterThanOrEqual(Math.ceil(names.length / count));
  });

  it('what a server has closed is opened again for the next question', async () => {
    const { transport } = await start((query) => act.thenClose(ownAnswer(query)));
    for (const name of names.slice(0, 5))
      expect(await askEach(transport, [name])).toEqual([ownAddress(name)]);
  });

  it.each([{}, { repliesPerConnection: 9 }])(
    'a server may answer one query before it reads the next %j',
    async (options) => {
      const { hold, release } = act.gate();
      const { server, transport } = await start((query) => hold(ownAnswer(query)), {
        ...options,
        oneAtATime: true,
      });
      const answers = askEach(transport, names);
      await server.received(1);
      release();
      expect(await answers).toEqual(truth);
    },
  );

  it.each([
    ['closed behind a reply', act.thenClose],
    ['closed in the middle of a reply', act.cutShort],
    ['reset in the middle of a reply', act.brokenOff],
    ['reset in place of a reply', () => act.reset],
  ] as const)('a connection %s costs nothing', async (_what, spoil) => {
    const { server, transport } = await start((query) => {
      const spoilt = query.attempt === 1 && Number(query.name.slice(1, -4)) % 5 === 0;
      return spoilt ? spoil(ownAnswer(query)) : ownAnswer(query);
    });
    expect(await askEach(transport, names)).toEqual(truth);
    expect(await askEach(transport, ['x1.dev'])).toEqual(['192.0.2.1']);
    expect(connectionsOf(server)).toBeGreaterThan(1);
  });

  it('a question that connections are reset for fails, and no other does', async () => {
    const { url, transport } = await start((query) =>
      query.name === 'x7.dev' ? act.reset : ownAnswer(query),
    );
    expect(await askEach(transport, names)).toEqual(
      truth.map((address, index) => (index === 6 ? `connection reset by ${url}` : address)),
    );
  });

  it('a server that only ever resets connections fails all that is asked', async () => {
    const { url, server, transport } = await start(() => act.reset);
    const failure = `connection reset by ${url}`;
    expect(await askEach(transport, names)).toEqual(names.map(() => failure));
    expect(connectionsOf(server)).toBeLessThan(10);
  });

  it('a question without a reply keeps no other from being answered', async () => {
    const { transport } = await start(
      (query) => {
        if (query.name === 'x1.dev') return act.silent;
        return query.attempt === 1 ? act.reset : ownAnswer(query);
      },
      {},
      400,
    );
    transport.ask(question('x1.dev'), () => {});
    expect(await askEach(transport, names.slice(1))).toEqual(truth.slice(1));
  });

  it('a connection that falls silent is given up for a new one', async () => {
    const { server, transport } = await start((query) => act.lose(1, ownAnswer(query)), {}, 50);
    expect(await askEach(transport, names)).toEqual(truth);
    expect(connectionsOf(server)).toBeGreaterThan(1);
  });

  it('nobody listens: that fails at once', async () => {
    const { address } = await nobody();
    const url = urlOf(scheme, { address });
    const transport = connectTo(url, trusted.authority());
    expect(await askEach(transport, names)).toEqual(names.map(() => `nothing listens at ${url}`));
  });

  it('what was forgotten is not passed on', async () => {
    const { hold, release } = act.gate();
    const { server, transport } = await start((query) =>
      query.name === 'forgotten.dev' ? hold(one) : ownAnswer(query),
    );
    const outcomes: Outcome[] = [];
    const forget = transport.ask(question('forgotten.dev'), (outcome) => outcomes.push(outcome));
    await server.received(1);
    forget();
    release();
    expect(await askEach(transport, names)).toEqual(truth);
    expect(outcomes).toEqual([]);
  });

  it('what is forgotten before it was sent is not sent', async () => {
    const { server, transport } = await start(ownAnswer);
    transport.ask(question('forgotten.dev'), () => {})();
    expect(await askEach(transport, ['x1.dev'])).toEqual(['192.0.2.1']);
    expect(server.queries.map(({ name }) => name)).toEqual(['x1.dev']);
  });

  it('nothing is passed on, asked or left open once it is closed', async () => {
    const sockets = () => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
    await expect.poll(sockets).toBe(0);
    const { server, transport } = await start((query) =>
      query.name === 'x1.dev' ? ownAnswer(query) : act.silent,
    );
    const outcomes: Outcome[] = [];
    for (const name of names.slice(1)) transport.ask(question(name), (outcome) => outcomes.push(outcome));
    await askEach(transport, ['x1.dev']);
    expect(sockets()).toBeGreaterThan(0);
    transport.close();
    await expect.poll(sockets).toBe(0);
    expect(outcomes).toEqual([]);
    expect(server.queries).toHaveLength(names.length);
  });
});
