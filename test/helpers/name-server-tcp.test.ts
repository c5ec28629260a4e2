import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { streamEncode } from 'dns-packet';
import { afterEach, describe, expect, it } from 'vitest';
import { openTcpClient, openUdpClient, question } from './name-server/raw-client.js';
import * as act from './name-server.js';

const opened: { close(): unknown }[] = [];
afterEach(() => Promise.all(opened.splice(0).map((each) => each.close())));

async function start(behaviour: act.Zone | act.Behaviour, options: act.NameServerOptions = {}) {
  const server = await act.startNameServer(behaviour, options);
  const client = await openTcpClient(server.port, options.host);
  opened.push(server, client);
  const ask = (...names: readonly string[]) =>
    client.write(Buffer.concat(names.map((name) => streamEncode(question(name)))));
  return { server, client, ask };
}

const one = act.answer('192.0.2.1');
/** The header, the question `x.dev A IN` and an A record whose owner is a pointer, in octets. */
const replySize = 12 + 11 + 16;

describe('the test name server over TCP', () => {
  it.each(['127.0.0.1', '::1'])('answers pipelined queries on one connection to %s', async (host) => {
    const { server, client, ask } = await start({ 'x.dev': { A: ['192.0.2.1'] } }, { host });
    ask('x.dev', 'y.dev', 'x.dev');
    expect(await client.nextReply()).toMatchObject({ questions: ['x.dev A'], answers: ['192.0.2.1'] });
    expect(await client.nextReply()).toMatchObject({ questions: ['y.dev A'], rcode: 3 });
    expect(await client.nextReply()).toMatchObject({ questions: ['x.dev A'] });
    expect(server.queries.map(({ transport, attempt }) => `${transport} ${attempt}`)).toEqual([
      'tcp 1',
      'tcp 1',
      'tcp 2',
    ]);
  });

  it('reads a query that arrives octet by octet', async () => {
    const { client } = await start(() => one);
    for (const octet of streamEncode(question('x.dev'))) {
      client.write(Buffer.of(octet));
      await setImmediate();
    }
    expect((await client.nextReply()).answers).toEqual(['192.0.2.1']);
  });

  it('can reply out of order', async () => {
    const { hold, release } = act.gate();
    const { client, ask } = await start({ 'x.dev': hold(one), 'y.dev': one });
    ask('x.dev', 'y.dev');
    expect((await client.nextReply()).questions).toEqual(['y.dev A']);
    release();
    expect((await client.nextReply()).questions).toEqual(['x.dev A']);
  });

  it('sends a reply in full that it truncates over UDP', async () => {
    const { server, client, ask } = await start(() => act.truncated(one));
    const datagrams = openUdpClient(server.port);
    opened.push(datagrams);
    expect(await datagrams.ask(question('x.dev'))).toMatchObject({ truncated: true, answers: [] });
    ask('x.dev');
    expect(await client.nextReply()).toMatchObject({ truncated: false, answers: ['192.0.2.1'] });
  });

  it('can reply differently over UDP and over TCP', async () => {
    const { server, client, ask } = await start(() => act.byTransport({ udp: act.deny, tcp: one }));
    const datagrams = openUdpClient(server.port);
    opened.push(datagrams);
    expect((await datagrams.ask(question('x.dev'))).rcode).toBe(3);
    ask('x.dev');
    expect((await client.nextReply()).rcode).toBe(0);
  });

  it('does not send a reply from another port on a connection', async () => {
    const { client, ask } = await start({ 'x.dev': [act.fromOtherPort(act.deny), one] });
    ask('x.dev');
    expect((await client.nextReply()).rcode).toBe(0);
  });

  it('can close the connection after a message', async () => {
    const { client, ask } = await start(() => act.thenClose(one));
    ask('x.dev', 'y.dev');
    expect((await client.nextReply()).questions).toEqual(['x.dev A']);
    expect(await client.closed).toBe('ended');
  });

  it('can close the connection in the middle of a message', async () => {
    const { client, ask } = await start(() => act.cutShort(one));
    ask('x.dev');
    expect(await client.closed).toBe('ended');
    const cut = await client.nextChunk();
    expect(cut).toHaveLength((2 + replySize) >> 1);
    expect(cut.readUInt16BE(0)).toBe(replySize);
  });

  it('closes each connection after the maximum number of replies', async () => {
    const { server, client, ask } = await start(() => one, { repliesPerConnection: 2 });
    const other = await openTcpClient(server.port);
    opened.push(other);
    ask('x.dev', 'y.dev', 'z.dev');
    expect((await client.nextReply()).questions).toEqual(['x.dev A']);
    expect((await client.nextReply()).questions).toEqual(['y.dev A']);
    expect(await client.closed).toBe('ended');
    other.write(streamEncode(question('z.dev')));
    expect((await other.nextReply()).questions).toEqual(['z.dev A']);
  });

  it('can reset a connection', async () => {
    const { client, ask } = await start(() => act.reset);
    ask('x.dev');
    expect(await client.closed).toBe('reset');
  });

  it('refuses connections if TCP is turned off', async () => {
    const server = await act.startNameServer(() => one, { tcp: false });
    opened.push(server);
    await expect(once(connect(server.port, '127.0.0.1'), 'connect')).rejects.toThrow('ECONNREFUSED');
  });
});
