import { describe, expect, it } from 'vitest';
import {
  addToHistory,
  createTallies,
  createTally,
  representative,
  sumOf,
  type Tally,
  unanswerableShare,
} from '../../../../src/dns/resolver/round.js';
import { roundOf, talliesOf, tally } from '../rounds.js';

const shareOf = (first: Tally, second: Tally) => unanswerableShare(talliesOf({ first, second }));

describe('the share of the names that are to blame', () => {
  it('is nearly the share of names that are never answered, if the line loses nothing', () => {
    // A quarter. One of the second attempts might have been answered, and two more by chance: 3 of 250, so the loss may be 0.4 %.
    expect(shareOf(tally(1000, 250), tally(250, 250))).toBeCloseTo(1 - 0.75 / 0.996, 9);
    expect(shareOf(tally(1000, 250), tally(250, 250))).toBeCloseTo(0.25, 2);
  });

  it('is nearly that share if the line loses queries, too', () => {
    // A fifth of the names, and a quarter of the queries for the others: of 160,000 second attempts 60,000 are answered.
    expect(shareOf(tally(400_000, 160_000), tally(160_000, 100_000))).toBeCloseTo(0.2, 2);
  });

  it('is less by as much as chance explains: one answer more, and two standard deviations', () => {
    // 99 + 1 + 20 of 400 are 0.3, so the loss may be 0.3 * 0.4 / 0.6 = 0.2.
    expect(shareOf(tally(1000, 400), tally(400, 301))).toBeCloseTo(1 - 0.6 / 0.8, 9);
    // 3 of 16 may be answered, so the loss may be 0.1875 * 0.25 / 0.75 = 0.0625.
    expect(shareOf(tally(100, 25), tally(16, 16))).toBeCloseTo(1 - 0.75 / 0.9375, 9);
  });

  it.each([
    ['a tenth', tally(1000, 100), tally(100, 10)],
    ['half', tally(1000, 500), tally(500, 250)],
    ['seven tenths', tally(1000, 700), tally(700, 490)],
    ['a tenth, and of the second attempts somewhat more', tally(1000, 100), tally(100, 20)],
    ['seven tenths, and of the second attempts much less', tally(1000, 700), tally(100, 40)],
  ])('is nothing if the line alone loses %s', (_, first, second) => {
    expect(shareOf(first, second)).toBe(0);
  });

  it('is nothing if nothing is lost', () => {
    expect(shareOf(tally(1000, 0), tally(16, 0))).toBe(0);
  });

  it('is not told with fewer than 16 second attempts', () => {
    expect([15, 16].map((sent) => shareOf(tally(100, 25), tally(sent, sent)) > 0)).toEqual([false, true]);
  });

  it('is not told if no first attempt was answered, or if there was none', () => {
    expect(shareOf(tally(100, 100), tally(50, 50))).toBe(0);
    expect(shareOf(tally(0, 0), tally(50, 50))).toBe(0);
  });

  it('is told by what has an outcome, and not by proven attempts', () => {
    const history = talliesOf({ first: tally(100, 25), second: tally(16, 16), proven: tally(90, 40) });
    expect(unanswerableShare(history)).toBe(shareOf(tally(100, 25), tally(16, 16)));
  });
});

describe('what tells most about an upstream if names are to blame', () => {
  it('is the first attempts without the losses that are their share', () => {
    const round = roundOf({ first: tally(20, 8), second: tally(9, 1) });
    expect(representative(round, 0.25)).toEqual({ sent: 20, answered: 12, lost: 3 });
  });

  it('is the first attempts without more losses than there are', () => {
    expect(representative(roundOf({ first: tally(20, 4) }), 0.25)).toEqual({
      sent: 20,
      answered: 16,
      lost: 0,
    });
  });

  it('is the first attempts without the greater of that share and of the losses of second attempts', () => {
    // Of five second attempts three would be answered.
    const round = roundOf({ first: tally(20, 8), second: tally(5, 5) });
    expect([0.2, 0.35].map((blamed) => representative(round, blamed).lost)).toEqual([3, 1]);
  });

  it('is the first attempts even if there are fewer than four, as second ones are for those names', () => {
    expect(representative(roundOf({ first: tally(2, 1), second: tally(9, 3) }), 0.25)).toEqual({
      sent: 2,
      answered: 1,
      lost: 0.5,
    });
  });

  it('is the second attempts if there is no first one', () => {
    expect(representative(roundOf({ second: tally(9, 3) }), 0.25)).toEqual(tally(9, 3));
  });
});

describe('the history of an upstream', () => {
  it('is the sum of the rounds up to 512 first attempts', () => {
    const history = talliesOf({ first: tally(500, 50), second: tally(40, 10), proven: tally(3, 1) });
    const round = roundOf({ first: tally(12, 2), second: tally(4, 4), proven: tally(2, 1) });
    expect(addToHistory(history, round)).toEqual({
      first: tally(512, 52),
      second: tally(44, 14),
      proven: tally(5, 2),
    });
  });

  it('counts half with more first attempts than that', () => {
    const history = talliesOf({ first: tally(500, 50), second: tally(600, 100) });
    const round = roundOf({ first: tally(13, 2), second: tally(8, 4) });
    expect(addToHistory(history, round)).toMatchObject({ first: tally(256.5, 26), second: tally(304, 52) });
  });

  it('counts no less because of many second attempts', () => {
    const round = roundOf({ first: tally(5, 0), second: tally(900, 0) });
    expect(addToHistory(createTallies(), round).second).toEqual(tally(900, 0));
  });
});

describe('a tally', () => {
  it('has no queries at first', () => {
    expect(createTally()).toEqual({ sent: 0, answered: 0, lost: 0 });
    expect(createTallies()).toEqual({ first: createTally(), second: createTally(), proven: createTally() });
  });

  it('adds up with another one', () => {
    expect(sumOf(tally(9, 2, 4), tally(5, 1, 3))).toEqual({ sent: 14, answered: 7, lost: 3 });
  });
});
