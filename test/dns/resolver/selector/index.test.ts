import { describe, expect, it } from 'vitest';
import { createRoundTripTime } from '../../../../src/dns/resolver/round-trip-time.js';
import { areMany, createSelector } from '../../../../src/dns/resolver/selector/index.js';
import { startedUpstream } from '../fakes.js';
import { question, silenceLimit } from './choosing.js';

describe('upstreams are many', () => {
  it('if there are more than sixteen', () => {
    expect([areMany(16), areMany(17)]).toEqual([false, true]);
  });
});

describe('a selector', () => {
  const upstreams = [startedUpstream(1), startedUpstream(2)];
  /** Chooses for several new questions while two are in flight to the first upstream, which has not answered. */
  const choose = (shared: ReturnType<typeof createRoundTripTime> | undefined) => {
    for (const upstream of upstreams) upstream.inFlight = upstream === upstreams[0] ? 2 : 0;
    return createSelector(upstreams, silenceLimit, shared).choose(question(), 0);
  };

  it('of few upstreams lets the first one have as many queries as it may be sent', () => {
    expect(choose(undefined)).toBe(upstreams[0]);
  });

  it('of many upstreams tries each with two queries at first', () => {
    expect(choose(createRoundTripTime())).toBe(upstreams[1]);
  });
});
