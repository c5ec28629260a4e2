import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

describe('the test name server with a zone', () => {
  it.each([
    ['a name with addresses', 'two.dev', 'A', ['192.0.2.1', '192.0.2.2']],
    ['a name in another letter case', 'TwO.dEv', 'A', ['192.0.2.1', '192.0.2.2']],
    ['a name that the zone contains in capitals', 'caps.dev', 'A', ['192.0.2.3']],
    ['a name with an IPv6 address', 'x.dev', 'AAAA', ['2001:db8::1']],
    ['the name servers of a name', 'x.dev', 'NS', ['ns.x.dev']],
    ['a chain of aliases', 'www.dev', 'A', ['second.dev', 'two.dev', '192.0.2.1', '192.0.2.2']],
    ['an alias itself', 'alias.dev', 'CNAME', ['gone.example']],
  ] as const)('answers a query for %s', async (_query, name, type, answers) => {
    const reply = await client.ask(question(name, type, 7));
    expect(reply).toMatchObject({ id: 7, isReply: true, rcode: 0, answers, authorities: [] });
    expect(reply.questions).toEqual([`${name} ${type}`]);
  });

  it.each([
    ['a name without records of the type', 'x.dev', 0, [], ['dev SOA']],
    ['a name without records', 'empty.dev', 0, [], ['dev SOA']],
    ['an ancestor of a name', 'under.dev', 0, [], ['dev SOA']],
    ['the top-level domain', 'dev', 0, [], ['dev SOA']],
    ['an alias of a name without records of the type', 'barren.dev', 0, ['x.dev'], ['dev SOA']],
    ['an alias of a name that does not exist', 'alias.dev', 3, ['gone.example'], ['. SOA']],
    ['a name that does not exist', 'gone.dev', 3, [], ['dev SOA']],
    ['a name that is only the end of a longer label', 'o.dev', 3, [], ['dev SOA']],
    ['a top-level domain that does not exist', 'gone.example', 3, [], ['. SOA']],
    ['an alias loop', 'loop.dev', 2, [], []],
    ['a name whose script refuses queries', 'refused.dev', 5, [], []],
  ])('replies without an address to a query for %s', async (_query, name, rcode, answers, authorities) => {
    expect(await client.ask(question(name))).toMatchObject({ rcode, answers, authorities });
  });

  it('rejects an alias of a name with a script', async () => {
    const zone = { 'alias.dev': { CNAME: 'Scripted.dev' }, 'scripted.dev': silent };
    await expect(startNameServer(zone)).rejects.toThrow('Expected the alias alias.dev to lead to records');
  });

  it("answers as the servers of the original's sample run did", async () => {
    const asked = sampleLines.map(async (line) => {
      const reply = await client.ask(question(line.slice(2)));
      return `${reply.rcode} ${reply.answers.length} ${reply.questions}`;
    });
    const expected = sampleLines.map((line) => `${line.startsWith('+') ? '0 1' : '3 0'} ${line.slice(2)} A`);
    expect((await Promise.all(asked)).toSorted()).toEqual(expected.toSorted());
    expect(sampleLines).toEqual(sampleLines.toSorted());
    expect(new Set(sampleLines).size).toBe(18);
  });
});
