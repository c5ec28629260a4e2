import { constants, createSecureServer, type SecureServerOptions, type ServerHttp2Stream } from 'node:http2';
import { createServer } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { loopback } from '../../helpers/loopback.js';
import * as act from '../../helpers/name-server.js';
import { listenRaw } from '../../helpers/raw-server.js';
import {
  askEach,
  connectTo,
  endpointOf,
  manyNames,
  one,
  outcomeOf,
  serveOver,
  urlOf,
  useAuthority,
} from './connecting.js';

const trusted = useAuthority();

const connect = (address: string, timeout?: number) =>
  connectTo('https', endpointOf('https', { address }), trusted.authority(), timeout);

/** Starts a server over HTTP/2 whose streams the test handles. */
const serveHttp2 = (handle: (stream: ServerHttp2Stream) => void, options?: SecureServerOptions) => {
  const server = createSecureServer({ ...trusted.certificate(), ...options });
  server.on('stream', (stream) => {
    stream.on('error', () => {});
    handle(stream);
  });
  server.on('sessionError', () => {});
  return listenRaw((socket) => void server.emit('connection', socket));
};

const start = async (behaviour: act.Behaviour, options?: act.NameServerOptions) => {
  const server = await serveOver('https', trusted.certificate(), behaviour, options);
  return { server, url: urlOf('https', server), transport: connect(server.address) };
};

describe('a query over HTTPS', () => {
  it('has the id 0, so that caches recognize a repeated question', async () => {
    const { server, transport } = await start(() => one);
    await askEach(transport, manyNames(5));
    expect(server.queries.map(({ id }) => id)).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('a transport over HTTPS', () => {
  it('has room for as many queries as the server allows', async () => {
    const { hold, release } = act.gate();
    const { transport } = await start(() => hold(one), { oneAtATime: true });
    const answer = outcomeOf(transport, 'x.dev');
    await expect.poll(transport.capacity, { interval: 1 }).toBe(0);
    release();
    await answer;
    expect(transport.capacity()).toBe(1);
  });

  it('has room for one query if the server allows none, so that its silence shows', async () => {
    const { address } = await serveHttp2(() => {}, { settings: { maxConcurrentStreams: 0 } });
    const transport = connect(address);
    // The server refuses the query that is sent before it has said so.
    await outcomeOf(transport, 'x1.dev');
    expect(transport.capacity()).toBe(1);
    transport.ask('x2.dev', () => {});
    await expect.poll(transport.capacity, { interval: 1 }).toBe(0);
  });

  it('has no room for another query in the place of a forgotten one until its stream is closed', async () => {
    const codes: number[] = [];
    const handle = (stream: ServerHttp2Stream) => void stream.on('close', () => codes.push(stream.rstCode));
    const { address } = await serveHttp2(handle, { settings: { maxConcurrentStreams: 5 } });
    const transport = connect(address, 20);
    const { forget } = transport.ask('x.dev', () => {});
    await expect.poll(transport.capacity, { interval: 1 }).toBe(4);
    forget();
    expect(transport.capacity()).toBe(4);
    await expect.poll(() => codes, { interval: 1 }).toEqual([constants.NGHTTP2_CANCEL]);
    await expect.poll(transport.capacity, { interval: 1 }).toBe(5);
  });

  it('says that a stream was reset, and uses the connection on', async () => {
    const { server, url, transport } = await start(({ name }) => (name === 'x1.dev' ? act.resetStream : one));
    expect(await askEach(transport, manyNames(2))).toEqual([`stream reset by ${url}`, '192.0.2.1']);
    expect(server.connections).toBe(1);
  });

  it('says that a query may be sent again at once if its stream was refused', async () => {
    const { address } = await serveHttp2((stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM));
    expect(await outcomeOf(connect(address), 'x.dev')).toEqual({
      failure: `stream refused by ${urlOf('https', { address })}`,
      server: urlOf('https', { address }),
      hasReplied: true,
      isUnprocessed: true,
    });
  });

  it('says that a query may be sent again at once if its stream was reset after a GOAWAY', async () => {
    const { address } = await serveHttp2((stream) => {
      stream.session?.goaway();
      setImmediate(() => stream.close(constants.NGHTTP2_INTERNAL_ERROR));
    });
    expect(await outcomeOf(connect(address), 'x.dev')).toMatchObject({ isUnprocessed: true });
  });

  it('says that there is no HTTP/2 if the server negotiates no protocol', async () => {
    const server = createServer(trusted.certificate());
    const { address } = await listenRaw((socket) => void server.emit('connection', socket));
    const answers = await askEach(connect(address), ['x.dev']);
    expect(answers).toEqual([`no HTTP/2 at ${urlOf('https', { address })}`]);
  });

  it('says that there is no HTTP/2 if the server offers only HTTP/1.1', async () => {
    const server = createServer({ ...trusted.certificate(), ALPNProtocols: ['http/1.1'] });
    const { address } = await listenRaw((socket) => void server.emit('connection', socket));
    const answers = await askEach(connect(address), ['x.dev']);
    expect(answers).toEqual([`no HTTP/2 at ${urlOf('https', { address })}`]);
  });

  it('takes replies after a GOAWAY, while new queries go to a new connection', async () => {
    const { hold, release } = act.gate();
    const { server, transport } = await start(({ name }) =>
      name === 'slow.dev' ? hold(one) : name === 'last.dev' ? act.thenClose(one) : one,
    );
    const slow = askEach(transport, ['slow.dev']);
    await server.received(1);
    await askEach(transport, ['last.dev']);
    // Queries go to the first connection until the GOAWAY has arrived.
    const connections = async () => {
      await askEach(transport, ['x.dev']);
      return server.connections;
    };
    await expect.poll(connections).toBe(2);
    release();
    expect(await slow).toEqual(['192.0.2.1']);
    expect(server.queries.filter(({ name }) => name === 'slow.dev')).toHaveLength(1);
  });
});

describe('a server asked over HTTPS by an address with a zone', () => {
  it('is asked without the zone, which means nothing to it', async () => {
    const { port } = await serveOver('https', trusted.certificate(), () => one, { host: '::1' });
    expect(await askEach(connect(`[::1%${loopback}]:${port}`), ['x.dev'])).toEqual(['192.0.2.1']);
  });
});
