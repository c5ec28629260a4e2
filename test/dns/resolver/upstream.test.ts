import { describe, expect, it, vi } from 'vitest';
import {
  hasRoom,
  mayBeDead,
  openUpstream,
  recordLoss,
  recordQuery,
  recordReply,
  release,
} from '../../../src/dns/resolver/upstream.js';
import { fakeUpstream } from './upstreams.js';

describe('openUpstream', () => {
  const server = { scheme: 'udp', url: 'udp://127.0.0.1:53', address: '127.0.0.1', port: 53 } as const;

  it('opens the given transport at the first query, and not before', () => {
    const opened: unknown[] = [];
    const transport = { reliable: true, enforcesTimeout: true, ask() {}, forget() {}, close() {} };
    const upstream = openUpstream(
      server,
      1000,
      () => {},
      (endpoint) => {
        opened.push(endpoint);
        return transport;
      },
    );
    expect([opened, upstream.transport.reliable, hasRoom(upstream, 0)]).toEqual([[], false, true]);
    recordQuery(upstream, 0);
    recordQuery(upstream, 0);
    expect([opened, upstream.transport]).toEqual([[server], transport]);
  });

  it('keeps what is learned of one server apart from the others', () => {
    const open = () => ({ reliable: false, enforcesTimeout: false, ask() {}, forget() {}, close() {} });
    const [first, second] = [0, 1].map(() => openUpstream(server, 1000, () => {}, open));
    if (!first || !second) throw new Error('Expected two upstreams');
    recordQuery(first, 0);
    recordReply(first, 50, true, 0);
    expect([first.roundTripTime.isKnown(), second.roundTripTime.isKnown()]).toEqual([true, false]);
    expect(second.congestionControl.window()).toBe(64);
    recordQuery(second, 0);
    expect([second.roundTripTime.isKnown(), second.congestionControl.window()]).toEqual([false, 64]);
  });
});

describe('hasRoom', () => {
  it('is true for as many queries as the window allows', () => {
    const upstream = fakeUpstream();
    for (let sent = 0; sent < 64; sent++) {
      expect(hasRoom(upstream, 0)).toBe(true);
      recordQuery(upstream, 0);
    }
    expect(hasRoom(upstream, 0)).toBe(false);
    recordReply(upstream, 50, true, 0);
    expect(hasRoom(upstream, 0)).toBe(true);
  });

  it('is true again as soon as one query of a full window over UDP is done', () => {
    const upstream = fakeUpstream();
    for (let sent = 0; sent < 64; sent++) recordQuery(upstream, 0);
    release(upstream);
    expect(hasRoom(upstream, 0)).toBe(true);
  });

  it('is true again only when a quarter of a full window on a stream is done', () => {
    const { transport } = fakeUpstream();
    const stream = fakeUpstream('192.0.2.1', { transport: { ...transport, reliable: true } });
    for (let sent = 0; sent < 64; sent++) recordQuery(stream, 0);
    for (let done = 0; done < 15; done++) release(stream);
    expect([stream.inFlight, hasRoom(stream, 0)]).toEqual([49, false]);
    release(stream);
    expect(hasRoom(stream, 0)).toBe(true);
    for (let sent = 0; sent < 15; sent++) recordQuery(stream, 0);
    expect(hasRoom(stream, 0)).toBe(true);
  });

  it('is false while congestion control allows no query', () => {
    const { congestionControl } = fakeUpstream();
    const slowed = { ...congestionControl, allowance: () => 0 };
    expect(hasRoom(fakeUpstream('192.0.2.1', { congestionControl: slowed }), 0)).toBe(false);
  });
});

describe('mayBeDead', () => {
  it('is true after one failure of an upstream that never replied', () => {
    expect(mayBeDead(fakeUpstream())).toBe(false);
    expect(mayBeDead(fakeUpstream('192.0.2.1', { consecutiveFailures: 1 }))).toBe(true);
  });

  it('is true only after more than ten consecutive failures of an upstream that has replied', () => {
    const upstream = fakeUpstream();
    recordReply(upstream, 20, true, 0);
    upstream.consecutiveFailures = 10;
    expect(mayBeDead(upstream)).toBe(false);
    upstream.consecutiveFailures = 11;
    expect(mayBeDead(upstream)).toBe(true);
  });
});

describe('recordQuery', () => {
  it('counts a query as in flight, and against the rate', () => {
    const { congestionControl } = fakeUpstream();
    const recordSent = vi.fn();
    const upstream = fakeUpstream('192.0.2.1', {
      congestionControl: { ...congestionControl, recordQuery: recordSent },
    });
    recordQuery(upstream, 0);
    expect(upstream.inFlight).toBe(1);
    expect(recordSent).toHaveBeenCalledOnce();
  });
});

describe('recordReply', () => {
  it('ends the consecutive failures, takes in the round trip and widens the window', () => {
    const upstream = fakeUpstream('192.0.2.1', { consecutiveFailures: 5 });
    recordReply(upstream, 100, true, 0);
    expect(upstream.consecutiveFailures).toBe(0);
    expect(upstream.roundTripTime.timeout()).toBe(300);
    expect(upstream.congestionControl.window()).toBe(66);
  });
});

describe('recordLoss', () => {
  it('counts a consecutive failure, and the query as no longer in flight', () => {
    const upstream = fakeUpstream();
    recordQuery(upstream, 0);
    recordLoss(upstream, 0, 0);
    expect(upstream).toMatchObject({ inFlight: 0, consecutiveFailures: 1 });
  });
});
