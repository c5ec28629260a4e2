import { encode } from 'dns-packet';
import { afterEach, describe, expect, it } from 'vitest';
import { openUdpClient, question } from './name-server/raw-client.js';
import * as act from './name-server.js';

const opened: { close(): unknown }[] = [];
afterEach(() => Promise.all(opened.splice(0).map((each) => each.close())));

async function start(behaviour: act.Zone | act.Behaviour) {
  const server = await act.startNameServer(behaviour);
  const client = openUdpClient(server.port);
  opened.push(server, client);
  return { server, client };
}

const one = act.answer('192.0.2.1');
const query = question('x.dev');

describe('the test name server', () => {
  it('can ignore a query', async () => {
    const { client, server } = await start({ 'x.dev': act.silent, 'y.dev': one });
    client.send(encode(query));
    expect((await client.ask(question('y.dev'))).questions).toEqual(['y.dev A']);
    expect(server.queries).toHaveLength(2);
  });

  it('can perform scripts in turn for each name and type', async () => {
    const { client } = await start(() => act.inTurn(act.refuse, [act.wrongId(one), act.deny], one));
    const rcodes: number[] = [];
    for (const name of ['x.dev', 'y.dev', 'x.dev', 'x.dev', 'x.dev']) client.send(encode(question(name)));
    for (const _reply of Array(6).keys()) rcodes.push((await client.next()).message.readUInt16BE(2) & 15);
    expect(rcodes).toEqual([5, 5, 0, 3, 0, 0]);
  });

  it('can ignore the first queries for a name', async () => {
    const { client, server } = await start({ 'x.dev': act.lose(2, one) });
    for (const id of [1, 2]) client.send(encode(question('x.dev', 'A', id)));
    expect((await client.ask(question('x.dev', 'A', 3))).id).toBe(3);
    expect(server.queries.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  });

  it('ignores the same queries for the same seed, whatever order they arrive in', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `n${index}.dev`);
    const arrivals = async (seed: number, order: readonly string[]) => {
      const { client } = await start((each) =>
        each.name === 'end' ? act.deny : act.loseSome(0.3, seed, one),
      );
      for (const name of [...order, 'end']) client.send(encode(question(name)));
      const seen: string[] = [];
      for (;;) {
        const reply = await client.next();
        if ((reply.message.readUInt8(3) & 15) === 3) return seen.toSorted();
        seen.push(reply.message.toString('latin1', 12));
      }
    };
    const first = await arrivals(1, names);
    expect(first.length).toBeGreaterThan(120);
    expect(first.length).toBeLessThan(160);
    expect(await arrivals(1, names.toReversed())).toEqual(first);
    expect(await arrivals(2, names)).not.toEqual(first);
  });

  it('holds replies until their gate is opened, for one name or for all', async () => {
    const { hold, release } = act.gate();
    const { client, server } = await start(({ name }) => (name === 'free.dev' ? one : hold(one)));
    const all = server.received(4);
    for (const name of ['x.dev', 'y.dev', 'z.dev']) client.send(encode(question(name)));
    const nextLetter = async () => (await client.next()).message.toString('latin1', 13, 14);
    expect((await client.ask(question('free.dev'))).questions).toEqual(['free.dev A']);
    await all;
    release('Z.dev');
    expect(await nextLetter()).toBe('z');
    release();
    expect([await nextLetter(), await nextLetter()]).toEqual(['x', 'y']);
    expect((await client.ask(question('late.dev'))).questions).toEqual(['late.dev A']);
  });

  it('can release held replies after it was closed', async () => {
    const { hold, release } = act.gate();
    const { client, server } = await start(() => hold(one));
    client.send(encode(query));
    await server.received(1);
    await server.close();
    expect(release).not.toThrow();
  });
});
