import { describe, expect, it } from 'vitest';
import { createCapacity } from '../../../src/dns/resolver/capacity.js';
import { createCongestionControl } from '../../../src/dns/resolver/congestion-control.js';
import { createManualClock } from '../../helpers/manual-clock.js';

const withWindow = (window: number) => ({ congestionControl: createCongestionControl(window) });

describe('capacity', () => {
  it('is 64 more than the windows of all upstreams, rounded up', () => {
    const capacity = createCapacity([withWindow(10.5), withWindow(20)], createManualClock());
    expect(capacity()).toBe(31 + 64);
  });

  it('is computed once in each turn of the event loop', () => {
    const clock = createManualClock();
    const upstream = withWindow(1);
    const capacity = createCapacity([upstream], clock);
    expect(capacity()).toBe(1 + 64);
    upstream.congestionControl.window = 2;
    expect(capacity()).toBe(1 + 64);
    clock.endTurn();
    expect(capacity()).toBe(2 + 64);
    upstream.congestionControl.window = 3;
    clock.endTurn();
    expect(capacity()).toBe(3 + 64);
  });
});
