import { describe, expect, it } from 'vitest';
import * as act from '../../helpers/name-server.js';
import { forged, manyNames, one } from '../../helpers/resolving.js';
import { askEach, connectTo, serveOver, urlOf, useAuthority } from './connecting.js';

const trusted = useAuthority();

const start = async (behaviour: act.Behaviour, options?: act.NameServerOptions) => {
  const server = await serveOver('https', trusted.certificate(), behaviour, options);
  const url = urlOf('https', server);
  return { server, url, transport: connectTo(url, trusted.authority()) };
};

describe('a query over HTTPS', () => {
  it('has the id 0, so that caches know it again', async () => {
    const { server, transport } = await start(() => one);
    await askEach(transport, manyNames(5));
    expect(server.queries.map(({ id }) => id)).toEqual([0, 0, 0, 0, 0]);
  });

  it('waits while as many are in flight as the server takes', async () => {
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
    // Nothing was asked twice, as what is beyond the limit would be.
    expect(server.queries).toHaveLength(names.length);
  });
});

describe('a response over HTTPS', () => {
  const tooLong = act.altered((message) => Buffer.concat([message, Buffer.alloc(70_000)]), one);

  it.each([
    ['another status', act.withStatus(503, one), 'status 503 from '],
    ['a redirection', act.withStatus(302, one), 'status 302 from '],
    ['another content type', act.withType('text/html', one), 'text/html in place of a reply from '],
    [
      'a content type that is none',
      act.withType('\x9b31m', one),
      'an unknown content type in place of a reply from ',
    ],
    ['too long a body', tooLong, 'reply of more than 65,535 octets from '],
    ['a reply about another name', act.wrongName(forged), 'reply to another question from '],
    ['a reply about another type', act.wrongType(forged), 'reply to another question from '],
    ['a reply with another id', act.wrongId(forged), 'reply to another question from '],
    ['rubbish', act.rubbish(), 'reply to another question from '],
    ['nothing', act.rubbish(1, 0), 'reply to another question from '],
    ['a reply that cannot be read', act.unreadable(), 'unreadable reply from '],
  ] as const)('with %s is a failure that says so', async (_what, script, failure) => {
    const { server, url, transport } = await start(() => script);
    expect(await askEach(transport, ['x.dev'])).toEqual([failure + url]);
    expect(server.queries).toHaveLength(1);
  });

  it('with another status is no reason to end the connection', async () => {
    const { server, url, transport } = await start(({ name }) =>
      name === 'x1.dev' ? act.withStatus(503, one) : one,
    );
    const answers = await askEach(transport, manyNames(4));
    expect(answers).toEqual([`status 503 from ${url}`, '192.0.2.1', '192.0.2.1', '192.0.2.1']);
    expect(server.connections).toBe(1);
  });

  it('may have parameters behind its content type', async () => {
    const { transport } = await start(() => act.withType('Application/DNS-Message; charset=x', one));
    expect(await askEach(transport, ['x.dev'])).toEqual(['192.0.2.1']);
  });

  it('that is reset alone is asked for again', async () => {
    const { server, transport } = await start(({ attempt }) => (attempt === 1 ? act.resetStream : one));
    expect(await askEach(transport, manyNames(30))).toEqual(manyNames(30).map(() => '192.0.2.1'));
    expect(server.connections).toBe(1);
  });

  it('that is reset alone time and again is a failure', async () => {
    const { url, transport } = await start(({ name }) => (name === 'x1.dev' ? act.resetStream : one));
    expect(await askEach(transport, manyNames(2))).toEqual([`stream reset by ${url}`, '192.0.2.1']);
  });

  it('may still come behind a GOAWAY, while a new connection is asked', async () => {
    const { hold, release } = act.gate();
    const { server, transport } = await start(({ name }) =>
      name === 'slow.dev' ? hold(one) : name === 'last.dev' ? act.thenClose(one) : one,
    );
    const slow = askEach(transport, ['slow.dev']);
    await server.received(1);
    await askEach(transport, ['last.dev']);
    // It may be asked before the GOAWAY is there.
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
