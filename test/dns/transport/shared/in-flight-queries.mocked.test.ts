import { decode } from 'dns-packet';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createInFlightQueries } from '../../../../src/dns/transport/shared/in-flight-queries.js';
import type { Outcome, Query } from '../../../../src/dns/transport/transport.js';
import { encodeQuery, type Question } from '../../../../src/dns/wire/query.js';
import { address, replyTo } from '../../wire/messages.js';

const server = 'udp://192.0.2.53:53';
const question: Question = { name: 'is.dev', type: 'A' };
const otherQuestion: Question = { name: 'or.dev', type: 'A' };
const allIds = 0x10000;

/** Calls of the random number generator. Their limit is far above what a search for a free id needs. */
const draws = vi.hoisted(() => ({
  count: 0,
  limit: 0,
  endless: new Error('Expected the search for a free id to end'),
}));

vi.mock(import('node:crypto'), async (original) => {
  const crypto = await original();
  const randomFillSync = <Filled extends NodeJS.ArrayBufferView>(buffer: Filled): Filled => {
    if (++draws.count > draws.limit) throw draws.endless;
    return crypto.randomFillSync(buffer);
  };
  return { ...crypto, randomFillSync };
});

beforeEach(() => {
  draws.count = 0;
  draws.limit = 100_000;
});

interface TestQuery extends Query {
  readonly settle: (outcome: Outcome) => void;
}

const settler = () => vi.fn<(outcome: Outcome) => void>();
const ignore = () => {};

function create(truncated?: (query: TestQuery) => void) {
  const inFlight = createInFlightQueries<TestQuery>(
    server,
    (query, outcome) => query.settle(outcome),
    truncated,
  );
  const addQuery = (asked: Question, settle: TestQuery['settle'] = ignore): TestQuery => {
    const query = { question: asked, id: 0, reliable: false, settle };
    inFlight.add(query);
    return query;
  };
  /** Adds a query and encodes its message. */
  const add = (asked: Question, settle?: TestQuery['settle']) => {
    const query = addQuery(asked, settle);
    return { query, message: encodeQuery(query.id, asked) };
  };
  /** Adds queries until all ids are in use. */
  const fill = () => Array.from({ length: allIds }, () => addQuery(question));
  return { ...inFlight, add, fill };
}

const reply = (message: Buffer, ip = '192.0.2.1') => replyTo(message, { answers: [address('is.dev', ip)] });
const truncatedReply = (message: Buffer) => replyTo(message, { flags: 0x0200 });
const answered = (ip = '192.0.2.1') => ({
  reply: { rcode: 'NOERROR', truncated: false, addresses: [ip] },
  server,
});
const unreadable = { failure: `unreadable reply from ${server}`, server, hasReplied: true };

/** A reply to another question under the id of a query. */
const replyAbout = (asked: Question, { message }: { readonly message: Buffer }) =>
  reply(encodeQuery(message.readUInt16BE(0), asked));

