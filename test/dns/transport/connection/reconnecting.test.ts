import { describe, expect, it } from 'vitest';
import { queryFor } from '../played.js';
import { openFake, refused, unusable } from './fake-connections.js';

describe('a reconnecting transport', () => {
  it('connects when the first query is asked', () => {
    const { connections, ask } = openFake();
    expect(connections).toEqual([]);
    ask('a');
    expect(connections).toHaveLength(1);
  });

  it('sends the queries of one turn together, and later ones on the same connection', () => {
    const { ask, sent } = openFake();
    ask('a', 'b');
    ask('c');
    expect(sent()).toEqual([['a b', 'c']]);
  });

  it('does not send a query that is forgotten in the same turn', () => {
    const { transport, context, sent } = openFake();
    const [kept, forgotten] = [queryFor('a'), queryFor('b')];
    transport.ask(kept);
    transport.ask(forgotten);
    transport.forget(forgotten);
    context.platform.clock.endTurn();
    expect(sent()).toEqual([['a']]);
  });

  it('reports each outcome', () => {
    const { context, at, ask } = openFake();
    ask('a', 'b', 'c');
    at(0).settle('c', unusable);
    at(0).settle('a', refused);
    at(0).settle('b');
    expect(context.said()).toEqual(['c: unreadable reply', 'a: stream refused', 'b: NOERROR']);
  });

  it('keeps its connection when all queries have an outcome', () => {
    const { at, ask, open } = openFake();
    ask('a');
    at(0).settle('a');
    expect(open()).toEqual([0]);
  });

  it('closes its connections when it is closed, and reports nothing any longer', () => {
    const { transport, context, at, ask, open } = openFake();
    ask('a');
    at(0).events.retired();
    ask('b');
    transport.ask(queryFor('c'));
    transport.close();
    context.platform.clock.endTurn();
    expect(open()).toEqual([]);
    for (const index of [0, 1]) {
      expect(at(index).inFlight()).toEqual([]);
      at(index).end();
    }
    expect(context.outcomes).toEqual([]);
  });
});

describe('the capacity of a reconnecting transport', () => {
  it('is infinite before it is connected', () => {
    expect(openFake().transport.capacity(true)).toBe(Number.POSITIVE_INFINITY);
  });

  it('is that of its connection, less the queries that wait', () => {
    const { transport, ask } = openFake();
    ask('a', 'b');
    transport.ask(queryFor('c'));
    expect(transport.capacity(true)).toBe(97);
  });

  it('is kept to by the queries of the first turn, too', () => {
    const { ask, sent } = openFake((connection) => {
      connection.capacity = 2;
    });
    ask('a', 'b', 'c');
    expect(sent()).toEqual([['a b']]);
  });

  it('lets the next query be sent when another one has an outcome, or is forgotten', () => {
    const { transport, context, at, ask, sent } = openFake((connection) => {
      connection.capacity = 2;
    });
    const [, second] = ask('a', 'b', 'c', 'd');
    at(0).settle('a');
    expect(sent()).toEqual([['a b', 'c']]);
    if (second) transport.forget(second);
    context.platform.clock.endTurn();
    expect(sent()).toEqual([['a b', 'c', 'd']]);
  });

  it('lets the next query be sent when the connection accepts more', () => {
    const { context, at, ask, sent } = openFake((connection) => {
      connection.capacity = 1;
    });
    ask('a', 'b');
    at(0).capacity = 2;
    at(0).events.capacityFreed();
    context.platform.clock.endTurn();
    expect(sent()).toEqual([['a', 'b']]);
  });
});

describe('a connection that accepts no more queries', () => {
  it('is followed by another one for the next queries, and closed when its own have an outcome', () => {
    const { context, at, ask, sent, open } = openFake();
    ask('a', 'b');
    at(0).events.retired();
    ask('c');
    at(0).settle('b');
    expect(open()).toEqual([0, 1]);
    at(0).settle('a');
    expect(sent()).toEqual([['a b'], ['c']]);
    expect(open()).toEqual([1]);
    expect(context.said()).toEqual(['b: NOERROR', 'a: NOERROR']);
  });

  it('may say so again, and the other one is used on', () => {
    const { at, ask, sent } = openFake();
    ask('a');
    at(0).events.retired();
    ask('b');
    at(0).events.retired();
    ask('c');
    expect(sent()).toEqual([['a'], ['b', 'c']]);
  });

  it('is closed when its last query is forgotten', () => {
    const { transport, at, ask, open } = openFake();
    const [query] = ask('a');
    at(0).events.retired();
    if (query) transport.forget(query);
    expect(open()).toEqual([]);
  });

  it('is closed at once if it has no queries', () => {
    const { at, ask, open } = openFake();
    ask('a');
    at(0).settle('a');
    at(0).events.retired();
    expect(open()).toEqual([]);
  });
});

describe('a connection that cannot be opened', () => {
  it('fails all queries permanently', () => {
    const { context, ask } = openFake(() => {
      throw Object.assign(new Error('bad name'), { code: 'ERR_INVALID_ARG_VALUE' });
    });
    ask('a', 'b');
    const server = 'tcp://192.0.2.1:53';
    const outcome = { failure: `ERR_INVALID_ARG_VALUE at ${server}`, server, isPermanent: true };
    expect(context.outcomes).toEqual([
      { name: 'a', outcome },
      { name: 'b', outcome },
    ]);
  });
});
