import { describe, expect, it } from 'vitest';
import * as health from '../../../../src/dns/resolver/health.js';
import { withoutJitter } from '../fakes.js';

/** Milliseconds after which an upstream that has never answered is given up. */
const limit = 3000;

/** Creates the health of an upstream that fell silent at 0 ms; the first heartbeat, at once, was missed at that time. */
function silentSince(missedAt: number, hasAnswered = false): health.Health {
  const state = health.createHealth();
  if (hasAnswered) health.recordAnswer(state, -1000);
  for (let failure = 0; failure < 3; failure++) health.recordFailure(state, 0);
  health.recordHeartbeat(state, 0);
  missHeartbeat(state, missedAt);
  return state;
}

function missHeartbeat(state: health.Health, now: number): void {
  health.recordFailure(state, now);
  health.recordMissedHeartbeat(state, now, withoutJitter);
}

describe('an upstream is dead', () => {
  it.each([
    ['has never answered', 3000, false],
    ['has answered before', 30_000, true],
  ])('if it %s and has failed for %i ms', (_, time, hasAnswered) => {
    const state = silentSince(time - 100, hasAnswered);
    expect([health.isDead(state, limit, time - 1), health.isDead(state, limit, time)]).toEqual([false, true]);
  });

  it('if another one can do instead and it has failed for 3000 ms, although it has answered before', () => {
    const state = silentSince(2900, true);
    const isDead = (now: number, isReplaceable: boolean) => health.isDead(state, limit, now, isReplaceable);
    expect([isDead(2999, true), isDead(3000, true), isDead(3000, false)]).toEqual([false, true, false]);
  });

  it('only if it has failed for that time since its last answer', () => {
    const state = health.createHealth();
    health.recordFailure(state, 0);
    health.recordAnswer(state, 4000);
    for (let failure = 0; failure < 3; failure++) health.recordFailure(state, 5000);
    health.recordHeartbeat(state, 5000);
    missHeartbeat(state, 34_900);
    expect([health.isDead(state, limit, 34_999), health.isDead(state, limit, 35_000)]).toEqual([false, true]);
  });

  it('only after a heartbeat without a reply', () => {
    const state = health.createHealth();
    for (let failure = 0; failure < 3; failure++) health.recordFailure(state, 0);
    expect(health.isDead(state, limit, 5000)).toBe(false);
  });

  it('no more after a reply of any kind', () => {
    const state = silentSince(3000);
    health.recordAnyReply(state, 3100);
    for (let failure = 0; failure < 3; failure++) health.recordFailure(state, 3200);
    expect(health.isDead(state, limit, 9000)).toBe(false);
  });

  it('no more after an answer, even if it goes on to fail without falling silent', () => {
    const state = silentSince(3000);
    health.recordAnyReply(state, 3100);
    health.recordMissedHeartbeat(state, 3100, withoutJitter);
    expect(health.isDead(state, limit, 3200)).toBe(false);
  });

  it('while its next heartbeat waits to be sent, for ten seconds at most', () => {
    const state = silentSince(3000);
    const dueAt = 3000 + 50;
    expect(health.isDead(state, limit, dueAt + 10_000)).toBe(true);
    expect(health.isDead(state, limit, dueAt + 10_001)).toBe(false);
  });

  it('no sooner than it is found to be silent anew if nobody has asked it for more than ten seconds', () => {
    const state = silentSince(3000);
    const later = 3050 + 10_001;
    health.recordHeartbeat(state, later);
    expect(health.isDead(state, limit, later + limit)).toBe(false);
    missHeartbeat(state, later + 400);
    expect(health.isDead(state, limit, later + limit - 1)).toBe(false);
    expect(health.isDead(state, limit, later + limit)).toBe(true);
  });

  it('even if a low rate lets its failures be more than ten seconds apart', () => {
    const state = silentSince(11_000);
    expect(health.isDead(state, limit, 11_000)).toBe(true);
    health.recordHeartbeat(state, 11_050 + 10_000);
    missHeartbeat(state, 35_000);
    expect(health.isDead(state, limit, 35_000)).toBe(true);
  });
});

describe('an upstream that has never answered is given up', () => {
  it.each([
    ['three seconds', 500, 7, 3000],
    ['three seconds', 2000, 7, 3000],
    ['a second more than one attempt may take', 2500, 7, 3500],
    ['the time of all attempts, if that is less', 100, 7, 700],
  ])('after %s: with a time-out of %i ms and %i tries', (_, timeout, tries, expected) => {
    expect(health.silenceLimitFor(timeout, tries)).toBe(expected);
  });
});
