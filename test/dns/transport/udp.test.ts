import { describe, expect, it } from 'vitest';
import { openUdp } from '../../../src/dns/transport/udp.js';
import { systemError } from '../../helpers/fake-sockets.js';
import {
  createContext,
  createRecordingTransport,
  emptyReplyTo,
  queries,
  queryFor,
  truncatedReplyTo,
} from './played.js';

const endpoint = { url: 'udp://192.0.2.1:53', address: '192.0.2.1', port: 53 };

function start() {
  const context = createContext();
  const { clock, sockets } = context.platform;
  const tcp = createRecordingTransport(7);
  const transport = openUdp(endpoint, context, tcp);
  /** Asks queries, and returns the sockets that they were sent on, by their place. */
  const ask = (...asked: ReturnType<typeof queries>) =>
    asked.map((query) => {
      const before = sockets.connected.map(({ sent }) => sent.length);
      transport.ask(query);
      return sockets.connected.findIndex(({ sent }, index) => sent.length > (before[index] ?? 0));
    });
  const at = (index: number) => sockets.connected[index] ?? expect.unreachable('no such socket');
  /** The queries that were sent on a socket. */
  const sent = (index: number) => at(index).sent.map(({ message }) => message);
  return { ...context, clock, sockets, tcp, transport, ask, at, sent };
}

describe('a query over UDP', () => {
  it('is sent on a socket that is connected to the server', () => {
    const { ask, sockets, transport } = start();
    ask(queryFor('x.dev'));
    expect(sockets.connected).toMatchObject([{ address: '192.0.2.1', port: 53 }]);
    expect([transport.kind, transport.capacity(false)]).toEqual(['datagram', Number.POSITIVE_INFINITY]);
  });

  it('is one of 16 in a row on one of 4 sockets', () => {
    const { ask } = start();
    const row = (index: number) => new Array<number>(16).fill(index);
    expect(ask(...queries(80))).toEqual([...row(0), ...row(1), ...row(2), ...row(3), ...row(0)]);
  });

  it('is settled at the end of the turn in which its reply comes', () => {
    const { clock, ask, at, sent, said } = start();
    ask(...queries(2));
    for (const message of sent(0).toReversed()) at(0).events.message(emptyReplyTo(message));
    expect(said()).toEqual([]);
    clock.endTurn();
    expect(said()).toEqual(['x2.dev: NOERROR', 'x1.dev: NOERROR']);
    ask(queryFor('x3.dev'));
    at(0).events.message(emptyReplyTo(sent(0)[2] ?? expect.unreachable()));
    clock.endTurn();
    expect(said().at(-1)).toBe('x3.dev: NOERROR');
  });

  it('fails if its reply was truncated', () => {
    const { clock, ask, at, sent, outcomes } = start();
    ask(queryFor('x.dev'));
    for (const message of sent(0)) at(0).events.message(truncatedReplyTo(message));
    clock.endTurn();
    expect(outcomes[0]?.outcome).toMatchObject({ isTruncated: true });
  });

  it('is not reported after it has been forgotten', () => {
    const { clock, transport, ask, at, sent, said } = start();
    const [first = expect.unreachable(), ...others] = queries(33);
    ask(first, ...others);
    transport.forget(first);
    for (const message of sent(0)) at(0).events.message(emptyReplyTo(message));
    clock.endTurn();
    expect(said()).toHaveLength(15);
    expect(said()).not.toContain('x1.dev: NOERROR');
  });

  it('goes over TCP if it needs a stream', () => {
    const { sockets, tcp, transport } = start();
    const query = queryFor('x.dev', true);
    transport.ask(query);
    transport.suspect(query, 5);
    transport.forget(query);
    expect(tcp.calls).toEqual(['ask x.dev', 'suspect x.dev of 5 ms', 'forget x.dev']);
    expect(sockets.connected).toEqual([]);
    expect(transport.capacity(true)).toBe(7);
  });

  it('goes over TCP to the same server, by default', () => {
    const context = createContext();
    const { clock, sockets } = context.platform;
    openUdp(endpoint, context).ask(queryFor('x.dev', true));
    clock.endTurn();
    expect(sockets.streams).toMatchObject([{ address: '192.0.2.1', port: 53 }]);
    sockets.streams[0]?.events.closed(undefined, true);
    expect(context.said()).toEqual(['x.dev: connection closed by tcp://192.0.2.1:53']);
  });
});

