import { describe, expect, it } from 'vitest';
import { createClient } from '../../../src/registries/client/client.js';
import { serveRdap } from '../../helpers/rdap-server/registries.js';
import * as act from '../../helpers/rdap-server.js';
import { fail, inTurn, notFound, reset, silent, unreachable } from '../played.js';
import { a, b, openClient, read, url } from './open-client.js';

/** The time between the replies of a registry, which come after 10 ms, and the next requests. */
const pausesOf = (times: readonly number[]) =>
  times.slice(1).map((time, index) => time - (times[index] ?? 0) - 10);

describe('createClient', () => {
  it('asks over HTTP for RDAP documents', async () => {
    const server = await serveRdap(() => act.found());
    const found = await createClient(10_000).get([`${server.url}domain/x.dev`], read);
    expect(found).toEqual({ status: 200, url: `${server.url}domain/x.dev` });
    expect(server.requests).toMatchObject([
      { path: '/domain/x.dev', accept: 'application/rdap+json, application/json;q=0.9' },
    ]);
  });

  it('returns an answer with its URL', async () => {
    expect(await openClient(notFound).get()).toEqual({ status: 404, url });
  });

  it('returns a failure in the words of the reader, or in those of the request', async () => {
    const unusable = unreachable('certificate not trusted:', false);
    expect(await openClient(unusable).get()).toEqual({
      failure: 'certificate not trusted: rdap.example',
      url,
    });
    expect(await openClient(fail(501)).get([url], { end: 1000 })).toEqual({ failure: 'status 501', url });
  });

  it.each([429, 503])('says that a registry limits requests if it replies with status %i', async (status) => {
    const found = await openClient(fail(status, 3_600_000)).get();
    expect(found).toEqual({ failure: 'rdap.example is limiting requests', url });
  });

  it('says so, too, if the first URL is never asked for', async () => {
    const { get, requests } = openClient(inTurn(fail(429, 3_600_000)));
    await get();
    expect(await get([`${url}z`])).toEqual({ failure: 'rdap.example is limiting requests', url: `${url}z` });
    expect(requests).toHaveLength(1);
  });

  it('asks one server for all names at its pace, and another one at the same time', async () => {
    const { client, play, requests } = openClient(notFound);
    await play(Promise.all([a, `${a}/y`, b].map((url) => client.get([url], read))));
    expect(requests.map(({ url, time }) => [url, time])).toEqual([
      [a, 0],
      [b, 0],
      [`${a}/y`, 200],
    ]);
  });

  it('tells the schemes of a host apart', async () => {
    const { client, play, times } = openClient(notFound);
    await play(
      Promise.all(['http:', 'https:', 'das:'].map((scheme) => client.get([`${scheme}//a.example/`], read))),
    );
    expect(times()).toEqual([0, 0, 0]);
  });

  it('gets urgent documents before those for names that wait for their first request', async () => {
    const { client, play, requests } = openClient(notFound);
    const urls = Array.from({ length: 20 }, (_, index) => `https://a.example/domain/x${index}.dev`);
    const found = urls.map((url) => client.get([url], read));
    found.push(client.get(['https://a.example/domain/urgent.dev'], read, { isUrgent: true }));
    await play(Promise.all(found));
    expect(requests.findIndex(({ name }) => name === 'urgent')).toBeLessThan(5);
  });

  it('asks a server in the way that is chosen for it', async () => {
    const { client, play, requests, send } = openClient(notFound);
    const access = {
      send: (das: string, signal: AbortSignal) => send(das.replace('das:', 'https:'), signal),
      limit: { requests: 1, seconds: 3 },
    };
    const das = a.replace('https:', 'das:');
    const found = [das, das].map((url) => client.get([url], read, { access }));
    expect(await play(Promise.all(found))).toMatchObject([{ url: das }, { url: das }]);
    expect(requests).toMatchObject([
      { url: a, time: 0 },
      { url: a, time: 3000 },
    ]);
  });
});

