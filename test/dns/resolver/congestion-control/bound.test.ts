import { describe, expect, it } from 'vitest';
import {
  type CongestionControl,
  createCongestionControl,
} from '../../../../src/dns/resolver/congestion-control.js';
import { isUnlimited } from '../../../../src/dns/resolver/rate-control.js';
import type { Round } from '../../../../src/dns/resolver/round.js';
import { answer, answerLate, boundedControl, forget, lose, refuse, send } from '../congesting.js';
import { mixedHistory } from '../rounds.js';

const unbounded = Number.POSITIVE_INFINITY;

describe('a window that refusals have bounded', () => {
  it('is bounded again by each further refusal of a round that has lost too much', () => {
    const { control, round } = boundedControl();
    refuse(control, round, 1, 25, 1);
    expect(control).toMatchObject({ window: 25, threshold: 25 });
    refuse(control, round, 1, 3, 4);
    expect(control).toMatchObject({ window: 4, threshold: 4 });
  });

  it('is not bounded again by refusals of another round until that one has lost too much', () => {
    const { control } = boundedControl();
    const round = send(control, 25, 2);
    // 6 % of 25 and two standard deviations are 3.9.
    refuse(control, round, 3, 20, 3);
    expect(control).toMatchObject({ window: 30, threshold: 30 });
    refuse(control, round, 1, 20, 3);
    expect(control).toMatchObject({ window: 20, threshold: 20 });
  });

  it('is not bounded again by refusals that names are to blame for', () => {
    const { control } = boundedControl();
    control.rate.history = mixedHistory;
    // A fifth of 25 are 5.
    refuse(control, send(control, 25, 2), 8, 20, 3);
    expect(control).toMatchObject({ window: 30, threshold: 30 });
  });

  it('stays as large as it has grown if as much is in flight when a query is refused', () => {
    const { control, round } = boundedControl();
    control.window = 32;
    refuse(control, round, 1, 33, 1);
    expect(control).toMatchObject({ window: 32, threshold: 32 });
  });

  it('grows by one query for as many replies as it holds', () => {
    const { control, round } = boundedControl();
    answer(control, round, 1, 50);
    expect(control.window).toBeCloseTo(30 + 1 / 30, 9);
    answer(control, round, 1, 50);
    expect(control.window).toBeCloseTo(30 + 1 / 30 + 1 / (30 + 1 / 30), 9);
  });

  it('grows by one with each reply below the threshold', () => {
    const control = createCongestionControl(40);
    control.threshold = 42;
    answer(control, send(control, 40, 0), 3, 50);
    expect(control.window).toBeCloseTo(42 + 1 / 42, 9);
  });

  it('lets further refusals set the rate when all queries of their round have an outcome', () => {
    const { control } = boundedControl();
    const round = send(control, 30, 10);
    answer(control, round, 15, 20);
    refuse(control, round, 14, 30, 20);
    expect(isUnlimited(control.rate)).toBe(true);
    refuse(control, round, 1, 30, 20);
    expect(control.rate.reduction).toMatchObject({ lost: 15, share: 0.5 });
    expect(control.threshold).toBe(30);
  });
});

describe('a window that refusals have bounded is unbounded again', () => {
  /** A round that loses almost half of its queries, as those before it did at higher rates; its last one has no outcome yet. */
  function uselessRound() {
    const { control } = boundedControl();
    const { rate } = control;
    const { setting } = rate;
    rate.bucket.rate = 1000;
    rate.reduction = { setting: setting - 1, lost: 40, late: 0, share: 0.5, rate: 2000 };
    send(control, 40, 0);
    const round = send(control, 1, 100);
    answer(control, round, 22, 110);
    lose(control, round, 18, 110);
    expect(control.threshold).toBe(30);
    return { control, round };
  }

  it.each([
    ['a reply', answer],
    ['a loss', lose],
    ['the end of a query that nobody waits for any longer', forget],
    ['a refusal', (control: CongestionControl, round: Round) => refuse(control, round, 1, 30, 110)],
  ])('when reductions of the rate are taken back after %s', (_, settle) => {
    const { control, round } = uselessRound();
    settle(control, round, 1, 110);
    expect(control.rate.bucket.rate).toBe(2000);
    expect(control.threshold).toBe(unbounded);
  });

  it('when most of the replies to a round that lowered the rate come late', () => {
    const { control } = boundedControl();
    const round = send(control, 30, 10);
    answer(control, round, 10, 20);
    lose(control, round, 20, 20);
    answerLate(control, round, 10, 30);
    expect(control.threshold).toBe(30);
    answerLate(control, round, 1, 30);
    expect(control.threshold).toBe(unbounded);
  });

  it('when a round has an outcome, if names are to blame for many losses', () => {
    const { control } = boundedControl();
    const round = send(control, 2, 10);
    control.rate.history = mixedHistory;
    answer(control, round, 1, 20);
    expect(control.threshold).toBe(30);
    answer(control, round, 1, 20);
    expect(control.threshold).toBe(unbounded);
  });

  it('and is not bounded a second time: refusals set the rate', () => {
    const { control } = boundedControl();
    control.threshold = unbounded;
    const round = send(control, 30, 10);
    answer(control, round, 15, 20);
    refuse(control, round, 14, 20, 20);
    expect(isUnlimited(control.rate)).toBe(true);
    refuse(control, round, 1, 20, 20);
    expect(control.rate.reduction).toMatchObject({ lost: 15, share: 0.5 });
    expect(control).toMatchObject({ window: 45, threshold: unbounded });
  });
});
