import { describe, expect, it } from 'vitest';
import * as health from '../../../src/dns/resolver/health.js';
import { withoutJitter } from './fakes.js';

/** Records failures, all at the same time. */
function fail(state: health.Health, count: number, now: number): void {
  for (let failure = 0; failure < count; failure++) health.recordFailure(state, now);
}

/** Creates the health of an upstream that has never replied, and fell silent at 0 ms. */
function silent(): health.Health {
  const state = health.createHealth();
  fail(state, 3, 0);
  return state;
}

describe('an upstream falls silent', () => {
  it('at its third failure in a row', () => {
    const state = health.createHealth();
    fail(state, 2, 0);
    expect(state.isSilent).toBe(false);
    fail(state, 1, 0);
    expect(state.isSilent).toBe(true);
  });

  it('only if no reply has come for 100 ms', () => {
    const state = health.createHealth();
    health.recordAnswer(state, 0);
    fail(state, 50, 99);
    expect(state.isSilent).toBe(false);
    fail(state, 1, 100);
    expect(state.isSilent).toBe(true);
  });

  it('only if no answer comes between its failures', () => {
    const state = health.createHealth();
    fail(state, 2, 0);
    health.recordAnswer(state, 10);
    fail(state, 2, 200);
    expect(state.isSilent).toBe(false);
  });

  it('even if replies between its failures say nothing about a name', () => {
    const state = health.createHealth();
    fail(state, 2, 0);
    health.recordAnyReply(state, 10);
    fail(state, 1, 110);
    expect(state.isSilent).toBe(true);
  });

  it.each([
    ['even if ten seconds pass', 10_000, true],
    ['only if no more than ten seconds pass', 10_001, false],
  ])('%s between its failures', (_, gap, isSilent) => {
    const state = health.createHealth();
    for (const now of [0, gap, 2 * gap]) fail(state, 1, now);
    expect(state.isSilent).toBe(isSilent);
  });
});

describe('an upstream may be asked', () => {
  it('from the beginning', () => {
    expect(health.mayAsk(health.createHealth(), 0)).toBe(true);
  });

  it('as long as it is not silent', () => {
    const state = silent();
    expect(health.mayAsk(state, 0)).toBe(false);
    expect(health.mayAsk(state, 1e9)).toBe(false);
  });

  it('as soon as it breaks its silence', () => {
    const state = silent();
    health.recordHeartbeat(state, 0);
    health.recordAnyReply(state, 40);
    expect(health.mayAsk(state, 40)).toBe(true);
  });

  it('only after the time for which it does not want to be asked', () => {
    const state = health.createHealth();
    health.hold(state, 5000, 100);
    expect([health.mayAsk(state, 5099), health.mayAsk(state, 5100)]).toEqual([false, true]);
  });

  it('after ten seconds, however much longer it does not want to be asked', () => {
    const state = health.createHealth();
    health.hold(state, 3_600_000, 0);
    expect([health.mayAsk(state, 9999), health.mayAsk(state, 10_000)]).toEqual([false, true]);
  });

  it('only after the longest of the times that it gave', () => {
    const state = health.createHealth();
    health.hold(state, 5000, 0);
    health.hold(state, 100, 0);
    health.recordAnswer(state, 10);
    expect([health.mayAsk(state, 4999), health.mayAsk(state, 5000)]).toEqual([false, true]);
  });
});

describe('a heartbeat is due', () => {
  it('only to a silent upstream', () => {
    expect(health.isHeartbeatDue(health.createHealth(), 1e9)).toBe(false);
  });

  it('at once when an upstream falls silent, even if it did not want to be asked', () => {
    const state = health.createHealth();
    health.hold(state, 5000, 0);
    fail(state, 3, 200);
    expect(health.isHeartbeatDue(state, 200)).toBe(true);
  });

  it('no more as long as the last one has no outcome, whatever else fails', () => {
    const state = silent();
    health.recordHeartbeat(state, 0);
    fail(state, 1, 10);
    expect(health.isHeartbeatDue(state, 1e9)).toBe(false);
  });

  it('50 ms after the first one without a reply, and 100 ms after the second', () => {
    const state = silent();
    health.recordHeartbeat(state, 0);
    health.recordMissedHeartbeat(state, 400, withoutJitter);
    expect([health.isHeartbeatDue(state, 449), health.isHeartbeatDue(state, 450)]).toEqual([false, true]);
    health.recordHeartbeat(state, 450);
    health.recordMissedHeartbeat(state, 800, withoutJitter);
    expect([health.isHeartbeatDue(state, 899), health.isHeartbeatDue(state, 900)]).toEqual([false, true]);
  });

  it('50 ms after the first one again in a later silence', () => {
    const state = silent();
    for (const now of [0, 100, 200]) health.recordMissedHeartbeat(state, now, withoutJitter);
    health.recordAnyReply(state, 300);
    fail(state, 3, 1000);
    health.recordMissedHeartbeat(state, 1000, withoutJitter);
    expect(health.isHeartbeatDue(state, 1050)).toBe(true);
  });

  it('no more after a reply that came before it was missed: the upstream may be asked', () => {
    const state = silent();
    health.recordHeartbeat(state, 0);
    health.recordAnyReply(state, 300);
    health.recordMissedHeartbeat(state, 400, withoutJitter);
    expect(health.mayAsk(state, 400)).toBe(true);
  });
});

describe('keepsFailing', () => {
  it('is true from three failures in a row on', () => {
    const state = health.createHealth();
    fail(state, 2, 0);
    expect(health.keepsFailing(state)).toBe(false);
    fail(state, 1, 0);
    expect(health.keepsFailing(state)).toBe(true);
  });
});

describe('isWorthTrying', () => {
  it('is true as long as an upstream does not keep failing', () => {
    const state = health.createHealth();
    fail(state, 2, 0);
    expect(health.isWorthTrying(state, 0)).toBe(true);
  });

  it.each([
    [3, 250],
    [4, 500],
    [9, 16_000],
    [10, 30_000],
    [2000, 30_000],
  ])('is true again after %i failures in a row when %i ms have passed since the last one', (count, pause) => {
    const state = health.createHealth();
    fail(state, count, 100);
    expect([health.isWorthTrying(state, 99 + pause), health.isWorthTrying(state, 100 + pause)]).toEqual([
      false,
      true,
    ]);
  });
});
