import { describe, expect, it } from 'vitest';
import { systemError } from '../../../../helpers/fake-sockets.js';
import { queryFor, truncatedReplyTo } from '../../played.js';
import { firstStep, startAuto } from '../auto-played.js';

describe('a comparison of UDP and TCP', () => {
  it.each([
    ['nothing listens for TCP', 'ECONNREFUSED', false],
    ['a connection breaks', 'ECONNRESET', true],
  ])('ends with UDP if %s', (_what, code, wasEstablished) => {
    const { transport, sockets, ask, askAndAnswer, said, outcomes } = startAuto();
    askAndAnswer(firstStep);
    ask(queryFor('y.dev'));
    sockets.streams[0]?.events.closed(systemError(code), wasEstablished);
    expect(transport.kind).toBe('datagram');
    // It says nothing about the server over UDP, and the query may go there at once.
    expect(outcomes.at(-1)?.outcome).toMatchObject({ isUnprocessed: true });
    expect(said().at(-1)).toMatch(/^y\.dev: .* tcp:\/\/192\.0\.2\.1:53$/);
    askAndAnswer(firstStep);
    expect(transport.kind).toBe('datagram');
  });

  it('ends with UDP if the reply to a query over TCP is overdue and nothing has come since', () => {
    const { transport, clock, ask, askAndAnswer } = startAuto();
    askAndAnswer(firstStep);
    askAndAnswer(20);
    clock.pass(10);
    const sentAt = clock.now();
    const query = ask();
    clock.pass(100);
    transport.suspect(query, sentAt);
    expect(transport.kind).toBe('datagram');
  });

  it('goes on if something has come over TCP since a query was sent', () => {
    const { transport, clock, ask, askAndAnswer } = startAuto();
    askAndAnswer(firstStep);
    const sentAt = clock.now();
    const query = ask();
    askAndAnswer(1);
    transport.suspect(query, sentAt);
    expect(transport.kind).toBe('stream');
  });

  it('goes on if the reply is overdue to a query that was sent over UDP before the step over TCP', () => {
    const { transport, clock, ask, askAndAnswer } = startAuto();
    const query = ask();
    askAndAnswer(firstStep);
    const sentAt = 0;
    clock.pass(100);
    transport.suspect(query, sentAt);
    expect(transport.kind).toBe('stream');
  });

  it('goes on if the server replies with something that cannot be used', () => {
    const { transport, ask, answer, askAndAnswer } = startAuto();
    askAndAnswer(firstStep);
    ask();
    answer(truncatedReplyTo);
    expect(transport.kind).toBe('stream');
  });

  it('goes on if a query fails that had to be sent over a stream', () => {
    const { transport, sockets, ask, askAndAnswer, said } = startAuto();
    askAndAnswer(firstStep);
    ask(queryFor('y.dev', true));
    sockets.streams[0]?.events.closed(systemError('ECONNREFUSED'), false);
    expect(said().at(-1)).toBe('y.dev: nothing is listening at tcp://192.0.2.1:53');
    expect(transport.kind).toBe('stream');
  });

  it('is not made with queries that had to be sent over a stream', () => {
    const { transport, sockets, ask, answer } = startAuto();
    for (let count = 0; count < firstStep; count++) ask(queryFor('y.dev', true));
    answer();
    expect(transport.kind).toBe('datagram');
    expect(sockets.connected).toEqual([]);
  });

  it('goes on if the reply is overdue to a query that had to be sent over a stream', () => {
    const { transport, clock, ask, askAndAnswer } = startAuto();
    askAndAnswer(firstStep);
    clock.pass(10);
    const sentAt = clock.now();
    const query = ask(queryFor('y.dev', true));
    clock.pass(100);
    transport.suspect(query, sentAt);
    expect(transport.kind).toBe('stream');
  });

  it('does not count overdue replies to queries that had to be sent over a stream', () => {
    const { transport, clock, ask, askAndAnswer } = startAuto();
    // More than a tenth of a step.
    for (let count = 0; count < 101; count++) {
      const query = ask(queryFor('y.dev', true));
      transport.suspect(query, clock.now());
      transport.forget(query);
    }
    askAndAnswer(firstStep);
    expect(transport.kind).toBe('stream');
  });
});
