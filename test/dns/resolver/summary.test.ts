import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../../src/dns/resolver/question.js';
import { summarize, summarizeUnasked, waitingForReplies } from '../../../src/dns/resolver/summary.js';
import { createUpstream } from '../../../src/dns/resolver/upstream.js';
import type { Failed } from '../../../src/dns/transport/transport.js';
import { attemptAt, failureOf, serverAt, urlOf } from './fakes.js';

const [first, second, third] = [upstreamAt(1), upstreamAt(2), upstreamAt(3)];

function upstreamAt(number: number) {
  return createUpstream<Attempt>(serverAt(number));
}

const refusedBy = (server: string): Failed =>
  failureOf(server, { failure: `REFUSED from ${server}`, rcode: 'REFUSED' });
const unreachable = (server: string): Failed => failureOf(server, { failure: `cannot reach ${server}` });

describe('summarize', () => {
  it('counts the attempts that got no reply', () => {
    expect(summarize([attemptAt(first)])).toEqual({
      failure: 'no reply from udp://192.0.2.1:53 in one try',
      server: 'udp://192.0.2.1:53',
      silentSince: 1,
    });
    expect(summarize([attemptAt(first), attemptAt(first), attemptAt(first)]).failure).toBe(
      'no reply from udp://192.0.2.1:53 in 3 tries',
    );
  });

  it('names the failure of each upstream once, in the order in which they were asked', () => {
    const attempts = [
      attemptAt(first),
      attemptAt(second, unreachable(urlOf(2))),
      attemptAt(third),
      attemptAt(first),
    ];
    expect(summarize(attempts)).toEqual({
      failure:
        'no reply from udp://192.0.2.1:53 in 2 tries; cannot reach udp://192.0.2.2:53; ' +
        'no reply from udp://192.0.2.3:53 in one try',
      server: 'udp://192.0.2.1:53',
      silentSince: 1,
    });
  });

  it('prefers what an upstream said to its silence', () => {
    for (const attempts of [
      [attemptAt(first), attemptAt(first, refusedBy(urlOf(1)))],
      [attemptAt(first, refusedBy(urlOf(1))), attemptAt(first)],
    ]) {
      expect(summarize(attempts)).toEqual(refusedBy(urlOf(1)));
    }
  });

  it('has the last response code that came, and the server that sent it', () => {
    const failed = {
      ...failureOf(urlOf(3), { failure: 'SERVFAIL from udp://192.0.2.3:53', rcode: 'SERVFAIL' }),
      extendedErrors: [{ code: 22, meaning: 'unreachable' }],
    };
    const attempts = [
      attemptAt(first, refusedBy(urlOf(1))),
      attemptAt(third, failed),
      attemptAt(second, unreachable(urlOf(2))),
    ];
    expect(summarize(attempts)).toEqual({
      failure:
        'REFUSED from udp://192.0.2.1:53; SERVFAIL from udp://192.0.2.3:53; cannot reach udp://192.0.2.2:53',
      rcode: 'SERVFAIL',
      extendedErrors: [{ code: 22, meaning: 'unreachable' }],
      server: 'udp://192.0.2.3:53',
    });
  });

  it('says since when an upstream has been silent that never replied', () => {
    const replied = { ...attemptAt(first, refusedBy(urlOf(1))), sent: 5 };
    const lost = (upstream: typeof first, sent: number) => ({ ...attemptAt(upstream), sent });
    expect(summarize([replied, lost(second, 6), lost(third, 7), lost(second, 8)]).silentSince).toBe(6);
    expect(summarize([lost(first, 4), replied])).not.toHaveProperty('silentSince');
  });

  it('is empty without attempts', () => {
    expect(summarize([])).toEqual({ failure: '', server: '' });
  });
});

describe('summarizeUnasked', () => {
  const upstreams = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...upstreamAt(index + 1),
      lastFailure: `failure ${index + 1}`,
    }));

  it('names the last failure of each server', () => {
    expect(summarizeUnasked(upstreams(2))).toEqual({ failure: 'failure 1; failure 2', server: urlOf(1) });
  });

  it('counts servers if there are more than sixteen', () => {
    expect(summarizeUnasked(upstreams(16)).failure).toMatch(/^failure 1; .*; failure 16$/);
    expect(summarizeUnasked(upstreams(17)).failure).toBe('none of 17 servers answers');
  });

  it('says so if there is no server', () => {
    expect(summarizeUnasked([])).toEqual({ failure: 'there is no name server to ask', server: '' });
  });
});

describe('waitingForReplies', () => {
  const [busy, other, idle] = [first, second, third].map(({ server }, index) => ({
    server,
    inFlight: index < 2 ? 1 : 0,
  }));
  if (!busy || !other || !idle) throw new Error('Expected three upstreams');

  it('names the only upstream', () => {
    expect(waitingForReplies([busy])).toBe('a reply from udp://192.0.2.1:53');
  });

  it('names the only upstream that has queries in flight', () => {
    expect(waitingForReplies([idle, busy])).toBe('a reply from udp://192.0.2.1:53');
  });

  it('names two upstreams that have queries in flight', () => {
    expect(waitingForReplies([busy, other])).toBe('a reply from udp://192.0.2.1:53 or udp://192.0.2.2:53');
  });

  it('names the first of three upstreams that have queries in flight, and counts the others', () => {
    expect(waitingForReplies([busy, other, other])).toBe('a reply from udp://192.0.2.1:53 or 2 others');
  });

  it('names an upstream without queries in flight if none has any', () => {
    expect(waitingForReplies([idle])).toBe('a reply from udp://192.0.2.3:53');
  });
});
