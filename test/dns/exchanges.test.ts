import { decode } from 'dns-packet';
import { describe, expect, test, vi } from 'vitest';
import { openExchanges } from '../../src/dns/exchanges.js';
import type { Question } from '../../src/dns/query.js';
import type { Forget, Outcome } from '../../src/dns/transport.js';
import { address, replyTo } from './messages.js';

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
    const exchanges = openExchanges(server);
    const settle = settler();
    const { query } = exchanges.open(question, settle);
    expect(decode(query)).toMatchObject({ questions: [question] });
    expect(settle).not.toHaveBeenCalled();
    exchanges.receive(reply(query));
    exchanges.receive(reply(query, '192.0.2.66'));
    expect(settle.mock.calls).toEqual([[answered()]]);
  });

  test('settles by its own reply, whichever comes first', () => {
    const exchanges = openExchanges(server);
    const [settleFirst, settleSecond] = [settler(), settler()];
    const first = exchanges.open(question, settleFirst);
    const second = exchanges.open(question, settleSecond);
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
      (query) => withId(reply(openExchanges('').open(otherQuestion, settler()).query), query.readUInt16BE(0)),
    ],
    [
      'about another type',
      (query) =>
        withId(
          reply(openExchanges('').open({ ...question, type: 'NS' }, settler()).query),
          query.readUInt16BE(0),
        ),
    ],
    ['that is the query itself', (query) => query],
    ['of no octets', () => Buffer.alloc(0)],
    ['of one octet', (query) => query.subarray(0, 1)],
    ['of an id alone', (query) => query.subarray(0, 2)],
  ])('passes over a message %s and waits for the true reply', (_, forge) => {
    const exchanges = openExchanges(server);
    const settle = settler();
    const { query } = exchanges.open(question, settle);
    exchanges.receive(forge(query));
    expect(settle).not.toHaveBeenCalled();
    exchanges.receive(reply(query));
    expect(settle.mock.calls).toEqual([[answered()]]);
  });

  test('fails by a reply that cannot be read', () => {
    const exchanges = openExchanges(server);
    const settle = settler();
    const { query } = exchanges.open(question, settle);
    exchanges.receive(reply(query).subarray(0, -1));
    expect(settle.mock.calls).toEqual([[{ failure: `unreadable reply from ${server}`, server }]]);
  });

  test('is over once it is forgotten', () => {
    const exchanges = openExchanges(server);
    const settle = settler();
    const { query, forget } = exchanges.open(question, settle);
    forget();
    forget();
    exchanges.receive(reply(query));
    exchanges.fail('closed');
    expect(settle).not.toHaveBeenCalled();
  });
});

describe('a truncated reply', () => {
  test('hands the question and who waits for it to askAgain', () => {
    const askAgain = vi.fn<(question: Question, settle: (outcome: Outcome) => void) => Forget>(
      () => () => {},
    );
    const exchanges = openExchanges(server, askAgain);
    const settle = settler();
    const { query } = exchanges.open(question, settle);
    exchanges.receive(truncated(query));
    exchanges.receive(truncated(query));
    exchanges.receive(reply(query));
    expect(askAgain.mock.calls).toEqual([[question, settle]]);
    expect(settle).not.toHaveBeenCalled();
  });

  test('cannot be read where nobody asks again', () => {
    const exchanges = openExchanges(server);
    const settle = settler();
    const { query } = exchanges.open(question, settle);
    exchanges.receive(truncated(query));
    expect(settle.mock.calls).toEqual([[{ failure: `unreadable reply from ${server}`, server }]]);
  });

  test('is not asked again for once forgotten', () => {
    const askAgain = vi.fn(() => () => {});
    const exchanges = openExchanges(server, askAgain);
    const { query, forget } = exchanges.open(question, settler());
    forget();
    exchanges.receive(truncated(query));
    expect(askAgain).not.toHaveBeenCalled();
  });

  test('leaves the exchange to be forgotten where it is asked again', () => {
    const forgetAgain = vi.fn();
    const exchanges = openExchanges(server, () => forgetAgain);
    // As transports do: they give `forget` away before any reply is there.
    const { query, forget } = exchanges.open(question, settler());
    exchanges.receive(truncated(query));
    expect(forgetAgain).not.toHaveBeenCalled();
    forget();
    expect(forgetAgain).toHaveBeenCalledOnce();
  });
});

describe('a failure', () => {
  test('settles all that is open, once', () => {
    const exchanges = openExchanges(server);
    const [first, second, done] = [settler(), settler(), settler()];
    const { query } = exchanges.open(question, first);
    exchanges.open(otherQuestion, second);
    exchanges.receive(reply(exchanges.open(question, done).query));
    exchanges.fail('nothing listens');
    exchanges.fail('nothing listens still');
    exchanges.receive(reply(query));
    expect(first.mock.calls).toEqual([[{ failure: 'nothing listens', server }]]);
    expect(second.mock.calls).toEqual([[{ failure: 'nothing listens', server }]]);
    expect(done.mock.calls).toEqual([[answered()]]);
  });

  test('leaves alone what is asked because of it', () => {
    const exchanges = openExchanges(server);
    const second = settler();
    const queries: Buffer[] = [];
    exchanges.open(question, () => queries.push(exchanges.open(question, second).query));
    exchanges.fail('nothing listens');
    expect(second).not.toHaveBeenCalled();
    for (const query of queries) exchanges.receive(reply(query));
    expect(second.mock.calls).toEqual([[answered()]]);
  });
});

test('clearing forgets all that is open', () => {
  const exchanges = openExchanges(server);
  const settle = settler();
  const { query } = exchanges.open(question, settle);
  exchanges.clear();
  exchanges.receive(reply(query));
  exchanges.fail('closed');
  expect(settle).not.toHaveBeenCalled();
});
