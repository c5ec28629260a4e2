import { describe, expect, it } from 'vitest';
import type { Query, Transport } from '../../../src/dns/transport/transport.js';
import { createUdpPool } from '../../../src/dns/transport/udp-pool.js';
import { systemError } from '../../helpers/fake-sockets.js';
import { address, replyTo } from '../wire/messages.js';
import { createContext, emptyReplyTo, queries, queryFor, truncatedReplyTo } from './played.js';

const endpointAt = (address: string) => ({ url: `udp://${address}:53`, address, port: 53 });
/** The address of the server with a number. */
const ip = (server: number) => `192.0.2.${server}`;

function start() {
  const context = createContext();
  const { clock, sockets } = context.platform;
  const open = createUdpPool(context.platform);
  const openAt = (address: string) => open(endpointAt(address), context);
  const at = (index: number) => sockets.shared[index] ?? expect.unreachable('no such socket');
  /** All datagrams that have been sent, each with the place of its socket. */
  const sent = () =>
    sockets.shared.flatMap((socket, index) => socket.sent.map((datagram) => ({ index, ...datagram })));
  return { ...context, clock, sockets, openAt, at, sent };
}

const askAll = (transport: Transport<Query>, asked: readonly Query[]) => {
  for (const query of asked) transport.ask(query);
};

