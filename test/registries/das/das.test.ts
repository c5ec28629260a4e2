import { describe, expect, it, vi } from 'vitest';
import { createClient } from '../../../src/registries/client/client.js';
import { createDas } from '../../../src/registries/das/das.js';
import {
  type DasAction,
  type DasServer,
  inTurn,
  reset,
  say,
  serveDas,
  silent,
  status,
} from '../../helpers/das-server.js';

vi.setConfig({ maxConcurrency: 20 });

const ask = ({ service }: DasServer, name = 'word.lt', longestWait = 10_000) =>
  createDas(longestWait, createClient(longestWait))(service, name);

const askOne = async (action: DasAction) => ask(await serveDas(action));

describe.concurrent('createDas', () => {
  it('sends one line, and returns the answer with the URL that stands for the question', async () => {
    const server = await serveDas(status('available'));
    const url = `das://${server.address}/word.lt`;
    expect(await ask(server)).toEqual({ registered: false, url });
    expect(server.questions).toEqual(['get 1.0 word.lt']);
  });

  it('waits for all of a reply that comes in pieces', async () => {
    const found = await askOne((socket) => {
      socket.write('Domain: word.lt\nStat');
      setTimeout(() => socket.end('us: registered\n'), 20);
    });
    expect(found).toMatchObject({ registered: true });
  });

  it('asks again after a connection that is reset, and after one that is closed without a word', async () => {
    const server = await serveDas(inTurn(reset, say(''), status('available')));
    expect(await ask(server)).toMatchObject({ registered: false });
    expect(server.questions).toHaveLength(3);
  });

  it('believes no part of a reply whose connection is reset', async () => {
    const server = await serveDas((socket) => {
      socket.write('Domain: word.lt\nStatus: available\n', () => setTimeout(() => reset(socket, ''), 20));
    });
    expect(await ask(server, 'word.lt', 2000)).toMatchObject({
      failure: `connection reset by ${server.address}`,
    });
  });

  it('gives a silent service up after the longest wait', async () => {
    const server = await serveDas(silent);
    expect(await ask(server, 'word.lt', 200)).toMatchObject({
      failure: `no answer in time from ${server.address}`,
    });
  });

  it('cuts a reply off that does not end', async () => {
    const server = await serveDas((socket) => {
      socket.write(`Domain: word.lt\nStatus: available\n%${'x'.repeat(5000)}`);
    });
    expect(await ask(server)).toMatchObject({ failure: `${server.address} sends more than 4 KiB` });
    expect(server.questions).toHaveLength(1);
  });

  it.each(['%% RC = -2\n', '% RC: -3\r\n', 'RC: -2\n'])('takes %j for a refusal', async (text) => {
    const server = await serveDas(say(text), { limit: { requests: 60, seconds: 60 } });
    expect(await ask(server)).toMatchObject({
      failure: `${server.address} is limiting requests`,
    });
    expect(server.questions).toHaveLength(1);
  });

  it('does not ask again while a refusal lasts', async () => {
    const server = await serveDas(inTurn(say('%% RC = -2\n'), status('available')), {
      limit: { requests: 3600, seconds: 3600 },
    });
    const das = createDas(10_000, createClient(10_000));
    expect(await das(server.service, 'word.lt')).toHaveProperty('failure');
    expect(await das(server.service, 'other.lt')).toHaveProperty('failure');
    expect(server.questions).toHaveLength(1);
  });

  it('keeps to the limit of the service', async () => {
    const server = await serveDas(status('available'), { limit: { requests: 1, seconds: 3600 } });
    const das = createDas(60_000, createClient(60_000));
    expect(await das(server.service, 'a.lt')).toMatchObject({ registered: false });
    expect(await das(server.service, 'b.lt')).toMatchObject({
      failure: `${server.address} is limiting requests`,
    });
    expect(server.questions).toEqual(['get 1.0 a.lt']);
  });

  it('asks for different names at the same time', async () => {
    const held: (() => void)[] = [];
    const server = await serveDas((socket, question) => {
      held.push(() => status('available')(socket, question));
      if (held.length === 2) for (const answer of held) answer();
    });
    const das = createDas(10_000, createClient(10_000));
    const found = await Promise.all(['a.lt', 'b.lt'].map((name) => das(server.service, name)));
    expect(found).toMatchObject([{ registered: false }, { registered: false }]);
  });
});
