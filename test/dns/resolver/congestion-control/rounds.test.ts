import { describe, expect, it } from 'vitest';
import {
  createCongestionControl,
  recordQuery,
  recordReply,
} from '../../../../src/dns/resolver/congestion-control.js';
import { isUnlimited } from '../../../../src/dns/resolver/rate-control.js';
import { answer, answerLate, forget, limitedControl, lose, roundTrips, send } from '../congesting.js';
import { tally } from '../rounds.js';

describe('a round of an upstream', () => {
  it('begins with its first query and ends with its last one', () => {
    const control = createCongestionControl();
    send(control, 3, 500);
    expect(send(control, 1, 520)).toMatchObject({ startedAt: 500, lastSentAt: 520, first: { sent: 4 } });
  });

  it('counts its queries by the order of the attempt', () => {
    const control = createCongestionControl();
    for (const order of ['first', 'second', 'later', 'later'] as const) recordQuery(control, order, 0);
    expect(control.round).toMatchObject({ first: { sent: 1 }, second: { sent: 1 }, later: { sent: 2 } });
  });

  it('is closed when the window is full, if the rate has no limit', () => {
    const control = createCongestionControl(20);
    const round = send(control, 19, 0);
    expect(round.isClosed).toBe(false);
    expect(send(control, 1, 0)).toBe(round);
    expect(round.isClosed).toBe(true);
    expect(send(control, 1, 0)).not.toBe(round);
  });

  it('is not closed by a full window if it has fewer than eight queries, or if they are later attempts', () => {
    const control = createCongestionControl(5);
    expect(send(control, 7, 0).isClosed).toBe(false);
    for (let query = 0; query < 9; query++) expect(recordQuery(control, 'later', 0).isClosed).toBe(false);
    expect(send(control, 1, 0).isClosed).toBe(true);
  });

  it('is not closed by a full window if the rate has a limit', () => {
    expect(send(limitedControl(), 80, 0).isClosed).toBe(false);
  });

  it('is closed after 100 ms, if it has at least eight queries', () => {
    const control = createCongestionControl();
    send(control, 7, 1000);
    expect(send(control, 1, 1099).isClosed).toBe(false);
    expect(send(control, 1, 1100).isClosed).toBe(true);
    send(control, 1, 1100);
    expect(send(control, 6, 1300).isClosed).toBe(false);
    expect(send(control, 1, 1300).isClosed).toBe(true);
  });

  it('is closed after 100 ms, if it has at least 32 later attempts', () => {
    const control = createCongestionControl();
    for (let query = 0; query < 30; query++) recordQuery(control, 'later', 0);
    expect(recordQuery(control, 'later', 100).isClosed).toBe(false);
    expect(recordQuery(control, 'later', 100).isClosed).toBe(true);
  });

  it('takes the earlier losses of a later attempt into account that is answered, but of no other', () => {
    const control = createCongestionControl();
    const round = send(control, 1, 0);
    recordReply(control, roundTrips(10), round, 'first', 2, 50);
    recordReply(control, roundTrips(10), round, 'second', 2, 50);
    expect(round.proven).toEqual(tally(0, 0));
    recordReply(control, roundTrips(10), round, 'later', 2, 50);
    expect(round.proven).toEqual(tally(3, 2));
  });

  it('goes on for a second without a query, but not longer', () => {
    const control = createCongestionControl();
    const round = send(control, 5, 0);
    expect(send(control, 1, 1000)).toBe(round);
    const next = send(control, 1, 2001);
    expect(next).not.toBe(round);
    expect(next).toMatchObject({ startedAt: 2001, first: { sent: 1 } });
  });

  it('does not go on at another rate', () => {
    const control = createCongestionControl();
    const round = send(control, 5, 0);
    control.rate.setting = 7;
    expect(send(control, 1, 0)).not.toBe(round);
    expect(control.round).toMatchObject({ setting: 7, first: { sent: 1 } });
  });
});

describe('the losses of a round', () => {
  /** Creates a congestion control without a limit, and a round of so many queries, which is closed. */
  function sendRound(count: number) {
    const control = createCongestionControl(count);
    return { control, round: send(control, count, 0) };
  }

  it('count when all its queries have an outcome, the last of which is a reply', () => {
    const { control, round } = sendRound(40);
    lose(control, round, 20, 50);
    answer(control, round, 19, 50);
    expect(isUnlimited(control.rate)).toBe(true);
    answer(control, round, 1, 50);
    expect(control.rate.reduction).toMatchObject({ lost: 20, share: 0.5 });
  });

  it('count when all its queries have an outcome, the last of which is a loss', () => {
    const { control, round } = sendRound(40);
    answer(control, round, 20, 50);
    lose(control, round, 19, 50);
    expect(isUnlimited(control.rate)).toBe(true);
    lose(control, round, 1, 50);
    expect(control.rate.reduction).toMatchObject({ lost: 20, share: 0.5 });
  });

  it('count without queries that nobody waits for any longer', () => {
    const { control, round } = sendRound(40);
    lose(control, round, 20, 50);
    answer(control, round, 5, 50);
    forget(control, round, 14, 50);
    expect(isUnlimited(control.rate)).toBe(true);
    forget(control, round, 1, 50);
    expect(control.rate.reduction).toMatchObject({ lost: 20, share: 0.8 });
  });

  it('are taken back if most of the replies come late', () => {
    const { control, round } = sendRound(40);
    answer(control, round, 10, 50);
    lose(control, round, 30, 50);
    answerLate(control, round, 15, 60);
    expect(isUnlimited(control.rate)).toBe(false);
    answerLate(control, round, 1, 60);
    expect(isUnlimited(control.rate)).toBe(true);
    expect(round.first).toEqual(tally(40, 14));
  });

  it('set no limit if the upstream has never answered', () => {
    const { control, round } = sendRound(40);
    lose(control, round, 40, 50);
    expect(round.isOver).toBe(true);
    expect(isUnlimited(control.rate)).toBe(true);
  });
});
