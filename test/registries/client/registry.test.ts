import { describe, expect, it } from 'vitest';
import { createRegistry } from '../../../src/registries/client/registry.js';
import type { RequestLimit } from '../../../src/registries/client/request-pacing.js';
import {
  fail,
  found,
  inTurn,
  notFound,
  type PlayedReply,
  playRegistries,
  reset,
  silent,
  unreachable,
  webPage,
} from '../played.js';

interface Options {
  readonly longestWait?: number;
  readonly limit?: RequestLimit;
  readonly delay?: number;
}

/** A limit that does not matter. */
const generous = { requests: 1000, seconds: 1 };
const untrusted = unreachable('certificate not trusted:', false);

/** A client for a played registry. */
function openRegistry(reply: PlayedReply, { longestWait = 10_000, limit, delay }: Options = {}) {
  const played = playRegistries(reply, delay);
  const { clock, play, send } = played;
  const registry = createRegistry(longestWait, { send, limit }, clock);
  const get = (name: string, left?: number, share?: number) =>
    registry.get(`https://rdap.example/domain/${name}.dev`, left && clock.now() + left, share);
  return {
    ...played,
    registry,
    get,
    ask: async (name = 'x') => (await play(get(name))).result,
    askAgain: (name = 'x', left = 10_000, share?: number) => play(get(name, left, share)),
    askAll: (names: readonly string[]) =>
      play(Promise.all(names.map(async (name) => (await get(name)).result))),
  };
}

const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const manyNames = Array.from({ length: 1000 }, (_, index) => `x${index}`);

describe('createRegistry', () => {
  it('returns each response, whatever its status, and when it was asked for', async () => {
    const { get, play, clock, requests } = openRegistry(fail(500));
    await play(new Promise<void>((resolve) => clock.setTimer(70, resolve)));
    expect(await play(get('x'))).toMatchObject({ result: { status: 500 }, sentAt: 70 });
    expect(requests).toHaveLength(1);
  });

  it('has at most 4 requests in flight', async () => {
    const { askAll, peak } = openRegistry(notFound, { limit: generous, delay: 1000 });
    for (const result of await askAll(names)) expect(result).toMatchObject({ status: 404 });
    expect(peak()).toBe(4);
  });

  it('has at most 4 requests in flight for names that are asked about again', async () => {
    const { get, play, peak } = openRegistry(notFound, { limit: generous, delay: 1000 });
    await play(Promise.all(names.map((name) => get(name, 10_000))));
    expect(peak()).toBe(4);
  });

  it('lets a name that is asked about again go before those that have not been asked about', async () => {
    const { get, play, requests } = openRegistry(notFound, { limit: generous, delay: 1000 });
    const results = manyNames.slice(0, 20).map((name) => get(name));
    await play(Promise.all([get('again', 10_000), ...results]));
    expect(requests.findIndex(({ name }) => name === 'again')).toBeLessThan(5);
  });

  it('is busy while a document is waited for', async () => {
    const { registry, get, play } = openRegistry(notFound);
    expect(registry.isBusy()).toBe(false);
    for (const left of [undefined, 10_000]) {
      const result = get('x', left);
      expect(registry.isBusy()).toBe(true);
      await play(result);
      expect(registry.isBusy()).toBe(false);
    }
  });
});

describe('createRegistry and the pace of requests', () => {
  it('adapts to a registry that publishes no limit', async () => {
    const { ask, requests } = openRegistry(inTurn(fail(429, 0), notFound));
    for (let count = 0; count < 5; count++) await ask('x');
    // The refusal doubles the spacing of 200 ms, and each answer takes a tenth away.
    expect(requests.map(({ time }) => time)).toEqual([0, 200, 600, 960, 1284]);
  });

  it('keeps to the limit that a registry publishes', async () => {
    const { askAll, requests } = openRegistry(notFound, { limit: { requests: 2, seconds: 1 } });
    await askAll(['a', 'b', 'c']);
    expect(requests.map(({ time }) => time)).toEqual([0, 500, 1000]);
  });

  it.each([429, 503])(
    'does not ask before the time that the registry names with status %i',
    async (status) => {
      const { askAll, requests } = openRegistry(fail(status, 1000), { delay: 500 });
      await askAll(['a']);
      await askAll(['b']);
      expect(requests.map(({ time }) => time)).toEqual([0, 1500]);
    },
  );

  it('stays the same after failures without a response', async () => {
    const { ask, requests } = openRegistry(reset);
    for (let count = 0; count < 3; count++) await ask('x');
    expect(requests.map(({ time }) => time)).toEqual([0, 200, 400]);
  });

  it.each([200, 404, 500, 502])('takes status %i for no refusal', async (status) => {
    const { ask, registry } = openRegistry(fail(status, 60_000));
    await ask();
    expect(registry.untilNextRequest()).toBe(190);
  });

  it('lets a new name wait for its slot for 40 seconds, or for the longest wait if that is longer', async () => {
    const answers = async (seconds: number, longestWait: number) => {
      const { ask } = openRegistry(inTurn(fail(429, seconds * 1000)), { longestWait });
      await ask('x');
      return (await ask('y')) !== undefined;
    };
    expect([await answers(40, 10_000), await answers(41, 10_000)]).toEqual([true, false]);
    expect([await answers(60, 60_000), await answers(61, 60_000)]).toEqual([true, false]);
  });

  it('asks about a name again only if half a second is left when its slot comes', async () => {
    const again = async (left: number) => {
      const { ask, askAgain } = openRegistry(inTurn(fail(429, 2000)));
      await ask();
      return askAgain('x', left);
    };
    expect(await again(2499)).toEqual({});
    expect(await again(2500)).toMatchObject({ sentAt: 2010 });
  });

  it('asks about a name again if a quarter of a short longest wait is left', async () => {
    const again = async (left: number) => {
      const { ask, askAgain } = openRegistry(notFound, { longestWait: 400 });
      await ask();
      return askAgain('x', left);
    };
    expect(await again(289)).toEqual({});
    expect(await again(290)).toMatchObject({ sentAt: 200 });
  });
});

