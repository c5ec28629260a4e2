import { decode } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { createInFlightQueries } from '../../../../src/dns/transport/connection/in-flight-queries.js';
import type { Query } from '../../../../src/dns/transport/transport.js';
import { encodeQuery } from '../../../../src/dns/wire/query.js';
import { createSeededRandom } from '../../../simulation/random.js';
import { address, replyTo } from '../../wire/messages.js';
import { createContext, emptyReplyTo, queryFor, question, truncatedReplyTo } from '../played.js';

const server = 'udp://192.0.2.53:53';
const allIds = 0x10000;
/** More queries than are kept in a map. */
const many = 65;

function create({ isStream = false, random = createSeededRandom(1) } = {}) {
  const { settled, said, outcomes } = createContext();
  const inFlight = createInFlightQueries<Query>(server, settled, random, isStream);
  /** Adds a query, and encodes its message. */
  const add = (name: string) => {
    const query = queryFor(name);
    inFlight.add(query);
    return { query, message: encodeQuery(query.id, query.question) };
  };
  const addMany = (count: number) => Array.from({ length: count }, (_, index) => add(`x${index + 1}.dev`));
  return { ...inFlight, add, addMany, said, outcomes };
}

/** Random numbers of which the ids are these, one after the other. */
const numbers = (...ids: number[]) => ({ ...createSeededRandom(1), uint16: () => ids.shift() ?? 0 });

/** A reply to another question under the id of a query. */
const replyAbout = (asked: Query['question'], message: Buffer) =>
  emptyReplyTo(encodeQuery(message.readUInt16BE(0), asked));

describe('in-flight queries', () => {
  it('settle a query with its reply and the server, once', () => {
    const { add, receive, outcomes } = create();
    const { message } = add('x.dev');
    expect(decode(message)).toMatchObject({ questions: [question('x.dev')] });
    const reply = replyTo(message, { answers: [address('x.dev', '192.0.2.1')] });
    expect([receive(reply), receive(reply)]).toEqual([true, false]);
    const expected = { rcode: 'NOERROR', truncated: false, addresses: ['192.0.2.1'] };
    expect(outcomes).toEqual([{ name: 'x.dev', outcome: { reply: expected, server } }]);
  });

  it.each([2, many])('settle each of %i queries with its own reply, in whatever order they come', (count) => {
    const { addMany, receive, said, count: left } = create();
    const added = addMany(count);
    for (const { message } of added.toReversed()) receive(emptyReplyTo(message));
    expect(said()).toEqual(added.map((_, index) => `x${index + 1}.dev: NOERROR`).toReversed());
    expect(left()).toBe(0);
  });

  it.each<[string, (message: Buffer) => Buffer]>([
    [
      'with an unknown id',
      (message) => emptyReplyTo(encodeQuery(message.readUInt16BE(0) ^ 1, question('x.dev'))),
    ],
    ['about another name', (message) => replyAbout(question('y.dev'), message)],
    ['about another type', (message) => replyAbout({ name: 'x.dev', type: 'NS' }, message)],
    ['that is the query itself', (message) => message],
    ['of no octets', () => Buffer.alloc(0)],
    ['of one octet', (message) => message.subarray(0, 1)],
    ['that ends after the id', (message) => message.subarray(0, 2)],
  ])('ignore a message %s', (_what, forge) => {
    const { add, receive, said } = create();
    const { message } = add('x.dev');
    expect(receive(forge(message))).toBe(false);
    expect(said()).toEqual([]);
    receive(emptyReplyTo(message));
    expect(said()).toEqual(['x.dev: NOERROR']);
  });

  it('fail a query whose reply is unreadable', () => {
    const { add, receive, outcomes } = create();
    const { message } = add('x.dev');
    receive(replyTo(message, { answers: [address('x.dev', '192.0.2.1')] }).subarray(0, -1));
    const outcome = { failure: `unreadable reply from ${server}`, server, hasReplied: true };
    expect(outcomes).toEqual([{ name: 'x.dev', outcome }]);
  });

  it('fail a query whose reply was truncated in a datagram', () => {
    const { add, receive, outcomes } = create();
    receive(truncatedReplyTo(add('x.dev').message));
    const outcome = {
      failure: `truncated reply from ${server}`,
      server,
      hasReplied: true,
      isTruncated: true,
    };
    expect(outcomes).toEqual([{ name: 'x.dev', outcome }]);
  });

  it('fail a query whose reply was truncated although it came on a stream', () => {
    const { add, receive, said, outcomes } = create({ isStream: true });
    receive(truncatedReplyTo(add('x.dev').message));
    expect(said()).toEqual([`x.dev: truncated reply from ${server}`]);
    expect(outcomes[0]?.outcome).not.toHaveProperty('isTruncated');
  });

  it.each([1, many])('do not settle a query that has been forgotten, among %i', (count) => {
    const { addMany, forget, has, receive, said } = create();
    const { query, message } = addMany(count).at(-1) ?? expect.unreachable();
    expect([has(query), forget(query), has(query), forget(query)]).toEqual([true, true, false, false]);
    expect(receive(emptyReplyTo(message))).toBe(false);
    expect(said()).toEqual([]);
  });

  it.each([3, many])('are returned when all of %i are forgotten, and are not settled any longer', (total) => {
    const { addMany, count, forgetAll, receive, said } = create();
    const added = addMany(total);
    expect(count()).toBe(total);
    expect(new Set(forgetAll())).toEqual(new Set(added.map(({ query }) => query)));
    expect([count(), forgetAll()]).toEqual([0, []]);
    for (const { message } of added) receive(emptyReplyTo(message));
    expect(said()).toEqual([]);
  });
});

describe('the ids of in-flight queries', () => {
  it('are the random numbers, other than those that are in use', () => {
    const { add } = create({ random: numbers(7, 7, 7, 9) });
    expect([add('x1.dev').query.id, add('x2.dev').query.id]).toEqual([7, 9]);
  });

  it('can be used again after a query is settled or forgotten', () => {
    const { add, forget, receive } = create({ random: numbers(7, 8, 7, 8) });
    const [first, second] = [add('x1.dev'), add('x2.dev')];
    receive(emptyReplyTo(first.message));
    forget(second.query);
    expect([add('x3.dev').query.id, add('x4.dev').query.id]).toEqual([7, 8]);
  });

  it('are not freed by forgetting a settled query that had them before', () => {
    const { add, forget, receive, has } = create({ random: numbers(7, 7) });
    const first = add('x1.dev');
    receive(emptyReplyTo(first.message));
    const second = add('x2.dev');
    expect([forget(first.query), has(second.query)]).toEqual([false, true]);
  });

  it('are all different, and are all that can be in flight: one more query is an error', () => {
    const { add } = create();
    const ids = Array.from({ length: allIds }, () => add('x.dev').query.id);
    expect(new Set(ids).size).toBe(allIds);
    expect(() => add('x.dev')).toThrow(RangeError);
  });
});
