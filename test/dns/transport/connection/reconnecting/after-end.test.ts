import { describe, expect, it } from 'vitest';
import {
  broken,
  certificate,
  openFake,
  protocol,
  refused,
  unavailable,
  unusable,
} from '../fake-connections.js';

describe('the end of a connection', () => {
  it('is followed by another one for the next query', () => {
    const { at, ask, sent } = openFake();
    ask('a');
    at(0).settle('a');
    at(0).end();
    ask('b');
    expect(sent()).toEqual([['a'], ['b']]);
  });

  it('fails the queries in flight', () => {
    const { context, at, ask } = openFake();
    ask('a', 'b');
    at(0).end();
    const outcome = { failure: 'connection reset', server: 'tcp://192.0.2.1:53' };
    expect(context.outcomes).toEqual([
      { name: 'a', outcome },
      { name: 'b', outcome },
    ]);
  });

  it.each([
    ['with answers', undefined],
    ['with replies that cannot be used', unusable],
  ])('%s before it lets the queries in flight be asked again at once', (_what, outcome) => {
    const { context, at, ask } = openFake();
    ask('a', 'b');
    at(0).settle('a', outcome);
    at(0).end();
    expect(context.outcomes[1]?.outcome).toMatchObject({ failure: 'connection reset', isUnprocessed: true });
  });

  it('after it only refused queries does not let the others be asked again at once', () => {
    const { context, at, ask } = openFake();
    ask('a', 'b');
    at(0).settle('a', refused);
    at(0).end();
    expect(context.outcomes[1]?.outcome).not.toHaveProperty('isUnprocessed');
  });

  it('lets the queries that have not been sent go to another connection', () => {
    const { context, at, ask, sent } = openFake((connection) => {
      connection.capacity = 1;
    });
    ask('a', 'b');
    at(0).end(broken);
    expect(context.said()).toEqual(['a: connection reset']);
    expect(sent()).toEqual([['a'], ['b']]);
  });

  it('fails the queries that have not been sent, too, if there was no connection', () => {
    const { context, at, ask, connections } = openFake((connection) => {
      connection.capacity = 1;
    });
    ask('a', 'b');
    at(0).end(unavailable);
    expect(context.said()).toEqual(['a: nothing is listening', 'b: nothing is listening']);
    expect(connections).toHaveLength(1);
  });

  it.each([
    ['it has answered', true],
    ['it is not the present one', false],
  ])('says nothing about the queries that have not been sent if %s', (_why, hasAnswered) => {
    const { context, at, ask, sent } = openFake((connection) => {
      connection.capacity = 1;
    });
    ask('a', 'b', 'c');
    if (hasAnswered) at(0).settle('a');
    else at(0).events.retired();
    context.platform.clock.endTurn();
    at(0).end(unavailable);
    expect(context.said().at(-1)).toBe(`${hasAnswered ? 'b' : 'a'}: nothing is listening`);
    expect(sent()[1]).toEqual([hasAnswered ? 'c' : 'b']);
    expect(context.outcomes).toHaveLength(hasAnswered ? 2 : 1);
  });

  it('is reported only for the queries that it still has', () => {
    const { transport, context, at, ask } = openFake();
    const [first] = ask('a', 'b');
    at(0).settle('b');
    if (first) transport.forget(first);
    at(0).end();
    expect(context.said()).toEqual(['b: NOERROR']);
  });

  it('of an older one leaves the present one alone', () => {
    const { context, at, ask, sent } = openFake();
    ask('a');
    at(0).events.retired();
    ask('b');
    at(0).end();
    ask('c');
    expect(sent()).toEqual([['a'], ['b', 'c']]);
    expect(context.said()).toEqual(['a: connection reset']);
  });
});

describe('a failure to connect', () => {
  it.each([
    ['an invalid certificate', [certificate], [true]],
    ['a server that does not speak the protocol twice in a row', [protocol, protocol], [false, true]],
    ['another failure in between', [protocol, unavailable, protocol], [false, false, false]],
    ['a server at which nothing listens', [unavailable, unavailable], [false, false]],
    ['a connection that breaks', [broken, broken], [false, false]],
  ])('because of %s may be permanent', (_what, endings, expected) => {
    const { context, at, ask } = openFake();
    for (const [index, ending] of endings.entries()) {
      ask(`x${index}`);
      at(index).end(ending);
    }
    expect(context.outcomes.map(({ outcome }) => 'isPermanent' in outcome)).toEqual(expected);
  });

  it('is not permanent once the server has answered', () => {
    const { context, at, ask } = openFake();
    ask('a');
    at(0).settle('a');
    at(0).end();
    ask('b');
    at(1).end(certificate);
    expect(context.outcomes[1]?.outcome).not.toHaveProperty('isPermanent');
  });
});
