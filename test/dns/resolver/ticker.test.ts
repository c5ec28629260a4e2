import { describe, expect, it } from 'vitest';
import { createTicker } from '../../../src/dns/resolver/ticker.js';
import { createManualClock } from '../../helpers/manual-clock.js';

/** Creates a ticker with an interval of 10 ms, and the list of its ticks. */
function recordedTicker(goesOn = false) {
  const clock = createManualClock();
  const ticks: { readonly time: number; readonly isLate: boolean }[] = [];
  const ticker = createTicker(clock, 10, (isLate) => {
    ticks.push({ time: clock.now(), isLate });
    return goesOn;
  });
  /** Lets time pass, as if the process were busy, and ends the turn. */
  const pass = (milliseconds: number) => {
    clock.pass(milliseconds);
    clock.endTurn();
  };
  return { clock, ticker, ticks, pass };
}

describe('a ticker', () => {
  it('ticks an interval after its start', () => {
    const { ticker, ticks, pass } = recordedTicker();
    pass(1000);
    ticker.start();
    pass(9);
    expect(ticks).toEqual([]);
    pass(1);
    expect(ticks).toEqual([{ time: 1010, isLate: false }]);
  });

  it('ticks again as long as its function wants it', () => {
    const { ticker, ticks, pass } = recordedTicker(true);
    ticker.start();
    for (let turn = 0; turn < 3; turn++) pass(10);
    expect(ticks.map(({ time }) => time)).toEqual([10, 20, 30]);
  });

  it('ticks no more if its function does not want it, until it is started again', () => {
    const { ticker, ticks, pass } = recordedTicker();
    ticker.start();
    for (let turn = 0; turn < 3; turn++) pass(10);
    expect(ticks).toHaveLength(1);
    ticker.start();
    pass(10);
    expect(ticks).toHaveLength(2);
  });

  it('is not disturbed by a start while it runs', () => {
    const { clock, ticker, ticks, pass } = recordedTicker();
    ticker.start();
    pass(5);
    ticker.start();
    expect(clock.timers()).toBe(1);
    pass(5);
    pass(5);
    expect(ticks.map(({ time }) => time)).toEqual([10]);
  });

  it('ticks a turn after its timer, so that replies that have arrived are read first', () => {
    const { clock, ticker, ticks } = recordedTicker();
    ticker.start();
    clock.pass(10);
    expect(ticks).toHaveLength(0);
    clock.endTurn();
    expect(ticks).toHaveLength(1);
  });

  it('does not tick after it is stopped', () => {
    const { clock, ticker, ticks, pass } = recordedTicker();
    ticker.start();
    ticker.stop();
    expect(clock.timers()).toBe(0);
    pass(1000);
    expect(ticks).toEqual([]);
  });

  it('may be stopped before it is started', () => {
    const { ticker, ticks, pass } = recordedTicker();
    ticker.stop();
    ticker.start();
    pass(10);
    expect(ticks).toHaveLength(1);
  });

  it('does not tick if it is stopped in the turn of its tick', () => {
    const { clock, ticker, ticks } = recordedTicker();
    ticker.start();
    clock.pass(10);
    ticker.stop();
    clock.endTurn();
    expect(ticks).toEqual([]);
  });
});

describe('a tick is late', () => {
  it('if it comes two and a half intervals after the one before', () => {
    const { ticker, ticks, pass } = recordedTicker(true);
    ticker.start();
    pass(24);
    pass(25);
    expect(ticks.map(({ isLate }) => isLate)).toEqual([false, true]);
  });

  it('no more than twice in a row, so that a busy process cannot stop the clock', () => {
    const { ticker, ticks, pass } = recordedTicker(true);
    ticker.start();
    for (let tick = 0; tick < 6; tick++) pass(50);
    expect(ticks.map(({ isLate }) => isLate)).toEqual([true, true, false, true, true, false]);
  });

  it('again after one that was not', () => {
    const { ticker, ticks, pass } = recordedTicker(true);
    ticker.start();
    for (const milliseconds of [50, 50, 10, 50, 50]) pass(milliseconds);
    expect(ticks.map(({ isLate }) => isLate)).toEqual([true, true, false, true, true]);
  });
});
