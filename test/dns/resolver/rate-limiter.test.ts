import { describe, expect, it } from 'vitest';
import { createRateLimiter, type RateLimiter } from '../../../src/dns/resolver/rate-limiter.js';
import { createManualClock } from '../../helpers/manual-clock.js';

/** Creates a limiter of 10 queries a second whose first token has been taken at 0 ms. */
function usedUp() {
  const clock = createManualClock();
  const limiter = createRateLimiter(10, clock);
  limiter.tryTake();
  /** The names of those who sent something, in order. */
  const sent: string[] = [];
  /** Somebody who has so many queries to send. */
  const waiter = (name: string, count: number, hasPriority = false) => {
    let left = count;
    const each = {
      hasPriority: () => hasPriority,
      dispatch() {
        for (; left > 0 && limiter.tryTake(); left--) sent.push(name);
        if (left > 0) limiter.wait(each);
      },
    };
    return each;
  };
  return { clock, limiter, sent, waiter };
}

/** Takes all tokens that there are now, and returns how many. */
function takeAll(limiter: RateLimiter): number {
  let count = 0;
  // Without a limit, there would be no end.
  while (count < 1000 && limiter.tryTake()) count++;
  return count;
}

describe('a rate limiter', () => {
  it('gives a token at first, and then one at a time at its rate', () => {
    const { clock, limiter } = usedUp();
    expect([limiter.hasToken(), limiter.tryTake()]).toEqual([false, false]);
    clock.pass(99);
    expect([limiter.hasToken(), limiter.tryTake()]).toEqual([false, false]);
    clock.pass(1);
    expect([limiter.hasToken(), limiter.hasToken(), takeAll(limiter)]).toEqual([true, true, 1]);
  });

  it('lets 25 ms be made up for', () => {
    const clock = createManualClock();
    const limiter = createRateLimiter(1000, clock);
    takeAll(limiter);
    clock.pass(20);
    expect(takeAll(limiter)).toBe(20);
    clock.pass(60_000);
    expect(takeAll(limiter)).toBe(25);
  });

  it('says how many queries a second it allows', () => {
    expect(createRateLimiter(12, createManualClock()).rate).toBe(12);
  });

  it('always gives a token if there is no limit, even if somebody waits', () => {
    const limiter = createRateLimiter(Number.POSITIVE_INFINITY, createManualClock());
    limiter.wait({ hasPriority: () => false, dispatch() {} });
    for (let query = 0; query < 1000; query++) expect(limiter.tryTake()).toBe(true);
    expect(limiter.hasToken()).toBe(true);
  });
});

describe('those who wait for a token of a rate limiter', () => {
  it('send as soon as there is one', () => {
    const { clock, limiter, sent, waiter } = usedUp();
    limiter.wait(waiter('a', 1));
    clock.pass(99);
    expect([sent, limiter.isWaitedFor()]).toEqual([[], true]);
    clock.pass(1);
    expect([sent, limiter.isWaitedFor()]).toEqual([['a'], false]);
  });

  it('may wait again later, and tokens come back to those who do not wait', () => {
    const { clock, limiter, sent, waiter } = usedUp();
    for (const name of ['a', 'b']) {
      limiter.wait(waiter(name, 1));
      clock.pass(100);
    }
    expect(sent).toEqual(['a', 'b']);
    clock.pass(100);
    expect(limiter.hasToken()).toBe(true);
  });

  it('come before those who do not wait', () => {
    const { clock, limiter, waiter } = usedUp();
    clock.pass(50);
    limiter.wait(waiter('a', 1));
    clock.pass(50);
    expect([limiter.hasToken(), limiter.tryTake()]).toEqual([false, false]);
  });

  it('send in turn, one query each', () => {
    const { clock, limiter, sent, waiter } = usedUp();
    limiter.wait(waiter('a', 2));
    limiter.wait(waiter('b', 2));
    clock.pass(400);
    expect(sent).toEqual(['a', 'b', 'a', 'b']);
  });

  it('send first if they have priority', () => {
    const { clock, limiter, sent, waiter } = usedUp();
    limiter.wait(waiter('a', 1));
    limiter.wait(waiter('canary', 1, true));
    clock.pass(200);
    expect(sent).toEqual(['canary', 'a']);
  });

  it('send as many queries as there are tokens', () => {
    const clock = createManualClock();
    const limiter = createRateLimiter(4000, clock);
    takeAll(limiter);
    let taken = 0;
    limiter.wait({
      hasPriority: () => false,
      dispatch: () => {
        taken = takeAll(limiter);
      },
    });
    clock.pass(1);
    expect(taken).toBe(4);
  });

  it('are asked for what they have to send only when there is a token', () => {
    const clock = createManualClock();
    let late = 0;
    const limiter = createRateLimiter(80, { ...clock, now: () => clock.now() + late });
    takeAll(limiter);
    let asked = 0;
    const waiter = {
      hasPriority: () => ++asked > 100,
      dispatch() {
        limiter.tryTake();
        limiter.wait(waiter);
      },
    };
    limiter.wait(waiter);
    // In 25 ms two tokens come back. It is asked before each, and once more when they are spent; the next one comes after 12.5 ms.
    late = 12.5;
    clock.pass(12.5);
    expect(asked).toBe(3);
    clock.pass(12);
    expect(asked).toBe(3);
  });

  it('wait once, however often they say so, and with one timer', () => {
    const { clock, limiter, sent, waiter } = usedUp();
    const each = waiter('a', 1);
    for (let call = 0; call < 3; call++) limiter.wait(each);
    expect(clock.timers()).toBe(1);
    clock.pass(1000);
    expect([sent, clock.timers()]).toEqual([['a'], 0]);
  });

  it('leave the token to the next one if they have nothing to send any more', () => {
    const { clock, limiter, sent, waiter } = usedUp();
    limiter.wait(waiter('nothing', 0));
    limiter.wait(waiter('a', 1));
    clock.pass(100);
    expect(sent).toEqual(['a']);
  });

  it('may be nobody when it is closed', () => {
    const { clock, limiter } = usedUp();
    limiter.close();
    expect(clock.timers()).toBe(0);
  });

  it('are forgotten when it is closed', () => {
    const { clock, limiter, sent, waiter } = usedUp();
    limiter.wait(waiter('a', 1));
    limiter.close();
    expect([limiter.isWaitedFor(), clock.timers()]).toEqual([false, 0]);
    clock.pass(1000);
    expect(sent).toEqual([]);
  });
});
