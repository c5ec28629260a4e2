import { describe, expect, it } from 'vitest';
import { fail, found, type PlayedReply, reset, silent, unreachable, webPage } from '../../played.js';
import { manyNames, names, openRegistry } from '../open-registry.js';

const untrusted = unreachable('certificate not trusted:', false);

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

  it.each([401, 403, 451])('stops asking one that always says %i, and does not wait', async (status) => {
    const { askAll, ask, clock, play, requests } = openRegistry(fail(status));
    for (const result of await askAll(manyNames)) expect(result).toMatchObject({ status });
    expect(clock.now()).toBeLessThan(10_000);
    expect(requests.length).toBeLessThan(8);
    for (let count = 0; count < 10; count++) {
      await play(new Promise<void>((resolve) => clock.setTimer(20_000, resolve)));
      expect(await ask(`late${count}`)).toMatchObject({ status });
    }
    expect(requests.length).toBeLessThan(8);
  });

  it('does not let names wait for slots of one that always says 500 when it is given up', async () => {
    const { askAll, clock } = openRegistry(fail(500), { longestWait: 5000 });
    for (const result of await askAll(manyNames)) expect(result).toMatchObject({ status: 500 });
    expect(clock.now()).toBeLessThan(10_000);
  });

  it('asks one on that refuses some names', async () => {
    const { askAll, requests } = openRegistry((request) =>
      (Number(request.name.slice(1)) % 2 === 1 ? fail(403) : found)(request),
    );
    await askAll(manyNames.slice(0, 40));
    expect(requests).toHaveLength(40);
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
    ['other statuses', fail(410)],
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
