import { describe, expect, it } from 'vitest';
import { createClient } from '../../../src/registries/client/client.js';
import { server, type WhoisServer } from '../../../src/registries/whois/server.js';
import { createWhois } from '../../../src/registries/whois/whois.js';
import { reset, say } from '../../helpers/das-server.js';
import { serveWhois } from '../../helpers/whois-server.js';
import { fail, inTurn, type PlayedReply, playRegistries, reply } from '../played.js';

const free = 'Domain: word.it\nStatus: AVAILABLE\n';

/** A client of a played server. */
function openWhois(behaviour: PlayedReply, row: Partial<WhoisServer> = {}, longestWait = 60_000) {
  const { platform, play, requests, send } = playRegistries(behaviour);
  const questions: string[] = [];
  const whois = createWhois(
    createClient(longestWait, platform),
    ({ host, port }, url, question, _rules, signal) => {
      questions.push(`${host}:${port} ${question}`);
      return send(url.replace('whois:', 'https:'), signal);
    },
  );
  const played = server({
    ...{ suffixes: ['example'], host: 'whois.example', source: 'the tests', seen: '2026' },
    ...{ unregistered: [['{name} is free']], registered: [['{name} is taken']], ...row },
  });
  return {
    ask: (...names: readonly string[]) => play(Promise.all(names.map((name) => whois(played, name)))),
    questions,
    times: () => requests.map(({ time }) => time),
  };
}

const sayFree: PlayedReply = (request) => reply(200, `${request.path} is free\n`)(request);

describe('createWhois', () => {
  it('asks over TCP, and returns the answer with the URL that stands for the question', async () => {
    const { address, questions, server } = await serveWhois(say(free));
    const answer = { registered: false, url: `whois://${address}/word.it` };
    expect(await createWhois(createClient(10_000))(server, 'word.it')).toEqual(answer);
    expect(questions).toEqual(['word.it']);
  });

  it('asks the question of each name, as the server wants it', async () => {
    const { ask, questions } = openWhois(sayFree, { question: '-e {name}/e' });
    expect(await ask('a.example', 'b.example')).toMatchObject([{ registered: false }, { registered: false }]);
    expect(questions).toEqual(['whois.example:43 -e a.example/e\r\n', 'whois.example:43 -e b.example/e\r\n']);
  });

  it('asks once a second', async () => {
    const { ask, times } = openWhois(sayFree);
    await ask('a.example', 'b.example', 'c.example');
    expect(times()).toEqual([0, 1000, 2000]);
  });

  it('does not ask a server that may not understand internationalized names about one', async () => {
    const { ask, questions } = openWhois(sayFree);
    expect(await ask('xn--bcher-kva.example')).toEqual([
      { failure: 'whois.example:43 may not understand internationalized names' },
    ]);
    expect(questions).toEqual([]);
    expect(await openWhois(sayFree, { understandsAscii: true }).ask('xn--bcher-kva.example')).toMatchObject([
      { registered: false },
    ]);
  });

  it('says that a server limits its requests, whatever else it says', async () => {
    const { address, server } = await serveWhois(say(`Query rate limit exceeded.\n${free}`));
    expect(await createWhois(createClient(10_000))(server, 'word.it')).toMatchObject({
      failure: `${address} is limiting requests`,
    });
  });

  it('asks nothing for a minute after it is told of a limit', async () => {
    const { ask, times } = openWhois(inTurn(fail(429), sayFree), {}, 90_000);
    expect(await ask('a.example')).toMatchObject([{ registered: false }]);
    expect(times()).toEqual([0, 10 + 60_000]);
  });

  it('returns a failure if the reply is empty', async () => {
    const { address, server } = await serveWhois(say(''));
    expect(await createWhois(createClient(60_000))(server, 'word.it')).toMatchObject({
      failure: `connection closed by ${address}`,
    });
  });

  it('returns a failure if the connection is reset', async () => {
    const { address, server } = await serveWhois(reset);
    expect(await createWhois(createClient(60_000))(server, 'word.it')).toMatchObject({
      failure: `connection reset by ${address}`,
    });
  });

  it('asks again after a transient failure', async () => {
    const broken: PlayedReply = () => ({ failure: 'broken', transient: true, responded: false });
    expect(await openWhois(inTurn(broken, sayFree)).ask('a.example')).toMatchObject([{ registered: false }]);
  });

  it('asks no other server that a reply refers to', async () => {
    const { questions, server: other } = await serveWhois(say(free));
    const { address, server } = await serveWhois(
      say(`refer: ${other.host}:${other.port}\nReferral URL: whois://${other.host}:${other.port}\n`),
    );
    expect(await createWhois(createClient(10_000))(server, 'word.it')).toMatchObject({
      failure: `${address} gave no answer that is known`,
    });
    expect(questions).toEqual([]);
  });

  it.each([
    ['ISO 8859-1', Buffer.from('Nincs találat\r\n', 'latin1')],
    ['UTF-8', Buffer.from('Nincs találat\r\n')],
  ])('reads the reply of a server of ISO 8859-1 in %s', async (_what, text) => {
    const { server } = await serveWhois(say(text), {
      ...{ unregistered: [['Nincs találat']], encoding: 'latin1' },
    });
    expect(await createWhois(createClient(10_000))(server, 'word.it')).toMatchObject({ registered: false });
  });
});
