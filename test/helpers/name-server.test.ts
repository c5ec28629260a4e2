import { Resolver } from 'node:dns/promises';
import { encode } from 'dns-packet';
import { afterEach, describe, expect, it } from 'vitest';
import { openUdpClient, question, withEdns } from './name-server/raw-client.js';
import * as act from './name-server.js';

const opened: { close(): unknown }[] = [];
afterEach(() => Promise.all(opened.splice(0).map((each) => each.close())));

async function start(behaviour: act.Zone | act.Behaviour, options: act.NameServerOptions = {}) {
  const server = await act.startNameServer(behaviour, options);
  const client = openUdpClient(server.port, options.host);
  opened.push(server, client);
  return { server, client };
}

const one = act.answer('192.0.2.1');
const forged = act.answer('192.0.2.66');
const query = question('x.dev', 'A', 4711);

const bothFamilies = act.answer('192.0.2.1', '2001:db8::1');

describe('the test name server', () => {
  it.each([
    ['answer, with IPv4 addresses for A', bothFamilies, 'A', { rcode: 0, answers: ['192.0.2.1'] }],
    ['answer, with IPv6 addresses for AAAA', bothFamilies, 'AAAA', { rcode: 0, answers: ['2001:db8::1'] }],
    [
      'answer, with no data for other types',
      one,
      'AAAA',
      { rcode: 0, answers: [], authorities: ['dev SOA'] },
    ],
    ['deny', act.deny, 'A', { rcode: 3, answers: [], authorities: ['dev SOA'] }],
    ['noData', act.noData, 'A', { rcode: 0, answers: [], authorities: ['dev SOA'] }],
    ['refuse', act.refuse, 'A', { rcode: 5, answers: [], authorities: [] }],
    ['fail', act.fail(), 'A', { rcode: 2, answers: [], authorities: [] }],
    ['fail with a name', act.fail('NOTIMP'), 'A', { rcode: 4 }],
    ['fail with a number', act.fail(11), 'A', { rcode: 11 }],
    ['wrongId', act.wrongId(one), 'A', { id: 4711 ^ 0x5555, questions: ['x.dev A'] }],
    ['wrongName', act.wrongName(one), 'A', { id: 4711, questions: ['a.dev A'], isReply: true }],
    ['wrongType', act.wrongType(one), 'A', { id: 4711, questions: ['x.dev MX'], isReply: true }],
    ['altered', act.altered((message) => message.fill(9, 0, 2), one), 'A', { id: 0x0909, rcode: 0 }],
    ['truncated', act.truncated(one), 'A', { truncated: true, questions: ['x.dev A'], answers: [] }],
  ] as const)('performs the action %s', async (_action, script, type, expected) => {
    const { client } = await start(() => script);
    expect(await client.ask(question('x.dev', type, 4711))).toMatchObject(expected);
  });

  it('compresses names that were written before', async () => {
    const { client } = await start({ 'x.dev': { CNAME: 'y.dev' }, 'y.dev': { A: ['192.0.2.1'] } });
    client.send(encode(query));
    const { message } = await client.next();
    // After the header and the question: the CNAME record (its data are `y` and a pointer to `dev`), then the A record.
    expect(message.subarray(23, 25)).toEqual(Buffer.of(0xc0, 12));
    expect(message.subarray(35, 39)).toEqual(Buffer.of(1, 'y'.charCodeAt(0), 0xc0, 14));
    expect(message.subarray(39, 41)).toEqual(Buffer.of(0xc0, 35));
  });

  it('performs the action unreadable with a reply that dns-packet cannot decode', async () => {
    const { client } = await start(() => act.unreadable());
    await expect(client.ask(query)).rejects.toThrow('bad pointer');
  });

  it('performs the action rubbish with the same octets for the same seed', async () => {
    const { client } = await start(({ name }) => act.rubbish(name === 'x.dev' ? 1 : 2, 30));
    const seen: string[] = [];
    for (const name of ['x.dev', 'x.dev', 'y.dev']) {
      client.send(encode(question(name)));
      seen.push((await client.next()).message.toString('hex'));
    }
    expect(seen[0]).toHaveLength(60);
    expect(seen[1]).toBe(seen[0]);
    expect(seen[2]).not.toBe(seen[0]);
  });

  it('performs several actions in order', async () => {
    const { client } = await start(() => [act.wrongId(forged), one]);
    expect((await client.ask(query)).id).not.toBe(4711);
    expect((await client.next()).message.readUInt16BE(0)).toBe(4711);
  });

  it('can send forged replies from another port and address before the true reply', async () => {
    const { client, server } = await start(() => [
      act.fromOtherPort(forged),
      act.fromOtherAddress(forged),
      one,
    ]);
    client.send(encode(query));
    const [otherPort, otherAddress, own] = [await client.next(), await client.next(), await client.next()];
    expect(otherPort.address).toBe('127.0.0.1');
    expect(otherPort.port).not.toBe(server.port);
    expect(otherAddress).toMatchObject({ address: '127.0.0.2', port: server.port });
    expect(own).toMatchObject({ address: '127.0.0.1', port: server.port });
  });

  it('records a query as it arrived', async () => {
    const { client, server } = await start(() => one, { host: '::1' });
    await client.ask(withEdns(question('X.dev', 'AAAA', 9), 1400));
    expect(server.address).toBe(`[::1]:${server.port}`);
    expect(server.queries).toMatchObject([
      { name: 'x.dev', type: 'AAAA', id: 9, transport: 'udp', attempt: 1, payloadSize: 1400 },
    ]);
    expect(server.queries[0]?.port).toBeGreaterThan(0);
    expect(server.queries[0]?.message.toString('latin1', 13, 14)).toBe('X');
  });

  it.each([
    [
      'two questions',
      encode({ ...query, questions: [...(query.questions ?? []), { name: 'y.dev', type: 'A' }] }),
      1,
    ],
    ['octets after its end', Buffer.concat([encode(query), Buffer.of(0)]), 1],
    ['an incomplete question', encode(query).subarray(0, -1), 1],
    ['another opcode', encode({ ...query, flags: 2 << 11 }), 4],
    ['another class', encode({ ...query, questions: [{ name: 'x.dev', type: 'A', class: 'CH' }] }), 5],
  ])('rejects a query with %s', async (_defect, message, rcode) => {
    const { client, server } = await start(() => one);
    client.send(message);
    const reply = (await client.next()).message;
    expect([reply.length, reply.readUInt16BE(0), reply.readUInt8(3)]).toEqual([12, 4711, rcode]);
    expect(server.queries).toEqual([]);
  });

  it('does not reply to a message that is not a query', async () => {
    const { client } = await start(() => one);
    client.send(encode({ ...query, type: 'response' }));
    client.send(Buffer.of(1, 2, 3));
    expect((await client.ask(question('x.dev', 'A', 5))).id).toBe(5);
  });

  it('includes an OPT record in the reply to a query that has one, and does not truncate that reply to 512 octets', async () => {
    const many = Array.from({ length: 40 }, (_, index) => `192.0.2.${index}`);
    const { client } = await start({ 'x.dev': { A: many } });
    expect(await client.ask(query)).toMatchObject({ truncated: true, answers: [], additionals: [] });
    expect(await client.ask(withEdns(query))).toMatchObject({ answers: many, additionals: ['OPT'] });
  });

  it.each([
    ['an address', act.fromZone({ 'x.dev': { A: ['192.0.2.1'] } }), ['192.0.2.1']],
    ['the true address after a forged one', [act.wrongId(forged), one], ['192.0.2.1']],
    ['the complete answer over TCP', act.truncated(one), ['192.0.2.1']],
    ['an alias of a name that does not exist', act.fromZone({ 'x.dev': { CNAME: 'y.dev' } }), 'ENOTFOUND'],
    ['no data', act.noData, 'ENODATA'],
    ['a refusal', act.refuse, 'EREFUSED'],
    ['a failure', act.fail(), 'ESERVFAIL'],
    ['an unreadable reply', act.unreadable(), 'EBADRESP'],
  ] as const)("lets Node's resolver receive %s", async (_result, script, expected) => {
    const { server } = await start(() => script);
    const resolver = new Resolver({ tries: 1 });
    resolver.setServers([server.address]);
    const found = await resolver.resolve4('x.dev').catch((error: unknown) => error);
    expect(found instanceof Error && 'code' in found ? found.code : found).toEqual(expected);
  });
});
