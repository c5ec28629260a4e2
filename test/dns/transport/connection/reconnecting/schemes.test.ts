import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../../../src/dns/transport/transport.js';
import * as act from '../../../../helpers/name-server.js';
import { listenRaw } from '../../../../helpers/raw-server.js';
import { nobody } from '../../../../helpers/serve.js';
import {
  askEach,
  connectTo,
  endpointOf,
  manyNames,
  one,
  outcomeOf,
  schemes,
  serveOver,
  useAuthority,
} from '../../connecting.js';

const trusted = useAuthority();
const names = manyNames(24);
/** Each name has an address of its own. */
const ownAddress = (name: string) => `192.0.2.${name.slice(1, -4)}`;
const ownAnswer = ({ name }: { readonly name: string }) => act.answer(ownAddress(name));
const expected = names.map(ownAddress);
const connectionsOf = ({ queries }: act.NameServer) => new Set(queries.map(({ port }) => port)).size;

describe.each(schemes)('a transport over %s', (scheme) => {
  const connect = (server: { readonly address: string }) =>
    connectTo(scheme, endpointOf(scheme, server), trusted.authority());
  const start = async (behaviour: act.Behaviour, options?: act.NameServerOptions) => {
    const server = await serveOver(scheme, trusted.certificate(), behaviour, options);
    return { server, url: endpointOf(scheme, server).url, transport: connect(server) };
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

  it('connects again for the next question after the server has closed the connection', async () => {
    const { transport } = await start((query) => act.thenClose(ownAnswer(query)));
    // Until the end of the connection arrives, it fails.
    for (const name of names.slice(0, 5))
      await expect.poll(() => askEach(transport, [name])).toEqual([ownAddress(name)]);
  });

  it('reads a reply that is only a header', async () => {
    const { transport } = await start(() => act.headerOnly('REFUSED'));
    expect(await askEach(transport, ['x1.dev'])).toEqual(['REFUSED']);
  });

  it.each([
    ['reset instead of a reply', 'reset', () => act.reset],
    ['closed in the middle of a reply', 'closed', act.cutShort],
  ])('fails the query on a connection that is %s, and connects again', async (_when, how, spoil) => {
    const { url, transport } = await start((query) =>
      query.name === 'x7.dev' ? spoil(ownAnswer(query)) : ownAnswer(query),
    );
    const answers = await askEach(transport, ['x7.dev']);
    expect(answers).toEqual([`connection ${how} by ${url}`]);
    expect(await askEach(transport, ['x1.dev'])).toEqual(['192.0.2.1']);
  });

  it('fails its queries for now if the server closes every connection', async () => {
    const closing = await listenRaw((socket) => void socket.once('data', () => socket.destroy()));
    const transport = connect(closing);
    for (let round = 0; round < 3; round++) {
      const outcome = await outcomeOf(transport, 'x1.dev');
      expect(outcome).toMatchObject({ failure: expect.stringContaining(' by ') });
      expect(outcome).not.toHaveProperty('isPermanent');
    }
  });

  it('fails all queries at once, for now, if nothing listens', async () => {
    const server = await nobody();
    const { url } = endpointOf(scheme, server);
    const transport = connect(server);
    expect(await askEach(transport, names)).toEqual(names.map(() => `nothing is listening at ${url}`));
    expect(await outcomeOf(transport, 'x1.dev')).not.toHaveProperty('isPermanent');
  });

  it('reports no outcome of a forgotten query', async () => {
    const { hold, release } = act.gate();
    const { server, transport } = await start((query) =>
      query.name === 'forgotten.dev' ? hold(one) : ownAnswer(query),
    );
    const outcomes: Outcome[] = [];
    const { forget } = transport.ask('forgotten.dev', (outcome) => outcomes.push(outcome));
    await server.received(1);
    forget();
    release();
    expect(await askEach(transport, names)).toEqual(expected);
    expect(outcomes).toEqual([]);
  });

  it('leaves nothing open, asks nothing and reports nothing after it is closed', async () => {
    const sockets = () => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
    await expect.poll(sockets, { interval: 5 }).toBe(0);
    const { server, transport } = await start((query) =>
      query.name === 'x1.dev' ? ownAnswer(query) : act.silent,
    );
    const outcomes: Outcome[] = [];
    for (const name of names.slice(1)) transport.ask(name, (outcome) => outcomes.push(outcome));
    await askEach(transport, ['x1.dev']);
    expect(sockets()).toBeGreaterThan(0);
    transport.close();
    await expect.poll(sockets, { interval: 5 }).toBe(0);
    expect(outcomes).toEqual([]);
    expect(server.queries).toHaveLength(names.length);
  });
});
