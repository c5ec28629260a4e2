import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../../src/dns/resolver/question.js';
import { createUpstream, maySend, readyAt } from '../../../src/dns/resolver/upstream.js';
import { openFakeRun, sentTo, serverAt, startedUpstream, urlOf } from './fakes.js';

describe('an upstream that has not been asked', () => {
  it('has nothing to report but that there is no reply', () => {
    expect(createUpstream(serverAt(1))).toMatchObject({
      server: serverAt(1),
      asked: 0,
      answered: 0,
      lost: 0,
      inFlight: 0,
      answeredSentAt: Number.NEGATIVE_INFINITY,
      lastFailure: `no reply from ${urlOf(1)}`,
    });
  });

  it('may be sent a query, over a stream or not', () => {
    const upstream = createUpstream(serverAt(1));
    expect([maySend(upstream, false, 0), maySend(upstream, true, 0)]).toEqual([true, true]);
  });
});

describe('the transport of an upstream that has not been asked', () => {
  it('takes datagrams, and does nothing', () => {
    const { transport } = createUpstream<Attempt>(serverAt(1));
    const [attempt] = sentTo(openFakeRun(), startedUpstream(1)).attempts;
    if (attempt === undefined) throw new Error('Expected an attempt');
    transport.ask(attempt);
    expect(transport.suspect(attempt, 0)).toBeUndefined();
    transport.forget(attempt);
    transport.close();
    expect(transport.kind).toBe('datagram');
  });
});

describe('start', () => {
  it('gives an upstream a state of its own', () => {
    const [one, other] = [startedUpstream(1), startedUpstream(1)];
    expect(one.transport.capacity(false)).toBe(1);
    for (const part of ['roundTripTime', 'congestionControl', 'health'] as const)
      expect(one[part]).not.toBe(other[part]);
  });

  it('gives an upstream its first window', () => {
    expect(
      [startedUpstream(1, {}, 8), startedUpstream(1)].map((upstream) => upstream.congestionControl.window),
    ).toEqual([8, 64]);
  });
});

describe('an upstream may be sent a query', () => {
  it('as long as its window has room', () => {
    const upstream = startedUpstream(1, {}, 8);
    upstream.inFlight = 7;
    expect(maySend(upstream, false, 0)).toBe(true);
    upstream.inFlight = 8;
    expect(maySend(upstream, false, 0)).toBe(false);
  });

  it('as long as its transport takes queries of that kind', () => {
    const upstream = startedUpstream(1, { capacity: (needsStream) => (needsStream ? 0 : 1) });
    expect([maySend(upstream, false, 0), maySend(upstream, true, 0)]).toEqual([true, false]);
  });

  it('unless it is silent', () => {
    const upstream = startedUpstream(1);
    upstream.health.isSilent = true;
    expect(maySend(upstream, false, 0)).toBe(false);
  });
});

describe('an upstream will be ready', () => {
  it('when it may be asked again', () => {
    const upstream = startedUpstream(1);
    upstream.health.resumeAt = 500;
    expect(readyAt(upstream, 499)).toBe(500);
  });

  it('when it has a token, if its window has room', () => {
    const run = openFakeRun();
    const upstream = run.upstream(1);
    sentTo(run, upstream);
    const { congestionControl } = upstream;
    congestionControl.window = 8;
    Object.assign(congestionControl.rate.bucket, { rate: 10, tokens: 0 });
    expect(readyAt(upstream, 1000)).toBe(1100);
    upstream.inFlight = 8;
    expect(readyAt(upstream, 1000)).toBe(Number.POSITIVE_INFINITY);
  });

  it('at no known time if only a reply helps', () => {
    const upstream = startedUpstream(1);
    upstream.health.resumeAt = 500;
    expect(readyAt(upstream, 500)).toBe(Number.POSITIVE_INFINITY);
    upstream.health.resumeAt = 600;
    upstream.health.isSilent = true;
    expect(readyAt(upstream, 500)).toBe(Number.POSITIVE_INFINITY);
  });
});
