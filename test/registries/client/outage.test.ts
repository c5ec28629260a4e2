import { describe, expect, it } from 'vitest';
import { createOutage, type Outage } from '../../../src/registries/client/outage.js';
import type { HttpResult } from '../../../src/util/http.js';
import { createVirtualClock } from '../../simulation/virtual-clock.js';

const transient: HttpResult = { failure: 'connection reset', transient: true, responded: false };
const permanent: HttpResult = { failure: 'certificate not trusted', transient: false, responded: false };
const internalError: HttpResult = {
  ...{ url: 'https://rdap.example/', host: 'rdap.example', status: 500, retryAfter: undefined },
  body: Buffer.alloc(0),
};

/** The watch of a registry, after failures of these names. */
function createWatch(failed: readonly string[] = [], result = transient, longestWait = 20_000) {
  const clock = createVirtualClock();
  const outage = createOutage(longestWait, clock);
  const pass = async (milliseconds: number) => {
    const passed = new Promise<void>((resolve) => clock.setTimer(milliseconds, resolve));
    await clock.play(passed, Number.POSITIVE_INFINITY);
  };
  const fail = (names: readonly string[], failure = result) => {
    for (const name of names) outage.failed(name, clock.now(), failure);
  };
  fail(failed);
  /** Takes a turn, and returns how long that took, or the failure. */
  const turn = async () => {
    const before = clock.now();
    const taken = outage.turn();
    await clock.play(taken, Number.POSITIVE_INFINITY);
    return (await taken) ?? clock.now() - before;
  };
  return { clock, outage, fail, pass, turn };
}

const three = ['a', 'b', 'c'];

describe('createOutage', () => {
  it('gives all names their turn at once while the registry answers', async () => {
    const { turn } = createWatch();
    for (let names = 0; names < 5; names++) expect(await turn()).toBe(0);
  });

  it.each([
    ['two names', ['a', 'b']],
    ['one name, however often', ['a', 'a', 'a', 'a']],
  ])('gives names their turn at once if %s failed', async (_what, failed) => {
    const { turn } = createWatch(failed);
    for (let names = 0; names < 3; names++) expect(await turn()).toBe(0);
  });

  it('gives one name its turn each second after three names failed', async () => {
    const { outage, turn } = createWatch(three);
    expect([await turn(), await turn(), await turn()]).toEqual([0, 1000, 1000]);
    outage.answered();
    expect(await turn()).toBe(0);
  });

  it('counts the second from the end of the last turn', async () => {
    const { outage, pass, turn } = createWatch(three);
    await turn();
    await pass(600);
    outage.endTurn();
    expect(await turn()).toBe(1000);
  });

  it('gives twenty names their turn in a short longest wait', async () => {
    const { turn } = createWatch(three, transient, 2000);
    expect([await turn(), await turn()]).toEqual([0, 100]);
  });

  it('lets a waiting name go ahead soon after an answer', async () => {
    const { clock, outage, turn } = createWatch(three);
    await turn();
    clock.setTimer(301, outage.answered);
    expect(await turn()).toBe(350);
  });
});

describe('createOutage gives a registry up', () => {
  it('if nothing was answered for the longest wait', async () => {
    const { outage, fail, pass } = createWatch(three);
    await pass(19_999);
    fail(['d']);
    expect(outage.givenUp()).toBeUndefined();
    await pass(1);
    expect(outage.givenUp()).toBe(transient);
  });

  it('if nothing was answered since the first failed request was sent', async () => {
    const { outage, pass, clock } = createWatch();
    await pass(20_000);
    for (const name of three) outage.failed(name, 0, internalError);
    expect(clock.now()).toBe(20_000);
    expect(outage.givenUp()).toBe(internalError);
  });

  it('at once if the last failure is permanent', () => {
    expect(createWatch(three, permanent).outage.givenUp()).toBe(permanent);
    expect(createWatch(three, internalError).outage.givenUp()).toBeUndefined();
  });

  it('not after failures of two names only', async () => {
    const { outage, pass } = createWatch(['a', 'b'], permanent);
    await pass(15_000);
    expect(outage.givenUp()).toBeUndefined();
  });

  it('and not any more after an answer', () => {
    const { outage, fail } = createWatch(three, permanent);
    outage.answered();
    fail(['a', 'b']);
    expect(outage.givenUp()).toBeUndefined();
  });

  it('and gives the last failure to all names but one at a time', async () => {
    const { outage, turn } = createWatch(three, permanent);
    expect(await turn()).toBe(0);
    expect([await turn(), await turn()]).toEqual([permanent, permanent]);
    outage.endTurn();
    expect(await turn()).toBe(permanent);
  });

  it('and lets a name try after each interval', async () => {
    const { outage, pass, turn } = createWatch(three, permanent);
    await turn();
    await pass(5000);
    expect(await turn()).toBe(permanent);
    outage.endTurn();
    await pass(999);
    expect(await turn()).toBe(permanent);
    await pass(1);
    expect(await turn()).toBe(0);
  });

  it('while a name waits for its turn', async () => {
    const { clock, fail, turn } = createWatch(three);
    await turn();
    clock.setTimer(100, () => fail(['d'], permanent));
    expect(await turn()).toBe(permanent);
  });
});

describe('createOutage and a registry that refuses whoever asks', () => {
  const refused: HttpResult = { ...internalError, status: 403 };
  const four = [...three, 'd'];

  it('gives it up at once, and for good after five refusals in a row', async () => {
    const { outage, fail, pass, turn } = createWatch(four, refused);
    expect(outage.givenUp()).toBe(refused);
    await pass(20_001);
    expect(outage.givenUp()).toBeUndefined();
    fail(['e']);
    await pass(3_600_000);
    expect([outage.givenUp(), await turn(), await turn()]).toEqual([refused, refused, refused]);
    outage.answered();
    expect(outage.givenUp()).toBe(refused);
  });

  it.each([
    ['an answer', (outage: Outage) => outage.answered()],
    ['another failure', (outage: Outage) => outage.failed('x', 0, transient)],
  ])('does not count those before %s', async (_what, between) => {
    const { outage, fail, pass } = createWatch(four, refused);
    between(outage);
    fail(four);
    await pass(20_001);
    expect(outage.givenUp()).toBeUndefined();
  });
});

describe('createOutage forgets failures', () => {
  it('after a pause of the longest wait', async () => {
    const { outage, pass } = createWatch(three, permanent);
    await pass(20_000);
    expect(outage.givenUp()).toBe(permanent);
    await pass(1);
    expect(outage.givenUp()).toBeUndefined();
  });

  it('after ten seconds if the longest wait is shorter', async () => {
    const { outage, pass } = createWatch(three, permanent, 500);
    await pass(10_000);
    expect(outage.givenUp()).toBe(permanent);
    await pass(1);
    expect(outage.givenUp()).toBeUndefined();
  });

  it('so that the longest wait begins anew', async () => {
    const { outage, fail, pass } = createWatch(three);
    await pass(20_001);
    expect(outage.givenUp()).toBeUndefined();
    fail(three);
    expect(outage.givenUp()).toBeUndefined();
  });
});
