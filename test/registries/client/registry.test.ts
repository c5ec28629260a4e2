import { describe, expect, it } from 'vitest';
import { fail, found, inTurn, notFound, reset } from '../played.js';
import { manyNames, names, openRegistry } from './open-registry.js';

/** A limit that does not matter. */
const generous = { requests: 1000, seconds: 1 };

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

  it('sends nothing before that time for names that have waited for their slots, either', async () => {
    const { askAll, requests } = openRegistry((request) =>
      (request.name === 'a' ? fail(429, 5000) : found)(request),
    );
    await askAll(['a', 'b', 'c', 'd']);
    const [first, ...others] = requests.map(({ time }) => time);
    expect(first).toBe(0);
    expect(others).toEqual([5010, 5410, 5810]);
  });

  it('stays the same after failures without a response', async () => {
    const { ask, requests } = openRegistry(reset);
    for (let count = 0; count < 3; count++) await ask('x');
    expect(requests.map(({ time }) => time)).toEqual([0, 200, 400]);
  });

  it.each([200, 400, 404, 408, 410])('takes status %i for no refusal', async (status) => {
    const { ask, registry } = openRegistry(fail(status, 60_000));
    await ask();
    expect(registry.untilNextRequest()).toBe(190);
  });

  it.each([401, 403, 429, 451, 500, 502, 503, 504])('asks more slowly after status %i', async (status) => {
    const { ask, requests } = openRegistry(fail(status));
    for (let count = 0; count < 3; count++) await ask(`x${count}`);
    // Each answer is there 10 ms after its request.
    expect(requests.slice(0, 3).map(({ time }) => time)).toEqual([0, 410, 1220]);
  });

  it.each([401, 403, 451])('asks no more slowly after status %i if that is an answer', async (status) => {
    const { ask, registry } = openRegistry(fail(status, 60_000), { isAnswer: () => true });
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

  it('lets an urgent name wait as long, and go before new names', async () => {
    const { ask, registry, play, requests } = openRegistry(inTurn(fail(429, 30_000), found));
    await ask('x');
    const url = 'https://rdap.example/domain/urgent.dev';
    const waiting = names.map((name) => registry.get(`https://rdap.example/domain/${name}.dev`));
    const urgent = registry.get(url, undefined, 1, true);
    await play(urgent);
    expect(requests.findIndex((request) => request.name === 'urgent')).toBeLessThanOrEqual(5);
    await play(Promise.all(waiting));
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
