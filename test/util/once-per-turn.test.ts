import { describe, expect, it, vi } from 'vitest';
import { oncePerTurn } from '../../src/util/once-per-turn.js';
import { createManualClock } from '../helpers/manual-clock.js';

function start(again = 0) {
  const clock = createManualClock();
  const callback = vi.fn(() => {
    if (callback.mock.calls.length <= again) call();
  });
  const call = oncePerTurn(clock, callback);
  return { clock, callback, call };
}

describe('oncePerTurn', () => {
  it('calls a function once at the end of a turn, however often it is asked to', () => {
    const { clock, callback, call } = start();
    call();
    call();
    expect(callback).not.toHaveBeenCalled();
    clock.endTurn();
    expect(callback).toHaveBeenCalledOnce();
  });

  it('calls the function again in a later turn', () => {
    const { clock, callback, call } = start();
    for (let turn = 0; turn < 3; turn++) {
      call();
      clock.endTurn();
    }
    expect(callback).toHaveBeenCalledTimes(3);
  });

  it('calls the function in the next turn if it asks for that itself', () => {
    const { clock, callback, call } = start(2);
    call();
    clock.endTurn();
    expect(callback).toHaveBeenCalledTimes(3);
  });

  it('does not call the function unless it is asked to', () => {
    const { clock, callback } = start();
    clock.endTurn();
    expect(callback).not.toHaveBeenCalled();
  });
});
