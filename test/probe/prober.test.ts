import { describe, expect, it, onTestFinished } from 'vitest';
import { openUpstreams } from '../../src/dns/resolver/upstreams.js';
import type { OpenServer, Server } from '../../src/dns/transport/index.js';
import { systemPlatform } from '../../src/dns/transport/platform.js';
import type { Question } from '../../src/dns/wire/query.js';
import type { Reply } from '../../src/dns/wire/reply.js';
import { openProber, type ProberOptions } from '../../src/probe/prober.js';
import { candidateOf, type PlayedServer, play, serverAt, urlAt } from '../helpers/played.js';
import { deny, except, fail, truthful, type Zone } from '../helpers/played-servers.js';
import { createSeededRandom } from '../simulation/random.js';

/** Kinds of names, each with its entry in the zone and the line that is true of it. */
const kinds = {
  'an IPv4 address': { entry: { A: ['192.0.2.1'] }, line: '+ NAME' },
  'an IPv6 address': { entry: { AAAA: ['2001:db8::1'] }, line: '+ NAME' },
  'no address': { entry: {}, line: '~ NAME' },
  'an alias with an address': { entry: { alias: 'six.dev' }, line: '+ NAME' },
  'an alias without an address': {
    entry: { alias: 'bare.dev' },
    line: '~ NAME  alias of bare.dev, no address given',
  },
  'an alias to nowhere': {
    entry: { alias: 'gone.dev' },
    line: '~ NAME  alias of gone.dev, which does not exist',
  },
  'no existence': { entry: undefined, line: '  NAME' },
  'no answer': { entry: undefined, line: '? NAME  SERVFAIL from FIRST' },
} as const;

/** 800 names, as many of each kind, and a server that knows what is true of them. */
function namesOfAllKinds() {
  const all = Object.values(kinds);
  const names = Array.from({ length: 800 }, (_, index) => `name-${index}.dev`);
  const kindOf = (name: string) => all[Number(/\d+/.exec(name)?.[0]) % all.length] ?? kinds['no existence'];
  const entries = names.flatMap((name) => {
    const { entry } = kindOf(name);
    return entry ? [[name, entry] as const] : [];
  });
  const truth: Zone = {
    dev: { isDelegated: true },
    'six.dev': { AAAA: ['2001:db8::6'] },
    'bare.dev': {},
    ...Object.fromEntries(entries),
  };
  const isFailing = (name: string) => name.startsWith('name-') && kindOf(name) === kinds['no answer'];
  return {
    names,
    server: except(isFailing, fail, truthful(truth)),
    lines: names.map((name) => kindOf(name).line.replace('NAME', name)).toSorted(),
  };
}

describe('a prober of hundreds of names, for some of which the server always fails', () => {
  it('finds the truth in a minute although a tenth of the queries is lost', async () => {
    const { names, server, lines } = namesOfAllKinds();
    const random = createSeededRandom(7);
    const lossy: PlayedServer = (query) => (random.chance(0.1) ? undefined : server(query));
    const played = await play([lossy], names, { tries: 7 });
    expect(played.lines).toEqual(lines);
    expect(played.results.some(({ tries, status }) => status === 'live' && tries > 2)).toBe(true);
    expect(played.time).toBeLessThan(60_000);
  });

  it('finds the truth in half a minute if no query is lost', async () => {
    const { names, server, lines } = namesOfAllKinds();
    const played = await play([server], names, { tries: 7 });
    expect(played.lines).toEqual(lines);
    expect(played.time).toBeLessThan(30_000);
  });
});

/** A prober of servers that answer for every name, and the questions that they are asked. */
function openFake(
  servers: readonly Server[],
  { reply: special, ...options }: Partial<ProberOptions> & { readonly reply?: Partial<Reply> } = {},
) {
  const questions: Question[] = [];
  const openServer: OpenServer = ({ url }, { settled }) => ({
    kind: 'call',
    capacity: () => Number.POSITIVE_INFINITY,
    ask(query) {
      questions.push(query.question);
      const address = { addresses: ['192.0.2.1'], isAuthoritative: true };
      const reply = { rcode: 'NOERROR', truncated: false, addresses: [], ...(special ?? address) };
      setImmediate(() => settled(query, { reply, server: url }));
    },
    suspect: () => undefined,
    forget() {},
    close() {},
  });
  const upstreams = openUpstreams({ platform: systemPlatform, timeout: 3000, openServer });
  const prober = openProber({ upstreams, servers, tries: 1, canary: true, ...options });
  onTestFinished(() => {
    prober.close();
    upstreams.close();
  });
  return { prober, questions };
}

const server = serverAt(urlAt(0));

describe('a prober', () => {
  it('sends no canaries to getaddrinfo, which cannot answer them', async () => {
    const system: Server = { scheme: 'system', url: 'system', address: '', port: 0 };
    const { prober, questions } = openFake([system]);
    expect((await prober.probe(candidateOf('x.dev'))).status).toBe('live');
    expect(questions.map(({ name }) => name)).toEqual(['x.dev']);
  });

  it('asks the servers of a zone without recursion', async () => {
    const { prober, questions } = openFake([server], { zone: 'dev' });
    await prober.probe(candidateOf('x.dev'));
    expect(questions.length).toBeGreaterThan(2);
    expect(questions.every(({ flags }) => flags?.zone === 'dev')).toBe(true);
  });

  it('has a failure of the servers of a zone explained, with EDNS and without recursion', async () => {
    const { prober, questions } = openFake([server], {
      zone: 'dev',
      canary: false,
      reply: { rcode: 'REFUSED' },
    });
    await prober.probe(candidateOf('x.dev'));
    expect(questions.map(({ flags }) => flags)).toEqual([{ zone: 'dev' }, { zone: 'dev', hasEdns: true }]);
  });

  it('asks resolvers with recursion', async () => {
    const { prober, questions } = openFake([server], { canary: false });
    await prober.probe(candidateOf('x.dev'));
    expect(questions).toEqual([{ name: 'x.dev', type: 'A' }]);
  });

  it('frees room for another name when a name has been answered and waits for canaries', async () => {
    const { prober } = openFake([server], { canary: true });
    const events: string[] = [];
    const result = prober.probe(candidateOf('x.dev'), () => events.push('freed'));
    expect(prober.waiting()).toBe(0);
    expect(prober.waitingFor()).toBe(`a reply from ${urlAt(0)}`);
    await result;
    expect(events).toEqual(['freed']);
    expect(prober.waitingFor()).toBeUndefined();
  });

  it('has nothing that waits for canaries without canaries', async () => {
    const { prober } = openFake([server], { canary: false });
    expect(prober.waiting()).toBe(0);
    expect(prober.capacity()).toBeGreaterThan(0);
  });

  it('reports which servers lie', async () => {
    const { reports } = await play([deny, truthful()], ['live.dev']);
    expect(reports.map(({ server: url, verdict, reason }) => [url, verdict, reason])).toEqual([
      [urlAt(0), 'lies', 'denies .dev and the root'],
      [urlAt(1), 'good', undefined],
    ]);
  });
});
