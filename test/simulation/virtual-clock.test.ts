import { describe, expect, it } from 'vitest';
import { createVirtualClock } from './virtual-clock.js';

/** Creates a clock, and a list of what happens at which time. */
function open() {
  const clock = createVirtualClock();
  const happened: string[] = [];
  const note = (what: string) => () => void happened.push(`${what} at ${clock.now()}`);
  const wait = (milliseconds: number) =>
    clock.play(new Promise<void>((resolve) => void clock.setTimer(milliseconds, resolve)), 10_000);
  return { clock, happened, note, wait };
}

describe('the virtual clock', () => {
  it('plays events in the order of their times', async () => {
    const { clock, happened, note, wait } = open();
    const times = [50, 10, 90, 30, 70, 20, 80, 40, 60];
    for (const time of times) clock.setTimer(time, note('event'));
    await wait(100);
    expect(happened).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90].map((time) => `event at ${time}`));
  });

  it('plays events of the same time in the order in which they were set', async () => {
    const { clock, happened, note, wait } = open();
    for (const what of ['first', 'second', 'third', 'fourth']) clock.setTimer(5, note(what));
    await wait(5);
    expect(happened).toEqual(['first at 5', 'second at 5', 'third at 5', 'fourth at 5']);
  });

  it('plays what an event sets for the same time', async () => {
    const { clock, happened, note, wait } = open();
    clock.setTimer(5, () => void clock.setTimer(-1, note('child')));
    await wait(6);
    expect(happened).toEqual(['child at 5']);
  });

  it('does not play events that have been cancelled', async () => {
    const { clock, happened, note, wait } = open();
    const cancel = clock.setTimer(5, note('event'));
    cancel();
    cancel();
    expect(clock.pending()).toBe(0);
    await wait(10);
    expect(happened).toEqual([]);
    expect(clock.pending()).toBe(0);
  });

  it('counts timers that have neither run nor been cancelled', async () => {
    const { clock, note, wait } = open();
    const cancel = clock.setTimer(5, note('event'));
    clock.setTimer(50, note('event'));
    clock.setTimer(60, note('event'));
    expect(clock.pending()).toBe(3);
    await wait(10);
    cancel();
    expect(clock.pending()).toBe(2);
  });

  it('ends a turn after all events of the same time', async () => {
    const { clock, happened, note, wait } = open();
    clock.setTimer(5, () => clock.endOfTurn(note('end of turn')));
    clock.setTimer(5, note('event'));
    clock.setTimer(6, note('event'));
    await wait(10);
    expect(happened).toEqual(['event at 5', 'end of turn at 5', 'event at 6']);
  });

  it('ends a turn if all further events of the same time have been cancelled', async () => {
    const { clock, happened, note, wait } = open();
    clock.setTimer(5, () => clock.endOfTurn(note('end of turn')));
    const cancel = clock.setTimer(5, note('cancelled event'));
    clock.setTimer(6, note('event'));
    cancel();
    await wait(10);
    expect(happened).toEqual(['end of turn at 5', 'event at 6']);
  });

  it('lets promises be settled before the end of a turn', async () => {
    const { clock, happened, note, wait } = open();
    clock.setTimer(5, async () => {
      clock.endOfTurn(note('end of turn'));
      await Promise.resolve();
      note('promise')();
    });
    await wait(10);
    expect(happened).toEqual(['promise at 5', 'end of turn at 5']);
  });

  it('is stuck if there is no event, and the promise is not settled', async () => {
    const { clock, wait } = open();
    await wait(20);
    await expect(clock.play(new Promise(() => {}), 10_000)).rejects.toThrow('stuck at 20 ms');
  });

  it('is stuck if the next event is later than it may be', async () => {
    const { clock, note } = open();
    clock.setTimer(101, note('event'));
    await expect(clock.play(new Promise(() => {}), 100)).rejects.toThrow('stuck at 0 ms');
  });

  it('is stuck if a turn never ends', async () => {
    const { clock } = open();
    const again = () => clock.endOfTurn(again);
    again();
    await expect(clock.play(new Promise(() => {}), 100)).rejects.toThrow('stuck in a turn at 0 ms');
  });

  it('has the same hash after the same events, and another one after others', async () => {
    const hashAfter = async (...times: readonly number[]) => {
      const { clock, note, wait } = open();
      for (const time of times) clock.setTimer(time, note('event'));
      await wait(100);
      return clock.hash();
    };
    expect(await hashAfter(1, 2)).toBe(await hashAfter(1, 2));
    expect(await hashAfter(1, 2)).not.toBe(await hashAfter(1, 3));
    expect(await hashAfter(1, 2)).not.toBe(await hashAfter(1, 2, 2));
  });
});
