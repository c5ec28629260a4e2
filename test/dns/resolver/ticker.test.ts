import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTicker } from '../../../src/dns/resolver/ticker.js';
import { endOfTurn, stopTime } from './upstreams.js';

beforeEach(stopTime);

/** Lets time pass, and what is due in that time happen. */
async function pass(milliseconds: number): Promise<void> {
  vi.advanceTimersByTime(milliseconds);
  await endOfTurn();
}

/** Creates a ticker with an interval of 10 ms, and the list of its ticks. */
function countingTicker() {
  const ticks: { readonly now: number; readonly wasBlocked: boolean }[] = [];
  const ticker = createTicker(10, (now, wasBlocked) => ticks.push({ now, wasBlocked }));
  return { ticker, ticks };
}

describe('createTicker', () => {
  it('ticks once, an interval after the start', async () => {
    const { ticker, ticks } = countingTicker();
    await pass(1000);
    ticker.start();
    await pass(9);
    expect(ticks).toEqual([]);
    await pass(1);
    expect(ticks).toEqual([{ now: 2010, wasBlocked: false }]);
    await pass(1000);
    expect(ticks).toHaveLength(1);
  });

  it('ignores a start while it runs', async () => {
    const { ticker, ticks } = countingTicker();
    ticker.start();
    await pass(5);
    ticker.start();
    await pass(5);
    expect(ticks).toHaveLength(1);
    await pass(5);
    expect(ticks).toHaveLength(1);
  });

  it('can be started again by its own tick', async () => {
    let ticks = 0;
    const ticker = createTicker(10, () => {
      ticks++;
      ticker.start();
    });
    ticker.start();
    for (let turn = 0; turn < 3; turn++) await pass(10);
    expect(ticks).toBe(3);
  });

  it('does not tick after it is stopped', async () => {
    const { ticker, ticks } = countingTicker();
    ticker.start();
    ticker.stop();
    await pass(1000);
    expect(ticks).toEqual([]);
  });

  it('ticks a turn after its timer, so that replies that have arrived are read first', async () => {
    const { ticker, ticks } = countingTicker();
    ticker.start();
    vi.advanceTimersByTime(10);
    expect(ticks).toHaveLength(0);
    await endOfTurn();
    expect(ticks).toHaveLength(1);
  });

  it.each([
    [49, false],
    [50, true],
  ])(
    'tells whether the event loop was blocked: %i ms after the start, %s',
    async (milliseconds, wasBlocked) => {
      const { ticker, ticks } = countingTicker();
      ticker.start();
      vi.setSystemTime(Date.now() + milliseconds - 10);
      await pass(10);
      expect(ticks).toEqual([{ now: 1000 + milliseconds, wasBlocked }]);
    },
  );

  it('reports only every second block in a row, so that blocks cannot stop the clock', async () => {
    const { ticker, ticks } = countingTicker();
    for (let tick = 0; tick < 4; tick++) {
      ticker.start();
      vi.setSystemTime(Date.now() + 60);
      await pass(10);
    }
    expect(ticks.map(({ wasBlocked }) => wasBlocked)).toEqual([true, false, true, false]);
  });
});