describe('transports over UDP that share their sockets', () => {
  it('send datagrams, as many as they are asked to', () => {
    const { kind, capacity } = start().openAt(ip(1));
    expect([kind, capacity(false)]).toEqual(['datagram', Number.POSITIVE_INFINITY]);
  });

  it('send to their own servers', () => {
    const { openAt, sent } = start();
    for (const server of [1, 2]) openAt(ip(server)).ask(queryFor(`x${server}.dev`));
    expect(sent()).toMatchObject([
      { address: '192.0.2.1', port: 53 },
      { address: '192.0.2.2', port: 53 },
    ]);
  });

  it('send 16 queries in a row on one of 4 sockets each', () => {
    const { openAt, sent } = start();
    askAll(openAt(ip(1)), queries(80));
    const counts = [0, 1, 2, 3].map((index) => sent().filter((datagram) => datagram.index === index).length);
    expect(counts).toEqual([32, 16, 16, 16]);
  });

  it('use 64 sockets, however many servers there are', () => {
    const { sockets, openAt } = start();
    for (let server = 0; server < 100; server++) askAll(openAt(ip(server)), queries(64));
    expect(sockets.shared).toHaveLength(64);
  });

  it('use sockets of the family of the address', () => {
    const { sockets, openAt } = start();
    for (const address of [ip(1), '2001:db8::1']) openAt(address).ask(queryFor('x.dev'));
    expect(sockets.shared.map(({ family }) => family)).toEqual(['udp4', 'udp6']);
  });

  it('take the replies of their own servers, whatever form the address has', () => {
    const { openAt, at, sent, said } = start();
    const addresses = [ip(1), '2001:db8:0:0::1'];
    for (const [index, address] of addresses.entries()) openAt(address).ask(queryFor(`x${index}.dev`));
    const [first = expect.unreachable(), second = expect.unreachable()] = sent();
    at(second.index).events.message(emptyReplyTo(second.message), '2001:db8::1', 53);
    at(first.index).events.message(emptyReplyTo(first.message), '192.0.2.1', 53);
    expect(said()).toEqual(['x1.dev: NOERROR', 'x0.dev: NOERROR']);
  });

  it('ask again over a stream if the eighth message has the question under a wrong id', () => {
    const { openAt, at, sent, outcomes } = start();
    openAt(ip(1)).ask(queryFor('x.dev'));
    const [{ index, message } = expect.unreachable()] = sent();
    const receive = (guess: number) => {
      const reply = Buffer.from(emptyReplyTo(message));
      reply.writeUInt16BE((reply.readUInt16BE(0) + guess) & 0xffff, 0);
      at(index).events.message(reply, ip(1), 53);
    };
    for (let guess = 1; guess < 8; guess++) receive(guess);
    expect(outcomes).toEqual([]);
    for (const guess of [8, 0]) receive(guess);
    const failure = `replies from udp://${ip(1)}:53 that may be forged`;
    expect(outcomes).toEqual([
      {
        name: 'x.dev',
        outcome: { failure, server: `udp://${ip(1)}:53`, hasReplied: true, isTruncated: true },
      },
    ]);
  });

  it('ask again over a stream if the letters of a question come back in another case than before', () => {
    const { openAt, at, sent, said } = start();
    const transport = openAt(ip(1));
    const ask = (name: string, change: (reply: Buffer) => void = () => {}) => {
      transport.ask(queryFor(name));
      const { index, message } = sent().at(-1) ?? expect.unreachable();
      const reply = replyTo(Buffer.from(message), { answers: [address(name, '192.0.2.7')] });
      change(reply);
      at(index).events.message(reply, ip(1), 53);
    };
    ask('known-of-old.dev');
    ask('known-of-old.dev');
    ask('x.dev', (reply) => {
      // The letter x, in the other case.
      reply[13] = (reply[13] ?? 0) ^ 0x20;
    });
    expect(said()).toEqual([
      'known-of-old.dev: NOERROR',
      'known-of-old.dev: NOERROR',
      `x.dev: replies from udp://${ip(1)}:53 that may be forged`,
    ]);
  });

  it.each([
    ['from another port', 0, '192.0.2.1', 54],
    ['from another server', 0, '192.0.2.2', 53],
    ['from a stranger', 0, '192.0.2.9', 53],
    ['on another socket', 1, '192.0.2.1', 53],
  ])('ignore a message %s', (_what, index, address, port) => {
    const { openAt, at, sent, said } = start();
    openAt(ip(2));
    const transport = openAt(ip(1));
    askAll(transport, queries(32));
    const [{ message } = expect.unreachable()] = sent();
    at(index).events.message(emptyReplyTo(message), address, port);
    expect(said()).toEqual([]);
    at(0).events.message(emptyReplyTo(message), '192.0.2.1', 53);
    expect(said()).toEqual(['x1.dev: NOERROR']);
  });

  it('fail a query whose reply was truncated', () => {
    const { openAt, at, sent, said } = start();
    openAt(ip(1)).ask(queryFor('x.dev'));
    for (const { message } of sent()) at(0).events.message(truncatedReplyTo(message), '192.0.2.1', 53);
    expect(said()).toEqual(['x.dev: truncated reply from udp://192.0.2.1:53']);
  });

  it('report nothing about a query that has been forgotten', () => {
    const { openAt, at, sent, said } = start();
    const transport = openAt(ip(1));
    const query = queryFor('x.dev');
    transport.ask(query);
    transport.forget(query);
    for (const { message } of sent()) at(0).events.message(emptyReplyTo(message), '192.0.2.1', 53);
    expect(said()).toEqual([]);
  });

  it('have sockets of their own if they lead to the same server, whose messages are told apart by its address', () => {
    const { sockets, openAt } = start();
    for (const name of ['x1.dev', 'x2.dev']) openAt(ip(1)).ask(queryFor(name));
    expect([sockets.shared.length, sockets.connected.length]).toEqual([1, 1]);
  });

  it('fail a query that cannot be sent, unless it has been forgotten, and no other', () => {
    const { openAt, at, said } = start();
    const transport = openAt(ip(1));
    const asked = queries(3);
    askAll(transport, asked);
    transport.forget(asked[1] ?? expect.unreachable());
    for (const { failed } of at(0).sent.slice(0, 2)) failed(systemError('EPERM'));
    expect(said()).toEqual(['x1.dev: not permitted to ask udp://192.0.2.1:53']);
  });

  it('fail the queries on a socket that breaks, and open another one', () => {
    const { sockets, openAt, at, said } = start();
    const transport = openAt(ip(1));
    askAll(transport, queries(17));
    at(0).events.failed(systemError('ENETDOWN'));
    expect(said()).toEqual(
      queries(16).map(({ question: { name } }) => `${name}: cannot reach udp://192.0.2.1:53`),
    );
    expect(at(0).isClosed).toBe(true);
    askAll(transport, queries(48));
    expect(sockets.shared.map(({ isClosed }) => isClosed)).toEqual([true, false, false, false, false]);
  });

  it('close the sockets with the last of them', () => {
    const { sockets, openAt } = start();
    const transports = [openAt(ip(1)), openAt(ip(2))];
    for (const transport of transports) transport.ask(queryFor('x.dev'));
    transports[0]?.close();
    expect(sockets.shared.map(({ isClosed }) => isClosed)).toEqual([false, false]);
    transports[1]?.close();
    expect(sockets.shared.map(({ isClosed }) => isClosed)).toEqual([true, true]);
  });

  it('report nothing after they have been closed', () => {
    const { openAt, at, sent, outcomes } = start();
    const [first, second] = [openAt(ip(1)), openAt(ip(2))];
    first.ask(queryFor('x.dev'));
    const [{ message, index } = expect.unreachable()] = sent();
    first.close();
    at(index).events.message(emptyReplyTo(message), '192.0.2.1', 53);
    at(index).sent[0]?.failed(systemError('EPERM'));
    at(index).events.failed(systemError('ENETDOWN'));
    second.close();
    expect(outcomes).toEqual([]);
  });
});
