import { describe, expect, it } from 'vitest';
import { createClient } from '../../../src/registries/client/client.js';
import { createDas } from '../../../src/registries/das/das.js';
import type { DasService } from '../../../src/registries/das/services.js';
import { say as sayText, serveDas, status } from '../../helpers/das-server.js';
import { fail, inTurn, type PlayedReply, playRegistries, reply, reset, silent } from '../played.js';

const service: DasService = {
  ...{ host: 'das.example', port: 4343, limit: { requests: 2, seconds: 60 } },
  question: (name) => `get 1.0 ${name}\n`,
  statuses: { available: 'unregistered', registered: 'registered' },
};

/** Replies with a status of the name that was asked for. */
const say =
  (word: string): PlayedReply =>
  (request) =>
    reply(200, `Domain: ${request.path}\nStatus: ${word}\n`)(request);

/** A client of a played service. */
function openDas(behaviour: PlayedReply, longestWait = 10_000, limit = service.limit) {
  const { platform, play, requests, send } = playRegistries(behaviour);
  const questions: string[] = [];
  const das = createDas(
    createClient(longestWait, platform),
    ({ host, port }, url, question, _rules, signal) => {
      questions.push(`${host}:${port} ${question}`);
      return send(url.replace('das:', 'https:'), signal);
    },
  );
  return {
    ask: (...names: readonly string[]) =>
      play(Promise.all(names.map((name) => das({ ...service, limit }, name)))),
    questions,
    times: () => requests.map(({ time }) => time),
  };
}

describe('createDas', () => {
  it('asks over TCP, and returns the answer with the URL that stands for the question', async () => {
    const { address, questions, service } = await serveDas(status('available'));
    const answer = { registered: false, url: `das://${address}/word.lt` };
    expect(await createDas(createClient(10_000))(service, 'word.lt')).toEqual(answer);
    expect(questions).toEqual(['get 1.0 word.lt']);
  });

  it('asks the question of each name', async () => {
    const { ask, questions } = openDas(say('registered'), 60_000);
    expect(await ask('a.lt', 'b.lt')).toEqual([
      { registered: true, state: undefined, url: 'das://das.example:4343/a.lt' },
      { registered: true, state: undefined, url: 'das://das.example:4343/b.lt' },
    ]);
    expect(questions).toEqual(['das.example:4343 get 1.0 a.lt\n', 'das.example:4343 get 1.0 b.lt\n']);
  });

  it('returns a failure if the reply cannot be used', async () => {
    expect(await openDas(say('sold')).ask('a.lt')).toMatchObject([
      { failure: 'das.example:4343 gave no status that is documented' },
    ]);
  });

  it('reads the numbers of a service that replies with these', async () => {
    const { address, service } = await serveDas(sayText('1: This domain name can be registered.\r\n'), {
      statuses: { '1': 'unregistered' },
      codes: { '1': 'can be registered' },
    });
    const answer = { registered: false, url: `das://${address}/word.ch` };
    expect(await createDas(createClient(10_000))(service, 'word.ch')).toEqual(answer);
  });

  it('keeps to the limit of the service', async () => {
    const { ask, times } = openDas(say('available'), 60_000);
    await ask('a.lt', 'b.lt');
    expect(times()).toEqual([0, 30_000]);
  });

  it('says so if a name would wait for too long', async () => {
    const { ask, times } = openDas(say('available'), 60_000, { requests: 1, seconds: 3600 });
    expect(await ask('a.lt', 'b.lt')).toMatchObject([
      { registered: false },
      { failure: 'das.example:4343 is limiting requests' },
    ]);
    expect(times()).toEqual([0]);
  });

  it('does not ask again while a refusal lasts', async () => {
    const { ask, times } = openDas(fail(429));
    const limited = { failure: 'das.example:4343 is limiting requests' };
    expect(await ask('a.lt')).toMatchObject([limited]);
    expect(await ask('b.lt')).toMatchObject([limited]);
    expect(times()).toEqual([0]);
  });

  it.each([
    ['a reset', reset],
    ['silence', silent],
  ])('asks again after %s', async (_what, fault) => {
    const { ask } = openDas(inTurn(fault, say('available')), 60_000, { requests: 1, seconds: 1 });
    expect(await ask('a.lt')).toMatchObject([{ registered: false }]);
  });

  it('gives a silent service up after the longest wait', async () => {
    const { ask } = openDas(silent, 2000, { requests: 10, seconds: 1 });
    expect(await ask('a.lt')).toMatchObject([{ failure: 'no answer in time from das.example:4343' }]);
  });
});
