import { afterAll, beforeAll, expect, it } from 'vitest';
import { openUdpClient, question } from './name-server/raw-client.js';
import { type NameServer, refuse, silent, startNameServer } from './name-server.js';
import { sampleLines, sampleZone } from './sample-zone.js';

let server: NameServer;
let client: ReturnType<typeof openUdpClient>;

beforeAll(async () => {
  server = await startNameServer({
    ...sampleZone,
    'two.dev': { A: ['192.0.2.1', '192.0.2.2'] },
    'Caps.dev': { A: ['192.0.2.3'] },
    'x.dev': { AAAA: ['2001:db8::1'], NS: ['ns.x.dev'] },
    'alias.dev': { CNAME: 'gone.example' },
    'www.dev': { CNAME: 'Second.dev' },
    'second.dev': { CNAME: 'two.dev' },
    'barren.dev': { CNAME: 'x.dev' },
    'loop.dev': { CNAME: 'pool.dev' },
    'pool.dev': { CNAME: 'loop.dev' },
    'empty.dev': {},
    'deep.down.under.dev': {},
    'refused.dev': refuse,
  });
  client = openUdpClient(server.port);
});

afterAll(async () => {
  client.close();
  await server.close();
});

it.each([
  ['a name with addresses', 'two.dev', 'A', ['192.0.2.1', '192.0.2.2']],
  ['a name in other letter case', 'TwO.dEv', 'A', ['192.0.2.1', '192.0.2.2']],
  ['a name that the zone has in capitals', 'caps.dev', 'A', ['192.0.2.3']],
  ['a name with an IPv6 address', 'x.dev', 'AAAA', ['2001:db8::1']],
  ['name servers', 'x.dev', 'NS', ['ns.x.dev']],
  ['a chain of aliases', 'www.dev', 'A', ['second.dev', 'two.dev', '192.0.2.1', '192.0.2.2']],
  ['an alias itself', 'alias.dev', 'CNAME', ['gone.example']],
] as const)('answers for %s', async (_what, name, type, answers) => {
  const reply = await client.ask(question(name, type, 7));
  expect(reply).toMatchObject({ id: 7, isReply: true, rcode: 0, answers, authorities: [] });
  expect(reply.questions).toEqual([`${name} ${type}`]);
});

it.each([
  ['a name without that type', 'x.dev', 0, [], ['dev SOA']],
  ['a name without records', 'empty.dev', 0, [], ['dev SOA']],
  ['an ancestor of a name', 'under.dev', 0, [], ['dev SOA']],
  ['the top-level domain', 'dev', 0, [], ['dev SOA']],
  ['an alias to a name without that type', 'barren.dev', 0, ['x.dev'], ['dev SOA']],
  ['an alias to nowhere', 'alias.dev', 3, ['gone.example'], ['. SOA']],
  ['a name that is not there', 'gone.dev', 3, [], ['dev SOA']],
  ['a name that ends like one that is there', 'o.dev', 3, [], ['dev SOA']],
  ['a top-level domain that is not there', 'gone.example', 3, [], ['. SOA']],
  ['aliases that go round in a circle', 'loop.dev', 2, [], []],
  ['a name with a script', 'refused.dev', 5, [], []],
])('has no address for %s', async (_what, name, rcode, answers, authorities) => {
  expect(await client.ask(question(name))).toMatchObject({ rcode, answers, authorities });
});

it('does not let an alias lead to a script', async () => {
  const zone = { 'alias.dev': { CNAME: 'Scripted.dev' }, 'scripted.dev': silent };
  await expect(startNameServer(zone)).rejects.toThrow('Expected the alias alias.dev to lead to records');
});

it('gives the original its sample run', async () => {
  const asked = sampleLines.map(async (line) => {
    const reply = await client.ask(question(line.slice(2)));
    return `${reply.rcode} ${reply.answers.length} ${reply.questions}`;
  });
  const expected = sampleLines.map((line) => `${line.startsWith('+') ? '0 1' : '3 0'} ${line.slice(2)} A`);
  expect((await Promise.all(asked)).toSorted()).toEqual(expected.toSorted());
  expect(sampleLines).toEqual(sampleLines.toSorted());
  expect(new Set(sampleLines).size).toBe(18);
});
