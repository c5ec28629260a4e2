import { describe, expect, it } from 'vitest';
import { openAuto } from '../../../../src/dns/transport/choice/auto.js';
import type { Query } from '../../../../src/dns/transport/transport.js';
import { systemError } from '../../../helpers/fake-sockets.js';
import { createContext, emptyReplyTo, inFrames, messagesIn, queryFor, truncatedReplyTo } from '../played.js';

const endpoint = { url: 'udp://192.0.2.1:53', address: '192.0.2.1', port: 53 };

/** Opens a transport, and plays the server. */
function start() {
  const context = createContext();
  const { clock, sockets } = context.platform;
  const transport = openAuto(endpoint, context);

  const ask = (query: Query = queryFor('x.dev')) => {
    transport.ask(query);
    clock.endTurn();
    return query;
  };
  /** The messages that have been sent, and not been taken by this function. */
  const taken = new Map<object, number>();
  const untaken = <Item>(list: readonly Item[]) => {
    const from = taken.get(list) ?? 0;
    taken.set(list, list.length);
    return list.slice(from);
  };
  /** Answers all queries that have been sent. */
  const answer = (replyTo = emptyReplyTo) => {
    for (const { sent, events } of sockets.connected)
      for (const { message } of untaken(sent)) events.message(replyTo(message));
    for (const { written, events } of sockets.streams)
      for (const octets of untaken(written)) events.data(inFrames(...messagesIn(octets).map(replyTo)));
    clock.endTurn();
  };
  const askAndAnswer = (count: number) => {
    for (let index = 0; index < count; index++) {
      transport.ask(queryFor('x.dev'));
      clock.pass(1);
      if (index % 16 === 15 || index === count - 1) {
        clock.endTurn();
        answer();
      }
    }
  };
  return { ...context, clock, sockets, transport, ask, answer, askAndAnswer };
}

/** Replies after which the first round is over. */
const firstRound = 1000;

describe('a transport over UDP or TCP', () => {
  it('sends over UDP at first', () => {
    const { transport, sockets, ask } = start();
    ask();
    expect(transport.kind).toBe('datagram');
    expect([sockets.connected.length, sockets.streams.length]).toEqual([1, 0]);
  });

  it('sends over TCP after 1000 replies, to compare the two', () => {
    const { transport, sockets, ask, askAndAnswer } = start();
    askAndAnswer(firstRound - 1);
    expect(transport.kind).toBe('datagram');
    askAndAnswer(1);
    ask();
    expect(transport.kind).toBe('stream');
    expect(sockets.streams).toHaveLength(1);
  });

  it('goes back to UDP when TCP has given enough replies, and to TCP if that was faster', () => {
    const { transport, clock, askAndAnswer, said } = start();
    askAndAnswer(firstRound);
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
    const { transport, ask, askAndAnswer } = start();
    expect(transport.capacity(false)).toBe(Number.POSITIVE_INFINITY);
    askAndAnswer(firstRound);
    ask();
    expect(transport.capacity(false)).toBe(0x8000 - 1);
  });

  it('reports nothing about a query that is forgotten, whatever it was sent over', () => {
    const { transport, ask, answer, askAndAnswer, outcomes } = start();
    transport.forget(ask());
    answer();
    expect(outcomes).toEqual([]);
    askAndAnswer(firstRound);
    transport.forget(ask());
    answer();
    expect(outcomes).toHaveLength(firstRound);
  });

  it('replaces a UDP socket, or a connection, on which replies are overdue', () => {
    const { transport, clock, sockets, ask, askAndAnswer } = start();
    const rows = Array.from({ length: 64 }, () => ask());
    for (const query of rows.slice(0, 16)) transport.suspect(query, clock.now());
    expect(sockets.connected).toHaveLength(4);
    ask();
    expect(sockets.connected).toHaveLength(5);
    askAndAnswer(firstRound);
    // Replies to the last of these queries have come over TCP, before the next one is sent.
    clock.pass(1);
    transport.suspect(ask(), clock.now());
    ask(queryFor('y.dev', true));
    expect(sockets.streams).toHaveLength(2);
  });

  it('leaves no socket and no timer behind when it is closed', () => {
    const { transport, clock, sockets, ask, askAndAnswer } = start();
    askAndAnswer(firstRound);
    ask();
    expect(clock.timers()).toBe(1);
    transport.close();
    expect(clock.timers()).toBe(0);
    expect(sockets.connected.every(({ isClosed }) => isClosed)).toBe(true);
    expect(sockets.streams[0]?.isDestroyed).toBe(true);
  });

  it('does not compare if four rounds over UDP lose too much', () => {
    const { transport, ask, askAndAnswer } = start();
    for (let round = 0; round < 4; round++) {
      for (let count = 0; count < 101; count++) {
        const query = ask();
        transport.suspect(query, 0);
        transport.forget(query);
      }
      askAndAnswer(firstRound);
      expect(transport.kind).toBe('datagram');
    }
    askAndAnswer(firstRound);
    expect(transport.kind).toBe('datagram');
  });
});

