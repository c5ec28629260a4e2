import { describe, expect, it } from 'vitest';
import { queryFor } from '../played.js';
import { firstStep, startAuto } from './auto-played.js';

describe('a transport over UDP or TCP', () => {
  it('sends over UDP at first', () => {
    const { transport, sockets, ask } = startAuto();
    ask();
    expect(transport.kind).toBe('datagram');
    expect([sockets.connected.length, sockets.streams.length]).toEqual([1, 0]);
  });

  it('sends over TCP after 1000 replies, to compare the two', () => {
    const { transport, sockets, ask, askAndAnswer } = startAuto();
    askAndAnswer(firstStep - 1);
    expect(transport.kind).toBe('datagram');
    askAndAnswer(1);
    ask();
    expect(transport.kind).toBe('stream');
    expect(sockets.streams).toHaveLength(1);
  });

  it('goes back to UDP when TCP has given enough replies, and to TCP if that was faster', () => {
    const { transport, clock, askAndAnswer, said } = startAuto();
    askAndAnswer(firstStep);
    askAndAnswer(12_000);
    expect(transport.kind).toBe('datagram');
    clock.pass(100);
    for (let block = 0; block < 120; block++) {
      askAndAnswer(100);
      clock.pass(50);
    }
    expect(transport.kind).toBe('stream');
    expect(said().every((outcome) => outcome === 'x.dev: NOERROR')).toBe(true);
  });

  it('has the capacity of the transport that is used', () => {
    const { transport, ask, askAndAnswer } = startAuto();
    expect(transport.capacity(false)).toBe(Number.POSITIVE_INFINITY);
    askAndAnswer(firstStep);
    ask();
    expect(transport.capacity(false)).toBe(0x8000 - 1);
  });

  it('reports nothing about a query that is forgotten, whatever it was sent over', () => {
    const { transport, ask, answer, askAndAnswer, outcomes } = startAuto();
    transport.forget(ask());
    answer();
    expect(outcomes).toEqual([]);
    askAndAnswer(firstStep);
    transport.forget(ask());
    answer();
    expect(outcomes).toHaveLength(firstStep);
  });

  it('replaces a UDP socket, or a connection, on which replies are overdue', () => {
    const { transport, clock, sockets, ask, askAndAnswer } = startAuto();
    const rows = Array.from({ length: 64 }, () => ask());
    for (const query of rows.slice(0, 16)) transport.suspect(query, clock.now());
    expect(sockets.connected).toHaveLength(4);
    ask();
    expect(sockets.connected).toHaveLength(5);
    askAndAnswer(firstStep);
    // Replies to the last of these queries have come over TCP, before the next one is sent.
    clock.pass(1);
    transport.suspect(ask(), clock.now());
    ask(queryFor('y.dev', true));
    expect(sockets.streams).toHaveLength(2);
  });

  it('leaves no socket and no timer behind when it is closed', () => {
    const { transport, clock, sockets, ask, askAndAnswer } = startAuto();
    askAndAnswer(firstStep);
    ask();
    expect(clock.timers()).toBe(1);
    transport.close();
    expect(clock.timers()).toBe(0);
    expect(sockets.connected.every(({ isClosed }) => isClosed)).toBe(true);
    expect(sockets.streams[0]?.isDestroyed).toBe(true);
  });

  it('does not compare if four steps over UDP lose too much', () => {
    const { transport, ask, askAndAnswer } = startAuto();
    for (let step = 0; step < 4; step++) {
      for (let count = 0; count < 101; count++) {
        const query = ask();
        transport.suspect(query, 0);
        transport.forget(query);
      }
      askAndAnswer(firstStep);
      expect(transport.kind).toBe('datagram');
    }
    askAndAnswer(firstStep);
    expect(transport.kind).toBe('datagram');
  });

  it('tells whether the connection has fallen silent of a query that had to be sent over a stream', () => {
    const { transport, clock, sockets, ask, answer } = startAuto();
    clock.pass(10);
    ask(queryFor('y.dev', true));
    answer();
    clock.pass(10);
    const sentAt = clock.now();
    const query = ask(queryFor('y.dev', true));
    // Something has come since the query before was sent.
    expect(transport.suspect(query, 9)).toBeUndefined();
    expect(transport.suspect(query, sentAt)).toBeDefined();
    ask(queryFor('y.dev', true));
    expect(sockets.streams).toHaveLength(2);
  });
});