describe('a transport over UDP that is closed', () => {
  it('closes its sockets and its connection, and reports nothing any longer', () => {
    const { clock, tcp, transport, ask, at, sent, sockets, said } = start();
    ask(...queries(17));
    at(0).events.message(emptyReplyTo(sent(0)[0] ?? expect.unreachable()));
    transport.close();
    clock.endTurn();
    expect(sockets.connected.map(({ isClosed }) => isClosed)).toEqual([true, true]);
    expect(tcp.isClosed).toBe(true);
    expect(said()).toEqual([]);
  });
});

describe('an error of a socket', () => {
  const says = (failure: string, ...names: readonly string[]) =>
    names.map((name) => `${name}: ${failure} udp://192.0.2.1:53`);

  it('that nothing is listening fails all its queries, and the socket is used on', () => {
    const { ask, at, said } = start();
    ask(...queries(2));
    at(0).events.failed(systemError('ECONNREFUSED'), true);
    expect(said()).toEqual(says('nothing is listening at', 'x1.dev', 'x2.dev'));
    expect(ask(queryFor('x.dev'))).toEqual([0]);
    expect(at(0).isClosed).toBe(false);
  });

  it.each([
    ['after it was connected', 'ENETUNREACH', true, 'cannot reach'],
    ['before it was connected', 'ECONNREFUSED', false, 'nothing is listening at'],
  ])('%s fails all its queries, and another socket is used', (_when, code, wasConnected, failure) => {
    const { ask, at, said } = start();
    ask(...queries(2));
    at(0).events.failed(systemError(code), wasConnected);
    expect(said()).toEqual(says(failure, 'x1.dev', 'x2.dev'));
    expect(ask(queryFor('x.dev'))).toEqual([1]);
    expect(at(0).isClosed).toBe(true);
  });

  it('leaves the queries on other sockets alone', () => {
    const { ask, at, said } = start();
    ask(...queries(17));
    at(1).events.failed(systemError('ENETUNREACH'), true);
    expect(said()).toEqual(says('cannot reach', 'x17.dev'));
  });

  it('that occurs when a query is sent fails all its queries', () => {
    const { ask, at, said } = start();
    ask(...queries(2));
    at(0).sent[1]?.failed(systemError('EPERM'));
    expect(said()).toEqual(says('not permitted to ask', 'x1.dev', 'x2.dev'));
    expect(at(0).isClosed).toBe(true);
  });

  it('that there was no room for a query fails that query alone, if it has no outcome', () => {
    const { transport, ask, at, said } = start();
    const [first = expect.unreachable(), second = expect.unreachable()] = queries(2);
    ask(first, second);
    transport.forget(first);
    for (const { failed } of at(0).sent) failed(systemError('ENOBUFS'));
    expect(said()).toEqual(says('not enough memory to reach', 'x2.dev'));
    expect(ask(queryFor('x.dev'))).toEqual([0]);
  });

  it.each([
    ['the first', 0, [1, 1, 1]],
    ['the second', 1, [0, 0, 0]],
    ['the third', 2, [1, 0, 1]],
  ])('that the system has no room for %s socket limits their number', (_which, index, used) => {
    const { transport, sockets, ask, at } = start();
    ask(...queries(16 * (index + 1)));
    at(index).events.failed(systemError('EMFILE'), false);
    // Each query is the first of a row.
    const rows = used.map(() => ask(...queries(16))[0]);
    expect(rows).toEqual(used);
    transport.close();
    expect(sockets.connected.every(({ isClosed }) => isClosed)).toBe(true);
  });
});