describe('in-flight queries', () => {
  it('settle a query with its reply and the server, once', () => {
    const { add, receive } = create();
    const settle = settler();
    const { message } = add(question, settle);
    expect(decode(message)).toMatchObject({ questions: [question] });
    expect(settle).not.toHaveBeenCalled();
    receive(reply(message));
    receive(reply(message, '192.0.2.66'));
    expect(settle.mock.calls).toEqual([[answered()]]);
  });

  it('settle each query with its own reply, in whatever order replies come', () => {
    const { add, receive } = create();
    const [settleFirst, settleSecond] = [settler(), settler()];
    const first = add(question, settleFirst);
    const second = add(question, settleSecond);
    receive(reply(second.message, '192.0.2.2'));
    expect(settleFirst).not.toHaveBeenCalled();
    receive(reply(first.message));
    expect(settleFirst.mock.calls).toEqual([[answered()]]);
    expect(settleSecond.mock.calls).toEqual([[answered('192.0.2.2')]]);
  });

  it.each<[string, (message: Buffer) => Buffer]>([
    ['with an unknown id', (message) => reply(encodeQuery(message.readUInt16BE(0) ^ 1, question))],
    ['about another name', (message) => replyAbout(otherQuestion, { message })],
    ['about another type', (message) => replyAbout({ ...question, type: 'NS' }, { message })],
    ['that is the query itself', (message) => message],
    ['of no octets', () => Buffer.alloc(0)],
    ['of one octet', (message) => message.subarray(0, 1)],
    ['that ends after the id', (message) => message.subarray(0, 2)],
  ])('ignore a message %s and wait for the true reply', (_what, forge) => {
    const { add, receive } = create();
    const settle = settler();
    const { message } = add(question, settle);
    receive(forge(message));
    expect(settle).not.toHaveBeenCalled();
    receive(reply(message));
    expect(settle.mock.calls).toEqual([[answered()]]);
  });

  it('fail a query whose reply is unreadable', () => {
    const { add, receive } = create();
    const settle = settler();
    const { message } = add(question, settle);
    receive(reply(message).subarray(0, -1));
    expect(settle.mock.calls).toEqual([[unreadable]]);
  });

  it('do not settle a forgotten query', () => {
    const { add, forget, receive } = create();
    const settle = settler();
    const { query, message } = add(question, settle);
    expect([forget(query), forget(query)]).toEqual([true, false]);
    receive(reply(message));
    expect(settle).not.toHaveBeenCalled();
  });

  it('are returned when all are forgotten, and are not settled any longer', () => {
    const { add, count, forgetAll, receive } = create();
    const settle = settler();
    const [first, second, third] = [question, otherQuestion, question].map((asked) => add(asked, settle));
    receive(reply(third?.message ?? Buffer.alloc(0)));
    expect(settle).toHaveBeenCalledOnce();
    expect(count()).toBe(2);
    expect(new Set(forgetAll())).toEqual(new Set([first?.query, second?.query]));
    expect([count(), forgetAll()]).toEqual([0, []]);
    for (const asked of [first, second]) receive(reply(asked?.message ?? Buffer.alloc(0)));
    expect(settle).toHaveBeenCalledOnce();
  });
});

describe('a truncated reply', () => {
  it('hands its query over, once', () => {
    const truncated = vi.fn<(query: TestQuery) => void>();
    const { add, receive } = create(truncated);
    const settle = settler();
    const { query, message } = add(question, settle);
    receive(truncatedReply(message));
    receive(truncatedReply(message));
    receive(reply(message));
    expect(truncated.mock.calls).toEqual([[query]]);
    expect(settle).not.toHaveBeenCalled();
  });

  it('counts as unreadable if nothing takes its query over', () => {
    const { add, receive } = create();
    const settle = settler();
    const { message } = add(question, settle);
    receive(truncatedReply(message));
    expect(settle.mock.calls).toEqual([[unreadable]]);
  });

  it('is ignored if its query has been forgotten', () => {
    const truncated = vi.fn<(query: TestQuery) => void>();
    const { add, forget, receive } = create(truncated);
    const { query, message } = add(question);
    forget(query);
    receive(truncatedReply(message));
    expect(truncated).not.toHaveBeenCalled();
  });
});

describe('the ids of in-flight queries', () => {
  it('are all different', () => {
    const ids = create()
      .fill()
      .map(({ id }) => id);
    expect(new Set(ids).size).toBe(allIds);
  });

  it('do not follow a sequence', () => {
    const { add } = create();
    const ids = Array.from({ length: 1000 }, () => add(question).query.id);
    const steps = new Set(ids.slice(1).map((id, index) => id - (ids[index] ?? 0)));
    expect(steps.size).toBeGreaterThan(900);
  });

  it('can be used again after a query is settled or forgotten', () => {
    const { add, fill, forget, receive } = create();
    const [first, second] = fill();
    expect(first && forget(first)).toBe(true);
    expect(add(question).query.id).toBe(first?.id);
    receive(replyTo(encodeQuery(second?.id ?? 0, question)));
    expect(add(question).query.id).toBe(second?.id);
  });

  it('are not freed by forgetting a settled query that had them before', () => {
    const { add, fill, forget, receive } = create();
    const [settled] = fill();
    receive(replyTo(encodeQuery(settled?.id ?? 0, question)));
    const settle = settler();
    const { query, message } = add(question, settle);
    expect(query.id).toBe(settled?.id);
    expect(settled && forget(settled)).toBe(false);
    receive(replyTo(message));
    expect(settle).toHaveBeenCalledOnce();
  });

  it('are all that can be in flight: one more query is an error', () => {
    const { add, fill } = create();
    fill();
    draws.limit = draws.count + 1000;
    expect(() => add(question)).toThrow(RangeError);
  });
});
