import { describe, expect, it } from 'vitest';
import { fail, inTurn, notFound, type PlayedReply, reset, silent, unreachable } from '../../played.js';
import { a, b, openClient, read } from '../open-client.js';

describe('createClient and a registry that has been given up', () => {
  /** A client that has given `a.example` up: it has replied to three names in this way for 20 seconds. */
  async function giveUp(toA: PlayedReply, toB: PlayedReply = notFound) {
    const client = openClient((request) => (request.url.startsWith(a) ? toA : toB)(request), 8000);
    const names = ['1', '2', '3'].map((name) => a + name);
    for (let times = 0; times < 2; times++)
      await client.play(Promise.all(names.map((name) => client.client.get([name], read))));
    return client;
  }

  it('returns its failure at once, even if the name has time', async () => {
    const { get, clock, requests } = await giveUp(reset);
    const [now, sent] = [clock.now(), requests.length];
    const found = await get([a], { end: now + 5000 });
    expect(found).toEqual({ failure: 'connection reset by a.example', url: a });
    expect([clock.now(), requests.length]).toEqual([now, sent]);
  });

  it('gives the next server all of the time', async () => {
    const { client, clock, play, requests } = await giveUp(reset, inTurn(silent, notFound));
    // This name tries whether the registry answers again, so that the next one is not sent there.
    void client.get([`${a}4`], read);
    const [now, sent] = [clock.now(), requests.length];
    expect(await play(client.get([a, b], read))).toEqual({ status: 404, url: b });
    const times = requests
      .slice(sent)
      .filter(({ url }) => url === b)
      .map(({ time }) => time - now);
    expect(times).toEqual([0, 4100]);
  });
});

describe('createClient and several servers', () => {
  it.each([
    ['fails', fail(500)],
    ['gives no answer', fail(501)],
    ['refuses', fail(429)],
    ['is reset', reset],
  ])('asks the next one at once if one %s', async (_what, fault) => {
    const { get, hosts, times } = openClient((request) => (request.url === a ? fault : notFound)(request));
    expect(await get([a, b])).toEqual({ status: 404, url: b });
    expect([hosts(), times()]).toEqual([
      ['a.example', 'b.example'],
      [0, 10],
    ]);
  });

  it('leaves half of a share of the time to each', async () => {
    const { get, times } = openClient(silent, 8000);
    expect(await get([a, b])).toMatchObject({ failure: 'no answer in time from b.example' });
    // 8 seconds: a quarter for the first one, half of the rest for the second one, and a pause.
    expect(times().slice(0, 3)).toEqual([0, 2000, 5100]);
  });

  it('asks again only those that may answer later', async () => {
    const { get, hosts } = openClient((request) =>
      (request.url === a ? inTurn(reset, notFound) : unreachable('certificate not trusted:', false))(request),
    );
    expect(await get([a, b])).toEqual({ status: 404, url: a });
    expect(hosts()).toEqual(['a.example', 'b.example', 'a.example']);
  });

  it('returns the last failure', async () => {
    const { get } = openClient((request) => unreachable('certificate not trusted:', false)(request));
    expect(await get([a, b])).toEqual({ failure: 'certificate not trusted: b.example', url: b });
  });
});
