import { decode } from 'dns-packet';
import { describe, expect, test, vi } from 'vitest';
import type { Outcome } from '../../../src/dns/transport/transport.js';
import type { Question } from '../../../src/dns/wire/query.js';
import { address, replyTo } from '../wire/messages.js';
import { type Asked, openAsking } from './asking.js';

const server = 'udp://192.0.2.53:53';
const question: Question = { name: 'is.dev', type: 'A' };
const otherQuestion: Question = { name: 'or.dev', type: 'A' };
const settler = () => vi.fn<(outcome: Outcome) => void>();

const truncated = (query: Buffer) => replyTo(query, { flags: 0x0200 });
const reply = (query: Buffer, ip = '192.0.2.1') => replyTo(query, { answers: [address('is.dev', ip)] });
const answered = (ip = '192.0.2.1') => ({
  reply: { rcode: 'NOERROR', truncated: false, addresses: [ip] },
  server,
});

function withId(message: Buffer, id: number): Buffer {
  const copy = Buffer.from(message);
  copy.writeUInt16BE(id);
  return copy;
}

describe('an exchange', () => {
  test('sends its question and settles with the reply and the server, once', () => {
    const exchanges = openAsking(server);
    const settle = settler();
    const { query } = exchanges.ask(question, settle);
    expect(decode(query)).toMatchObject({ questions: [question] });
    expect(settle).not.toHaveBeenCalled();
    exchanges.receive(reply(query));
    exchanges.receive(reply(query, '192.0.2.66'));
    expect(settle.mock.calls).toEqual([[answered()]]);
  });

  test('settles by its own reply, whichever comes first', () => {
    const exchanges = openAsking(server);
    const [settleFirst, settleSecond] = [settler(), settler()];
    const first = exchanges.ask(question, settleFirst);
    const second = exchanges.ask(question, settleSecond);
    exchanges.receive(reply(second.query, '192.0.2.2'));
    expect(settleFirst).not.toHaveBeenCalled();
    exchanges.receive(reply(first.query));
    expect(settleFirst.mock.calls).toEqual([[answered()]]);
    expect(settleSecond.mock.calls).toEqual([[answered('192.0.2.2')]]);
  });

  test.each<[string, (query: Buffer) => Buffer]>([
    ['with an unknown id', (query) => withId(reply(query), query.readUInt16BE(0) ^ 1)],
    [
      'about another name',
      (query) => withId(reply(openAsking('').ask(otherQuestion, settler()).query), query.readUInt16BE(0)),
    ],
    [
      'about another type',
      (query) =>
        withId(
          reply(openAsking('').ask({ ...question, type: 'NS' }, settler()).query),
          query.readUInt16BE(0),
        ),
    ],
    ['that is the query itself', (query) => query],
    ['of no octets', () => Buffer.alloc(0)],
    ['of one octet', (query) => query.subarray(0, 1)],
    ['of an id alone', (query) => query.subarray(0, 2)],
  ])('passes over a message %s and waits for the true reply', (_, forge) => {
    const exchanges = openAsking(server);
    const settle = settler();
    const { query } = exchanges.ask(question, settle);
    exchanges.receive(forge(query));
    expect(settle).not.toHaveBeenCalled();
    exchanges.receive(reply(query));
    expect(settle.mock.calls).toEqual([[answered()]]);
  });

  test('fails by a reply that cannot be read', () => {
    const exchanges = openAsking(server);
    const settle = settler();
    const { query } = exchanges.ask(question, settle);
    exchanges.receive(reply(query).subarray(0, -1));
    expect(settle.mock.calls).toEqual([[{ failure: `unreadable reply from ${server}`, server }]]);
  });

  test('is over once it is forgotten', () => {
    const exchanges = openAsking(server);
    const settle = settler();
    const { asked, query } = exchanges.ask(question, settle);
    expect([exchanges.forget(asked), exchanges.forget(asked)]).toEqual([true, false]);
    exchanges.receive(reply(query));
    expect(settle).not.toHaveBeenCalled();
  });

  test('is not forgotten in place of another that has its id now', () => {
    const exchanges = openAsking(server);
    const settle = settler();
    const { asked, query } = exchanges.ask(question, settle);
    expect(exchanges.forget({ ...asked })).toBe(false);
    exchanges.receive(reply(query));
    expect(settle).toHaveBeenCalledOnce();
  });
});

describe('a truncated reply', () => {
  test('hands over its query', () => {
    const truncatedOnes = vi.fn<(query: Asked) => void>();
    const exchanges = openAsking(server, truncatedOnes);
    const settle = settler();
    const { asked, query } = exchanges.ask(question, settle);
    exchanges.receive(truncated(query));
    exchanges.receive(truncated(query));
    exchanges.receive(reply(query));
    expect(truncatedOnes.mock.calls).toEqual([[asked]]);
    expect(settle).not.toHaveBeenCalled();
  });

  test('cannot be read where nobody takes it over', () => {
    const exchanges = openAsking(server);
    const settle = settler();
    const { query } = exchanges.ask(question, settle);
    exchanges.receive(truncated(query));
    expect(settle.mock.calls).toEqual([[{ failure: `unreadable reply from ${server}`, server }]]);
  });

  test('is passed over once its query is forgotten', () => {
    const truncatedOnes = vi.fn<(query: Asked) => void>();
    const exchanges = openAsking(server, truncatedOnes);
    const { asked, query } = exchanges.ask(question, settler());
    exchanges.forget(asked);
    exchanges.receive(truncated(query));
    expect(truncatedOnes).not.toHaveBeenCalled();
  });
});

test('all that is open can be taken out, and is not settled any more', () => {
  const exchanges = openAsking(server);
  const settle = settler();
  const asked = [question, otherQuestion, question].map((each) => exchanges.ask(each, settle));
  exchanges.receive(reply(asked[2]?.query ?? Buffer.alloc(0)));
  expect(settle).toHaveBeenCalledOnce();
  expect(exchanges.count()).toBe(2);
  expect(new Set(exchanges.takeAll())).toEqual(new Set([asked[0]?.asked, asked[1]?.asked]));
  expect([exchanges.count(), exchanges.takeAll()]).toEqual([0, []]);
  for (const { query } of asked) exchanges.receive(reply(query));
  expect(settle).toHaveBeenCalledOnce();
});
