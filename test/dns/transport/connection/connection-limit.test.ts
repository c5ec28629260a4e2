import { describe, expect, it } from 'vitest';
import { createConnectionLimit } from '../../../../src/dns/transport/connection/connection-limit.js';
import type { Query, TransportContext } from '../../../../src/dns/transport/transport.js';
import { createContext, createRecordingTransport, queryFor, type RecordingTransport } from '../played.js';

const outcome = { failure: 'connection reset', server: 'tcp://192.0.2.1:53' };
const first = queryFor('x1.dev');
const second = queryFor('x2.dev');
const third = queryFor('x3.dev');

/** Lets the queries take their turns. */
const turns = () => new Promise<void>((resolve) => void setImmediate(resolve));

/** Wraps the transports to some servers in one limit. */
function start(maximum: number, servers = 1) {
  const limited = createConnectionLimit(maximum);
  const context = createContext();
  /** The connections that have been opened, in order. */
  const opened: { connection: RecordingTransport; own: TransportContext<Query> }[] = [];
  const transports = Array.from({ length: servers }, () =>
    limited(context, (own) => {
      const connection = createRecordingTransport();
      opened.push({ connection, own });
      return connection;
    }),
  );
  return {
    transports,
    said: context.said,
    calls: () => opened.map(({ connection }) => connection.calls),
    areClosed: () => opened.map(({ connection }) => connection.isClosed),
    async ask(query: Query, server = 0) {
      transports[server]?.ask(query);
      await turns();
    },
    async settle(connection: number, query: Query) {
      opened[connection]?.own.settled(query, outcome);
      await turns();
    },
  };
}

describe('a limit of connections', () => {
  it('lets as many queries be in flight as it allows, on all connections together', async () => {
    const { ask, settle, calls } = start(2, 3);
    await ask(first, 0);
    await ask(second, 1);
    await ask(third, 2);
    expect(calls()).toEqual([['ask x1.dev'], ['ask x2.dev']]);
    await settle(0, first);
    expect(calls()).toEqual([['ask x1.dev'], ['ask x2.dev'], ['ask x3.dev']]);
  });

  it('reports the outcomes of queries', async () => {
    const { ask, settle, said } = start(2);
    await ask(first);
    await settle(0, first);
    expect(said()).toEqual(['x1.dev: connection reset']);
  });

  it('closes a connection when the last of its queries has an outcome, and opens another for the next one', async () => {
    const { ask, settle, calls, areClosed } = start(2);
    await ask(first);
    await ask(second);
    await settle(0, first);
    expect(areClosed()).toEqual([false]);
    await settle(0, second);
    expect(areClosed()).toEqual([true]);
    await ask(third);
    expect(calls()).toEqual([['ask x1.dev', 'ask x2.dev'], ['ask x3.dev']]);
  });

  it('gives the turn of a forgotten query to another one', async () => {
    const { transports, ask, calls } = start(1);
    await ask(first);
    await ask(second);
    transports[0]?.forget(first);
    await turns();
    expect(calls()).toEqual([['ask x1.dev', 'forget x1.dev'], ['ask x2.dev']]);
  });

  it('sends no query that was forgotten before its turn', async () => {
    const { transports, ask, settle, calls } = start(1, 2);
    await ask(first, 0);
    await ask(second, 1);
    transports[1]?.forget(second);
    await settle(0, first);
    expect(calls()).toEqual([['ask x1.dev']]);
  });

  it('passes on that a reply is overdue', async () => {
    const { transports, ask, calls } = start(1);
    transports[0]?.suspect(first, 5);
    await ask(first);
    transports[0]?.suspect(first, 5);
    expect(calls()).toEqual([['ask x1.dev', 'suspect x1.dev of 5 ms']]);
  });

  it('is no limit of how many queries may wait', () => {
    const { transports } = start(1);
    expect(transports[0]?.capacity(true)).toBe(Number.POSITIVE_INFINITY);
  });

  it('gives the turns of a transport that is closed to the others, and closes its connection', async () => {
    const { transports, ask, calls, areClosed } = start(1, 2);
    await ask(first, 0);
    await ask(second, 0);
    await ask(third, 1);
    transports[0]?.close();
    await turns();
    expect(areClosed()).toEqual([true, false]);
    expect(calls()).toEqual([['ask x1.dev'], ['ask x3.dev']]);
  });
});
