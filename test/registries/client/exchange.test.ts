import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { exchange, type ReplyRules } from '../../../src/registries/client/exchange.js';
import { type DasAction, type DasServer, reset, say, serveDas, silent } from '../../helpers/das-server.js';

const url = 'das://word.lt';

const rules: ReplyRules = { maximumSize: 4096, isRefusal: (reply) => reply.toString() === 'too many\n' };

const ask = ({ service }: DasServer, signal = new AbortController().signal) =>
  exchange(service, url, 'get 1.0 word.lt\n', rules, signal);

const askOne = async (action: DasAction) => {
  const server = await serveDas(action);
  return { ...server, result: await ask(server) };
};

describe('exchange', () => {
  it('sends the question, and returns the reply in the form of an HTTP response', async () => {
    const { address, questions, result } = await askOne(say('Status: available\n'));
    expect(result).toEqual({
      ...{ url, host: address, status: 200, retryAfter: undefined },
      body: Buffer.from('Status: available\n'),
    });
    expect(questions).toEqual(['get 1.0 word.lt']);
  });

  it('waits for all of a reply that comes in pieces', async () => {
    const { result } = await askOne((socket) =>
      socket.write('Stat', () => setImmediate(() => socket.end('us: registered\n'))),
    );
    expect(result).toMatchObject({ body: Buffer.from('Status: registered\n') });
  });

  it('returns status 429 if the reply is a refusal', async () => {
    expect((await askOne(say('too many\n'))).result).toMatchObject({ status: 429 });
  });

  it('reads a reply up to the maximum size', async () => {
    expect((await askOne(say('x'.repeat(4096)))).result).toMatchObject({ status: 200 });
    const { address, result } = await askOne((socket) => socket.write('x'.repeat(4097)));
    expect(result).toEqual({
      ...{ failure: `${address} sends more than 4 KiB`, transient: false, responded: true },
    });
  });

  it('fails if the connection is closed without a word', async () => {
    const { address, result } = await askOne(say(''));
    expect(result).toEqual({
      ...{ failure: `connection closed by ${address}`, transient: true, responded: false },
    });
  });

  it('fails if the connection is reset', async () => {
    const { address, result } = await askOne(reset);
    expect(result).toEqual({
      ...{ failure: `connection reset by ${address}`, transient: true, responded: false },
    });
  });

  it('fails if the connection is reset after a reply', async () => {
    let service: Socket | undefined;
    // Before this has been read, a reset can look like an end.
    const onceRead = (message: unknown) => {
      if (typeof message !== 'object' || message === null || !('socket' in message)) return;
      if (message.socket instanceof Socket) message.socket.once('data', () => service?.resetAndDestroy());
    };
    subscribe('net.client.socket', onceRead);
    const { address, result } = await askOne((socket) => {
      service = socket;
      socket.write('Status: available\n');
    });
    unsubscribe('net.client.socket', onceRead);
    expect(result).toEqual({
      ...{ failure: `connection reset by ${address}`, transient: true, responded: true },
    });
  });

  it('fails if there is no service', async () => {
    const { service } = await serveDas(silent);
    const result = await exchange(
      { ...service, host: '127.0.0.1', port: 1 },
      url,
      '',
      rules,
      new AbortController().signal,
    );
    expect(result).toEqual({
      ...{ failure: 'nothing is listening at 127.0.0.1:1', transient: true, responded: false },
    });
  });

  it('closes the connection if the signal is aborted', async () => {
    const closed = new Promise<void>((resolve) => {
      const stop = new AbortController();
      const action: DasAction = (socket) => {
        socket.on('close', () => resolve());
        stop.abort();
      };
      void serveDas(action).then(async (server) => {
        expect(await ask(server, stop.signal)).toEqual({
          ...{ failure: `no answer in time from ${server.address}`, transient: true, responded: false },
        });
      });
    });
    await closed;
  });

  it('asks nobody if the signal has been aborted', async () => {
    const server = await serveDas(say('Status: available\n'));
    expect(await ask(server, AbortSignal.abort())).toMatchObject({
      failure: `no answer in time from ${server.address}`,
    });
    expect(server.questions).toEqual([]);
  });
});
