import { describe, expect, it } from 'vitest';
import {
  addRound,
  createRound,
  isEmpty,
  isExcessive,
  isSettled,
  recordProven,
  representative,
  sentOf,
  sentRate,
} from '../../../src/dns/resolver/round.js';
import { roundOf, talliesOf, tally } from './rounds.js';

describe('a round of queries', () => {
  it('has no queries and no outcome at first', () => {
    expect(createRound(3, 70)).toEqual({
      setting: 3,
      startedAt: 70,
      lastSentAt: 70,
      isClosed: false,
      isOver: false,
      wasTooMuch: false,
      first: tally(0, 0),
      second: tally(0, 0),
      proven: tally(0, 0),
      later: tally(0, 0),
    });
  });

  it('is empty until any attempt is sent', () => {
    expect(isEmpty(createRound(0, 0))).toBe(true);
    for (const order of ['first', 'second', 'later'])
      expect(isEmpty(roundOf({ [order]: tally(1, 0) }))).toBe(false);
    expect(isEmpty(roundOf({ first: tally(1, 0), second: tally(1, 0) }))).toBe(false);
    expect(isEmpty(roundOf({ first: tally(1, 0), later: tally(1, 0) }))).toBe(false);
  });

  it('counts first and second attempts, but not later ones', () => {
    expect(sentOf(roundOf({ first: tally(5, 0), second: tally(2, 0), later: tally(9, 0) }))).toBe(7);
  });

  it('is settled when first and second attempts all have an outcome', () => {
    expect(isSettled(roundOf({ first: tally(5, 2), second: tally(2, 2) }))).toBe(true);
    expect(isSettled(roundOf({ first: tally(5, 2, 2) }))).toBe(false);
    expect(isSettled(roundOf({ second: tally(5, 0, 4) }))).toBe(false);
  });

  it('is settled without the outcomes of later attempts only if it has at least eight others', () => {
    const isSettledWith = (second: number, later: ReturnType<typeof tally>) =>
      isSettled(roundOf({ first: tally(5, 2), second: tally(second, 0), later }));
    expect([isSettledWith(2, tally(9, 3, 5)), isSettledWith(2, tally(9, 3))]).toEqual([false, true]);
    expect(isSettledWith(3, tally(9, 3, 5))).toBe(true);
  });

  it('was sent at the rate of all its queries, measured over at least 100 ms', () => {
    const queries = { first: tally(10, 0), second: tally(6, 0), later: tally(4, 4) };
    expect(sentRate(roundOf({ ...queries, time: 200 }))).toBe(100);
    expect(sentRate(roundOf({ ...queries, time: 1 }))).toBe(200);
  });

  it('adds up with other rounds by the order of the attempts', () => {
    const sum = addRound(
      { first: tally(5, 1), second: tally(3, 2), proven: tally(6, 3) },
      roundOf({ first: tally(4, 4), second: tally(1, 0), proven: tally(2, 1) }),
    );
    expect(sum).toEqual({ first: tally(9, 5), second: tally(4, 2), proven: tally(8, 4) });
  });

  it('has the proven attempts of each answer to a later one: this one and those that were lost before', () => {
    const round = roundOf({});
    recordProven(round, 2);
    recordProven(round, 0);
    expect(round.proven).toEqual(tally(4, 2));
  });
});

describe('what tells most about an upstream', () => {
  it('is the first attempts, if there are at least four of them', () => {
    expect(representative(roundOf({ first: tally(4, 3), second: tally(9, 3) }), 0)).toEqual(tally(4, 3));
  });

  it('is first and second attempts together, if there are fewer first ones', () => {
    expect(representative(roundOf({ first: tally(3, 3), second: tally(9, 1) }), 0)).toEqual(tally(12, 4));
  });

  it('is these and the proven ones together, if there are fewer than eight of them', () => {
    const round = (second: number) =>
      roundOf({ first: tally(3, 3), second: tally(second, 1), proven: tally(9, 2) });
    expect(representative(round(4), 0)).toEqual(tally(16, 6));
    expect(representative(round(5), 0)).toEqual(tally(8, 4));
    expect(representative(round(4), 0, round(5))).toEqual(tally(7, 4));
  });

  it('is the first attempts of a short round, if all rounds together have enough of them', () => {
    const all = talliesOf({ first: tally(4, 1) });
    expect(representative(roundOf({ first: tally(1, 1), second: tally(9, 9) }), 0, all)).toEqual(tally(1, 1));
  });

  it('leaves out as many losses of first attempts as of second ones if names are to blame', () => {
    // Of 20 first attempts 12 were answered, so of five second ones three were to be expected.
    const round = roundOf({ first: tally(20, 8), second: tally(5, 5) });
    expect(representative(round, 0)).toEqual({ sent: 20, answered: 12, lost: 3 });
  });

  it('leaves out no more losses than there are', () => {
    expect(representative(roundOf({ first: tally(10, 4), second: tally(6, 6) }), 0).lost).toBe(0);
  });
});

describe('the names that are asked for', () => {
  const lost = (first: ReturnType<typeof tally>, second: ReturnType<typeof tally>) =>
    representative(roundOf({ first, second }), 0).lost;

  it('are not to blame if fewer than 2.5 answers to second attempts were to be expected', () => {
    // 6 of 10 times 4 are 2.4; 5 of 8 times 4 are 2.5.
    expect(lost(tally(10, 4), tally(4, 4))).toBe(4);
    expect(lost(tally(8, 3), tally(4, 4))).toBe(0);
  });

  it('are to blame if at most a quarter of the answers that were to be expected to second attempts came', () => {
    // Half of eight are four: one came, or two.
    expect(lost(tally(20, 10), tally(8, 7))).toBe(3);
    expect(lost(tally(20, 10), tally(8, 6))).toBe(10);
  });

  it('are to blame even if there are fewer than four first attempts, but not if there is none', () => {
    expect(representative(roundOf({ first: tally(3, 0), second: tally(4, 4) }), 0)).toEqual(tally(3, 0));
    expect(representative(roundOf({ second: tally(4, 4) }), 0)).toEqual(tally(4, 4));
  });

  it('are evaluated by all rounds together', () => {
    const all = talliesOf({ first: tally(20, 8), second: tally(5, 5) });
    expect(representative(talliesOf({ first: tally(10, 4), second: tally(1, 1) }), 0, all).lost).toBe(3);
    expect(representative(all, 0, talliesOf({ first: tally(9, 0) }))).toEqual(tally(20, 8));
  });
});

describe('losses', () => {
  it('are excessive beyond the mean and two standard deviations of what a line loses', () => {
    // 4 % of 100 are 4, and the standard deviation is 2; 6 % of 100 are 6, and it is 2.45; with 10 % they are 10 and 3.2.
    expect([8, 9].map((lost) => isExcessive(tally(100, lost), 0.04))).toEqual([false, true]);
    expect([10, 11].map((lost) => isExcessive(tally(100, lost), 0.06))).toEqual([false, true]);
    expect([16, 17].map((lost) => isExcessive(tally(100, lost), 0.1))).toEqual([false, true]);
  });

  it('are never excessive if there are fewer than four', () => {
    expect([3, 4].map((lost) => isExcessive(tally(lost, lost), 0.06))).toEqual([false, true]);
  });
});
