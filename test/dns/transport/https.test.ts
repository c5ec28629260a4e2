import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/dns/transport/transport.js';
import { loopback } from '../../helpers/loopback.js';
import * as act from '../../helpers/name-server.js';
import { forged, manyNames, one, serve } from '../../helpers/resolving.js';
import { askEach, connectTo, outcomeOf, serveOver, urlOf, useAuthority } from './connecting.js';

const trusted = useAuthority();

const start = async (behaviour: act.Behaviour, options?: act.NameServerOptions) => {
  const server = await serveOver('https', trusted.certificate(), behaviour, options);
  const url = urlOf('https', server);
  return { server, url, transport: connectTo(url, trusted.authority()) };
};

describe('a query over HTTPS', () => {
  it('has the id 0, so that caches recognize a repeated question', async () => {
    const { server, transport } = await start(() => one);
    await askEach(transport, manyNames(5));
    expect(server.queries.map(({ id }) => id)).toEqual([0, 0, 0, 0, 0]);
  });

  it('waits while as many queries are in flight as the server allows', async () => {
    const { hold, release } = act.gate();
    const { server, transport } = await start(() => hold(one), { oneAtATime: true });
    const names = manyNames(30);
    const answers: string[] = [];
    const [first = '', ...others] = names;
    const asked = askEach(transport, [first]).then(async (answered) => {
      answers.push(...answered);
    });
    await server.received(1);
    const later = askEach(transport, others);
    release();
    await asked;
    answers.push(...(await later));
    expect(answers).toEqual(names.map(() => '192.0.2.1'));
    // A query beyond the server's limit would have been refused and sent twice.
    expect(server.queries).toHaveLength(names.length);
  });
});

describe('a server asked over HTTPS', () => {
  it('fails its queries if it does not speak HTTP', async () => {
    const { cert, key } = trusted.certificate();
    const server = await serve(() => one, { secure: { protocol: 'tls', cert, key } });
    const url = urlOf('https', server);
    expect(await askEach(connectTo(url, trusted.authority()), ['x.dev'])).toEqual([`no DNS at ${url}`]);
  });
});

describe('a response over HTTPS', () => {
  const tooLong = act.altered((message) => Buffer.concat([message, Buffer.alloc(70_000)]), one);

  it.each([
    ['another status', act.withStatus(503, one), 'HTTP status 503 from '],
    ['a redirection', act.withStatus(302, one), 'HTTP status 302 from '],
    ['another content type', act.withType('text/html', one), 'text/html instead of a DNS message from '],
    [
      'a malformed content type',
      act.withType('\x9b31m', one),
      'an unreadable content type instead of a DNS message from ',
    ],
    ['a body that is too long', tooLong, 'reply longer than 65,535 octets from '],
    ['a reply about another name', act.wrongName(forged), 'reply to a different question from '],
    ['a reply about another type', act.wrongType(forged), 'reply to a different question from '],
    ['a reply with another id', act.wrongId(forged), 'reply to a different question from '],
    ['rubbish', act.rubbish(), 'reply to a different question from '],
    ['an empty body', act.rubbish(1, 0), 'reply to a different question from '],
    ['an unreadable reply', act.unreadable(), 'unreadable reply from '],
  ] as const)('with %s fails its query for that reason', async (_what, script, failure) => {
    const { server, url, transport } = await start(() => script);
    expect(await askEach(transport, ['x.dev'])).toEqual([failure + url]);
    expect(server.queries).toHaveLength(1);
  });

  it.each([
    [429, undefined, 0],
    [429, '2', 2000],
    [503, 'soon', 0],
    [503, '120', 120_000],
    [503, 'Wed, 21 Oct 2015 07:28:00 GMT', 0],
    [500, '7', undefined],
    [502, undefined, undefined],
  ])('with status %i and Retry-After %s says when to ask again: %s', async (status, header, retryAfter) => {
    const { url, transport } = await start(() => act.withStatus(status, one, header));
    expect(await outcomeOf(transport, 'x.dev')).toEqual({
      failure: `HTTP status ${status} from ${url}`,
      server: url,
      hasReplied: true,
      ...(retryAfter !== undefined && { retryAfter }),
    });
  });

  it.each([
    ['another content type', 'permanently', act.withType('text/html', one)],
    ['status 404', 'permanently', act.withStatus(404, one)],
    ['status 302', 'permanently', act.withStatus(302, one)],
    ['status 408', 'each time anew', act.withStatus(408, one)],
    ['status 500', 'each time anew', act.withStatus(500, one)],
  ])('with %s, over and over and no other, fails its query %s', async (_what, how, script) => {
    const { transport } = await start(() => script);
    const outcomes: Outcome[] = [];
    for (const name of manyNames(6)) outcomes.push(await outcomeOf(transport, name));
    const permanent = outcomes.map((outcome) => 'isPermanent' in outcome);
    expect([permanent[0], permanent.at(-1)]).toEqual([false, how === 'permanently']);
  });

  it('with another status does not end the connection', async () => {
    const { server, url, transport } = await start(({ name }) =>
      name === 'x1.dev' ? act.withStatus(503, one) : one,
    );
    const answers = await askEach(transport, manyNames(4));
    expect(answers).toEqual([`HTTP status 503 from ${url}`, '192.0.2.1', '192.0.2.1', '192.0.2.1']);
    expect(server.connections).toBe(1);
  });

  it('may have a content type with parameters', async () => {
    const { transport } = await start(() => act.withType('Application/DNS-Message; charset=x', one));
    expect(await askEach(transport, ['x.dev'])).toEqual(['192.0.2.1']);
  });

  it('whose stream is reset is asked for again on the same connection', async () => {
    const { server, transport } = await start(({ attempt }) => (attempt === 1 ? act.resetStream : one));
    expect(await askEach(transport, manyNames(30))).toEqual(manyNames(30).map(() => '192.0.2.1'));
    expect(server.connections).toBe(1);
  });

  it('whose stream is reset again and again fails its query alone', async () => {
    const { url, transport } = await start(({ name }) => (name === 'x1.dev' ? act.resetStream : one));
    expect(await askEach(transport, manyNames(2))).toEqual([`stream reset by ${url}`, '192.0.2.1']);
  });

  it('may still arrive after a GOAWAY, while new queries go to a new connection', async () => {
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
    const server = await serveOver('https', trusted.certificate(), () => one, { host: '::1' });
    const url = `https://[::1%${loopback}]:${server.port}/dns-query`;
    expect(await askEach(connectTo(url, trusted.authority()), ['x.dev'])).toEqual(['192.0.2.1']);
  });
});