describe('createClient and a fault that passes', () => {
  it('asks again after 100 ms, and each time after twice as long, up to 5 seconds', async () => {
    const { get, times } = openClient(
      (request) => (request.attempt < 10 ? fail(408) : notFound)(request),
      60_000,
    );
    expect(await get()).toMatchObject({ status: 404 });
    // At first, the next slot comes later than the end of the pause.
    expect(pausesOf(times())).toEqual([190, 200, 400, 800, 1600, 3200, 5000, 5000, 5000]);
  });

  it('waits up to a quarter shorter or longer by chance', async () => {
    const pauses = async (fraction: number) => {
      const { get, times } = openClient(inTurn(fail(408), fail(408), fail(408), notFound), 60_000, fraction);
      await get();
      return pausesOf(times()).at(-1);
    };
    expect([await pauses(0), await pauses(1)]).toEqual([300, 500]);
  });

  it.each([
    ['a reset', reset],
    ['status 500', fail(500)],
    ['status 408', fail(408)],
    ['a refusal', fail(429)],
    ['silence', silent],
  ])('asks again after %s', async (_what, fault) => {
    const { get, requests } = openClient(inTurn(fault, notFound));
    expect(await get()).toMatchObject({ status: 404 });
    expect(requests).toHaveLength(2);
  });

  it('does not ask again after a failure that would be the same', async () => {
    const { get, requests, clock } = openClient(unreachable('certificate not trusted:', false));
    await get();
    expect([requests.length, clock.now()]).toEqual([1, 10]);
  });

  it('gives a name up when the time since its first request would be over after the pause', async () => {
    const requestsIn = async (longestWait: number) => {
      const { get, requests, clock } = openClient(fail(408), longestWait);
      expect(await get()).toEqual({ failure: 'status 408', url });
      expect(clock.now()).toBeLessThan(longestWait);
      return requests.length;
    };
    // The requests are sent at 0, 200, 410 and 820 ms; after the last one, the pause is 800 ms.
    expect(await requestsIn(1629)).toBe(4);
    expect(await requestsIn(2200)).toBe(5);
  });

  it('gives a name up at the time that is set', async () => {
    const { get, times } = openClient(fail(408));
    await get([url], { end: 1300 });
    expect(times()).toEqual([0, 200, 410]);
  });

  it('does not ask again for a name whose registry has been given up', async () => {
    const { client, play, requests } = openClient(reset, 2000);
    const names = ['a', 'b', 'c', 'd'].map((name) => `https://rdap.example/domain/${name}.dev`);
    await play(Promise.all(names.map((name) => client.get([name], read))));
    const sent = requests.length;
    const found = await play(client.get([url], read));
    expect(found).toEqual({ failure: 'connection reset by rdap.example', url });
    expect(requests.length).toBeLessThanOrEqual(sent + 1);
  });
});

describe('createClient tells which registries it waits for', () => {
  it('as long as it waits', async () => {
    const { client, play } = openClient(notFound);
    expect(client.waitingFor()).toBeUndefined();
    const found = Promise.all([a, b].map((url) => client.get([url], read)));
    expect(client.waitingFor()).toBe('a.example, b.example');
    await play(found);
    expect(client.waitingFor()).toBeUndefined();
  });

  it('and how long until the next request, from a second on', async () => {
    const waiting = async (retryAfter: number) => {
      const { clock, client, play } = openClient(fail(429, retryAfter), 60_000);
      void client.get([url], read);
      await play(new Promise<void>((resolve) => clock.setTimer(200, resolve)));
      return client.waitingFor();
    };
    // The name is asked about again 10 ms and this time after the start, and the next one 400 ms after that.
    expect(await waiting(29_790)).toBe('rdap.example, next request in 30 s');
    expect(await waiting(790)).toBe('rdap.example, next request in 1.0 s');
    expect(await waiting(789)).toBe('rdap.example');
  });
});
