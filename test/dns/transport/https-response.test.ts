import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/dns/transport/transport.js';
import * as act from '../../helpers/name-server.js';
import {
  askEach,
  connectTo,
  endpointOf,
  forged,
  manyNames,
  one,
  outcomeOf,
  serveOver,
  useAuthority,
} from './connecting.js';

const trusted = useAuthority();

const start = async (behaviour: act.Behaviour) => {
  const server = await serveOver('https', trusted.certificate(), behaviour);
  const endpoint = endpointOf('https', server);
  return { server, url: endpoint.url, transport: connectTo('https', endpoint, trusted.authority()) };
};

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

  it.each([200, 201, 203, 206])('with status %i is taken for a reply', async (status) => {
    const { url, transport } = await start(() => act.withStatus(status, one));
    expect(await outcomeOf(transport, 'x.dev')).toMatchObject({ server: url, reply: { rcode: 'NOERROR' } });
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
});
