import { describe, expect, it } from 'vitest';
import { summarize, waitingForReplies } from '../../../src/dns/resolver/summary.js';
import { attemptAt, fakeUpstream, refusal, unreachable } from './upstreams.js';

const first = fakeUpstream('192.0.2.1');
const second = fakeUpstream('192.0.2.2');
const third = fakeUpstream('192.0.2.3');

describe('summarize', () => {
  it('counts the attempts that got no reply', () => {
    expect(summarize([attemptAt(first)])).toEqual({
      failure: 'no reply from udp://192.0.2.1:53 in one try',
      server: 'udp://192.0.2.1:53',
    });
    expect(summarize([attemptAt(first), attemptAt(first), attemptAt(first)]).failure).toBe(
      'no reply from udp://192.0.2.1:53 in 3 tries',
    );
  });

  it('names the failure of each upstream once, in the order in which they were asked', () => {
    const attempts = [
      attemptAt(first),
      attemptAt(second, unreachable(second)),
      attemptAt(third),
      attemptAt(first),
    ];
    expect(summarize(attempts)).toEqual({
      failure:
        'no reply from udp://192.0.2.1:53 in 2 tries; cannot reach udp://192.0.2.2:53; ' +
        'no reply from udp://192.0.2.3:53 in one try',
      server: 'udp://192.0.2.1:53',
    });
  });

  it('prefers what an upstream said to its silence', () => {
    for (const attempts of [
      [attemptAt(first), attemptAt(first, refusal(first))],
      [attemptAt(first, refusal(first)), attemptAt(first)],
    ]) {
      expect(summarize(attempts)).toEqual(refusal(first));
    }
  });

  it('has the last response code that came, and the server that sent it', () => {
    const failed = { ...refusal(third), failure: `SERVFAIL from ${third.server.url}`, rcode: 'SERVFAIL' };
    const attempts = [
      attemptAt(first, refusal(first)),
      attemptAt(third, failed),
      attemptAt(second, unreachable(second)),
    ];
    expect(summarize(attempts)).toEqual({
      failure:
        'REFUSED from udp://192.0.2.1:53; SERVFAIL from udp://192.0.2.3:53; cannot reach udp://192.0.2.2:53',
      rcode: 'SERVFAIL',
      server: 'udp://192.0.2.3:53',
    });
  });

  it('is empty without attempts', () => {
    expect(summarize([])).toEqual({ failure: '', server: '' });
  });
});

describe('waitingForReplies', () => {
  const [asked, other, unasked] = [first, second, third].map(({ server }, index) => ({
    server,
    inFlight: index < 2 ? 1 : 0,
  }));

  it.each([
    [[asked], 'a reply from udp://192.0.2.1:53'],
    [[asked, unasked], 'a reply from udp://192.0.2.1:53'],
    [[asked, other], 'a reply from udp://192.0.2.1:53 or udp://192.0.2.2:53'],
    [[asked, other, other], 'a reply from udp://192.0.2.1:53 or 2 others'],
    [[unasked], 'a reply from udp://192.0.2.3:53'],
  ])('names the upstreams that have queries in flight', (upstreams, text) => {
    expect(waitingForReplies(upstreams.filter((upstream) => upstream !== undefined))).toBe(text);
  });
});