describe('a comparison of UDP and TCP', () => {
  it.each([
    ['nothing listens for TCP', 'ECONNREFUSED', false],
    ['a connection breaks', 'ECONNRESET', true],
  ])('ends with UDP if %s', (_what, code, wasEstablished) => {
    const { transport, sockets, ask, askAndAnswer, said } = start();
    askAndAnswer(firstRound);
    ask(queryFor('y.dev'));
    sockets.streams[0]?.events.closed(systemError(code), wasEstablished);
    expect(transport.kind).toBe('datagram');
    expect(said().at(-1)).toMatch(/^y\.dev: .* tcp:\/\/192\.0\.2\.1:53$/);
    askAndAnswer(firstRound);
    expect(transport.kind).toBe('datagram');
  });

  it('ends with UDP if the reply to a query over TCP is overdue and nothing has come since', () => {
    const { transport, clock, ask, askAndAnswer } = start();
    askAndAnswer(firstRound);
    askAndAnswer(20);
    clock.pass(10);
    const sentAt = clock.now();
    const query = ask();
    clock.pass(100);
    transport.suspect(query, sentAt);
    expect(transport.kind).toBe('datagram');
  });

  it('goes on if something has come over TCP since a query was sent', () => {
    const { transport, clock, ask, askAndAnswer } = start();
    askAndAnswer(firstRound);
    const sentAt = clock.now();
    const query = ask();
    askAndAnswer(1);
    transport.suspect(query, sentAt);
    expect(transport.kind).toBe('stream');
  });

  it('goes on if the reply is overdue to a query that was sent over UDP before the round over TCP', () => {
    const { transport, clock, ask, askAndAnswer } = start();
    const query = ask();
    askAndAnswer(firstRound);
    const sentAt = 0;
    clock.pass(100);
    transport.suspect(query, sentAt);
    expect(transport.kind).toBe('stream');
  });

  it('goes on if the server replies with something that cannot be used', () => {
    const { transport, ask, answer, askAndAnswer } = start();
    askAndAnswer(firstRound);
    ask();
    answer(truncatedReplyTo);
    expect(transport.kind).toBe('stream');
  });

  it('goes on if a query fails that had to be sent over a stream', () => {
    const { transport, sockets, ask, askAndAnswer, said } = start();
    askAndAnswer(firstRound);
    ask(queryFor('y.dev', true));
    sockets.streams[0]?.events.closed(systemError('ECONNREFUSED'), false);
    expect(said().at(-1)).toBe('y.dev: nothing is listening at tcp://192.0.2.1:53');
    expect(transport.kind).toBe('stream');
  });

  it('is not made with queries that had to be sent over a stream', () => {
    const { transport, sockets, ask, answer } = start();
    for (let count = 0; count < firstRound; count++) ask(queryFor('y.dev', true));
    answer();
    expect(transport.kind).toBe('datagram');
    expect(sockets.connected).toEqual([]);
  });
});
