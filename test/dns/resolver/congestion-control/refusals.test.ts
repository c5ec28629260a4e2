import { describe, expect, it } from 'vitest';
import {
  type CongestionControl,
  createCongestionControl,
  recordQuery,
  recordRefusal,
} from '../../../../src/dns/resolver/congestion-control.js';
import { isUnlimited } from '../../../../src/dns/resolver/rate-control.js';
import { answer, answeredControl, limitedControl, refuse, send } from '../congesting.js';

const unbounded = Number.POSITIVE_INFINITY;

/** Creates the congestion control of an upstream that has answered, over a line that loses half of all queries. */
function tolerantControl(): CongestionControl {
  const control = answeredControl();
  control.rate.tolerance = 0.5;
  return control;
}

describe('the refusals of a round', () => {
  it('bound the window to what is in flight, and not the rate, once they are more than a line explains', () => {
    const control = answeredControl();
    const round = send(control, 64, 0);
    // 6 % of 64 and two standard deviations are 7.8.
    refuse(control, round, 7, 30, 1);
    expect(control).toMatchObject({ window: 64, threshold: unbounded });
    refuse(control, round, 1, 30, 1);
    expect(control).toMatchObject({ window: 30, threshold: 30 });
    expect(round).toMatchObject({ isOver: true, wasTooMuch: true });
    expect(isUnlimited(control.rate)).toBe(true);
  });

  it.each([
    ['bound the window to four queries at least', 64, 3, 4],
    ['do not enlarge the window', 20, 30, 20],
    ['do not enlarge a window of fewer than four queries', 3, 2, 3],
  ])('%s', (_, window, inFlight, bound) => {
    const control = answeredControl(window);
    refuse(control, send(control, 8, 0), 8, inFlight, 1);
    expect(control).toMatchObject({ window: bound, threshold: bound });
  });

  it('bound the window if the round has at least eight queries', () => {
    const windows = [7, 8].map((count) => {
      const control = answeredControl();
      refuse(control, send(control, count, 0), 6, 20, 1);
      return control.window;
    });
    expect(windows).toEqual([64, 20]);
  });

  it.each([
    ['if the upstream has never answered', createCongestionControl()],
    ['if the line is known to lose as much', tolerantControl()],
    ['if the rate has a limit', limitedControl()],
  ])('do not bound the window %s', (_, control) => {
    if (!isUnlimited(control.rate)) control.rate.answeredAt = 0;
    refuse(control, send(control, 64, 0), 40, 20, 1);
    expect(control).toMatchObject({ window: 64, threshold: unbounded, rate: { setting: 0 } });
  });

  it('count with a limit of the rate when all queries of the round have an outcome', () => {
    const control = limitedControl();
    send(control, 39, 0);
    const round = send(control, 1, 100);
    refuse(control, round, 20, 20, 101);
    answer(control, round, 19, 101);
    expect(control.rate.reduction).toBeUndefined();
    answer(control, round, 1, 101);
    expect(control.rate.reduction).toMatchObject({ lost: 20, share: 0.5 });
  });

  it('count if the last outcome is one of them', () => {
    const control = createCongestionControl(20);
    const round = send(control, 20, 0);
    answer(control, round, 19, 1);
    expect(round.isOver).toBe(false);
    refuse(control, round, 1, 0, 1);
    expect(round.isOver).toBe(true);
  });

  it('count by the order of the attempt', () => {
    const control = createCongestionControl();
    recordRefusal(control, recordQuery(control, 'second', 0), 'second', 0, 1);
    expect(control.round).toMatchObject({ first: { lost: 0 }, second: { lost: 1 } });
  });
});