describe('createRegistry and a registry that is silent', () => {
  const timeOf = async (longestWait: number, left?: number, share?: number) => {
    const { get, play, clock } = openRegistry(silent, { longestWait });
    const { result } = await play(get('x', left, share));
    expect(result).toMatchObject({ failure: 'no answer in time from rdap.example', transient: true });
    return clock.now();
  };

  it('waits for half of the time that a name has, and leaves the rest for another try', async () => {
    expect(await timeOf(8000)).toBe(4000);
    expect(await timeOf(8000, 3000)).toBe(1500);
  });

  it('waits for no longer than 10 seconds, and at least a millisecond', async () => {
    expect(await timeOf(60_000)).toBe(10_000);
    expect(await timeOf(1)).toBe(1);
  });

  it('waits for its share of the time if there are other servers', async () => {
    expect(await timeOf(8000, undefined, 0.5)).toBe(2000);
    expect(await timeOf(8000, 4000, 0.25)).toBe(500);
  });
});

describe('createRegistry and a registry that does not answer', () => {
  it.each([
    ['resets every connection', reset],
    ['always says 500', fail(500)],
    ['always says 429', fail(429, 0)],
    ['never sends anything', silent],
  ])('does not ask one that %s about a thousand names', async (_what, reply) => {
    const { askAll, requests } = openRegistry(reply);
    for (const result of await askAll(manyNames)) expect(result).toBeDefined();
    expect(requests.length).toBeLessThan(30);
  });

  it('does not wait to give up one whose certificate is not trusted', async () => {
    const { askAll, clock, requests } = openRegistry(untrusted, { longestWait: 3_600_000 });
    for (const result of await askAll(manyNames))
      expect(result).toEqual({
        ...{ failure: 'certificate not trusted: rdap.example', transient: false, responded: false },
      });
    expect(clock.now()).toBeLessThan(2000);
    expect(requests.length).toBeLessThan(8);
  });

  it('gives names that were asked about before the last failure, too, without a request', async () => {
    const { askAgain, askAll, requests } = openRegistry(untrusted);
    await askAll(names);
    const sent = requests.length;
    const { result, sentAt } = await askAgain('a');
    expect(result).toMatchObject({ failure: 'certificate not trusted: rdap.example' });
    expect([sentAt, requests.length]).toEqual([undefined, sent]);
  });

  it('asks it again when it answers again', async () => {
    let isAway = true;
    const { ask, askAll, requests } = openRegistry((request) => (isAway ? reset : found)(request), {
      longestWait: 2000,
    });
    await askAll(names);
    isAway = false;
    expect(await ask('x')).toMatchObject({ status: 200 });
    const sent = requests.length;
    for (const result of await askAll(names)) expect(result).toMatchObject({ status: 200 });
    expect(requests).toHaveLength(sent + names.length);
  });

  it.each<[string, PlayedReply]>([
    ['too long', () => ({ failure: 'sends more than 1 MiB', transient: false, responded: true })],
    ['not RDAP', webPage],
    ['other statuses', fail(403)],
  ])('goes on asking one whose answers are %s', async (_what, odd) => {
    const { ask, askAll, requests } = openRegistry((request) =>
      (request.name === 'good' ? found : odd)(request),
    );
    await askAll(names);
    expect(await ask('good')).toMatchObject({ status: 200 });
    expect(requests).toHaveLength(7);
  });

  it('goes on asking one that fails for one name', async () => {
    const { ask, askAgain, askAll } = openRegistry((request) =>
      (request.name === 'bad' ? reset : found)(request),
    );
    await ask('bad');
    for (let tries = 0; tries < 5; tries++) await askAgain('bad');
    for (const result of await askAll(names)) expect(result).toMatchObject({ status: 200 });
  });
});
