import { describe, expect, it } from 'vitest';
import { openFake } from '../fake-connections.js';

const names = (count: number, prefix = 'x') =>
  Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);

describe('a connection that falls silent', () => {
  it('is followed by another one for the next queries', () => {
    const { ask, suspect, sent } = openFake();
    suspect(ask('a'));
    ask('b');
    expect(sent()).toEqual([['a'], ['b']]);
  });

  it('is used on if something has come on it since the query was sent', () => {
    const { context, at, ask, suspect, sent } = openFake();
    const [, overdue] = ask('a', 'b');
    context.platform.clock.pass(10);
    at(0).settle('a');
    if (overdue) suspect([overdue], 9);
    ask('c');
    expect(sent()).toEqual([['a b', 'c']]);
  });

  it('is not used on if the last thing came on it when the query was sent', () => {
    const { context, at, ask, suspect, sent } = openFake();
    const [, overdue] = ask('a', 'b');
    context.platform.clock.pass(10);
    at(0).settle('a');
    if (overdue) suspect([overdue], 10);
    ask('c');
    expect(sent()).toEqual([['a b'], ['c']]);
  });

  it('is told apart from one that has never answered', () => {
    const { at, ask, transport } = openFake();
    const [, overdue] = ask('a', 'b');
    at(0).settle('a');
    expect(overdue && transport.suspect(overdue, 0)).toMatchObject({ wasTooMuch: false });
    const other = openFake();
    const [first] = other.ask('a');
    expect(first && other.transport.suspect(first, 0)).toBeUndefined();
  });

  it('is known as such although something has come since, if the server has limited a connection before', () => {
    const { context, at, ask, transport } = openFake();
    ask('a', 'b', 'c');
    at(0).settle('a');
    at(0).settle('b');
    at(0).end();
    const [, last] = ask('d', 'e');
    context.platform.clock.pass(10);
    at(1).settle('d');
    expect(last && transport.suspect(last, 5)).toMatchObject({ wasTooMuch: true });
  });

  it('is kept for late answers', () => {
    const { context, at, ask, suspect, open } = openFake();
    suspect(ask('a'));
    ask('b');
    expect(open()).toEqual([0, 1]);
    at(0).settle('a');
    expect(context.said()).toEqual(['a: NOERROR']);
    expect(open()).toEqual([1]);
  });

  it('is closed, without a word, when there are more than 6 of them', () => {
    const { context, at, ask, suspect, open } = openFake();
    for (const name of names(7)) suspect(ask(name));
    expect(open()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(at(0).inFlight()).toEqual([]);
    suspect(ask('a'));
    expect(open()).toEqual([2, 3, 4, 5, 6, 7]);
    expect(context.outcomes).toEqual([]);
  });

  it('lets a query that has not been sent be dropped when its reply would be overdue', () => {
    const { at, ask, suspect, sent } = openFake((connection) => {
      connection.capacity = 1;
    });
    const [, second] = ask('a', 'b');
    if (second) suspect([second]);
    at(0).settle('a');
    expect(sent()).toEqual([['a']]);
  });
});
