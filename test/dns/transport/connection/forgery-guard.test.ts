import { decode, encode } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { createForgeryGuard } from '../../../../src/dns/transport/connection/forgery-guard.js';
import type { Query } from '../../../../src/dns/transport/transport.js';
import { emptyReplyTo, queryFor } from '../played.js';

/** A guard whose queries have capitals wherever the bits say so. */
function create(bits = 0xffff) {
  const guard = createForgeryGuard<Query>({ uint16: () => bits });
  const ask = (name = 'x.dev') => {
    const query = queryFor(name);
    return { query, message: guard.encode(query) };
  };
  /** Whether the reply is suspect that repeats the question as it was sent. */
  const repeat = () => {
    const { query, message } = ask();
    return guard.suspectsReply(query, emptyReplyTo(message));
  };
  /** The same for a reply that has the question in lower case. */
  const lower = () => {
    const { query } = ask();
    return guard.suspectsReply(query, emptyReplyTo(encode({ questions: [{ type: 'A', name: 'x.dev' }] })));
  };
  const sentName = () => decode(ask().message).questions?.[0]?.name;
  return { guard, ask, repeat, lower, sentName };
}

describe('the letter case of a question', () => {
  it('is random, and the reply of a server that repeats it is not suspect', () => {
    const { repeat, sentName } = create();
    expect(sentName()).toBe('X.DEV');
    expect(repeat()).toBe(false);
    expect(sentName()).toBe('X.DEV');
  });

  it('is no longer changed for a server that does not repeat it at first', () => {
    const { lower, sentName } = create();
    expect(lower()).toBe(false);
    expect(sentName()).toBe('x.dev');
  });

  it('makes a reply in another case suspect if the server has repeated it', () => {
    const { repeat, lower, sentName } = create();
    expect([repeat(), lower(), lower(), lower()]).toEqual([false, true, true, true]);
    expect(sentName()).toBe('X.DEV');
  });

  it('is no longer changed after four such replies, as there may be several servers behind the address', () => {
    const { repeat, lower, sentName } = create();
    repeat();
    expect([lower(), lower(), lower(), lower()]).toEqual([true, true, true, false]);
    expect(sentName()).toBe('x.dev');
  });

  it('says nothing if no letter was changed', () => {
    const { lower, guard } = create(0);
    expect(lower()).toBe(false);
    expect(guard.encode(queryFor('x.dev'))).toBeDefined();
  });
});

describe('wrong ids', () => {
  it('are suspect at the eighth for one query, since late replies are fewer', () => {
    const { guard, ask } = create();
    const { query } = ask();
    const other = ask('y.dev').query;
    const suspicions = Array.from({ length: 8 }, () => {
      guard.suspectsWrongId(other);
      return guard.suspectsWrongId(query);
    });
    expect(suspicions).toEqual([...Array(7).fill(false), true]);
  });

  it('are forgotten with their query', () => {
    const { guard, ask } = create();
    const { query } = ask();
    for (let count = 0; count < 7; count++) guard.suspectsWrongId(query);
    guard.forget(query);
    expect(guard.suspectsWrongId(query)).toBe(false);
  });
});
