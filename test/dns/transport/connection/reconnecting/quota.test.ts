import { describe, expect, it } from 'vitest';
import { openFake } from '../fake-connections.js';

const names = (count: number, prefix = 'x') =>
  Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);

describe('a server that answers only some queries on a connection', () => {
  it('is sent no more on the next ones, if it ends the connection', () => {
    const { at, ask, sent } = openFake();
    ask(...names(4));
    at(0).settle('x1');
    at(0).settle('x2');
    at(0).end();
    ask(...names(4));
    expect(sent()).toEqual([['x1 x2 x3 x4'], ['x1 x2'], ['x3 x4']]);
  });

  it('is sent as many as it has answered if it ends the connection, wherever these were', () => {
    const { at, ask, sent } = openFake();
    ask(...names(5));
    at(0).settle('x3');
    at(0).settle('x5');
    at(0).end();
    ask(...names(4, 'y'));
    expect(sent().slice(1)).toEqual([['y1 y2'], ['y3 y4']]);
  });

  it('is sent as many as before, if it ends a connection on which it has answered all', () => {
    const { at, ask, sent } = openFake();
    ask('a');
    at(0).settle('a');
    at(0).end();
    ask('b', 'c');
    expect(sent()).toEqual([['a'], ['b c']]);
  });

  it('is sent half as many if it falls silent without an answer', () => {
    const { ask, suspect, sent } = openFake();
    suspect(ask(...names(9)));
    ask(...names(4));
    expect(sent().at(-1)).toEqual(['x1 x2 x3 x4']);
  });

  it('is sent as many as come before the last answered one if it falls silent, once a name that it left out is answered', () => {
    const { at, ask, suspect, sent } = openFake();
    const overdue = ask(...names(4)).filter((_query, index) => index === 1 || index === 3);
    // The place in the connection counts, not the order of the answers.
    at(0).settle('x3');
    at(0).settle('x1');
    suspect(overdue);
    ask('x2', ...names(4, 'y'));
    at(1).settle('x2');
    ask(...names(4, 'z'));
    expect(sent().slice(1)).toEqual([['x2 y1 y2 y3 y4', 'z1 z2 z3 z4']]);
    at(1).end();
    ask(...names(2, 'a'));
    expect(sent().slice(2)).toEqual([['a1'], ['a2']]);
  });

  it('is sent no less because names are answered that it was not asked for', () => {
    const { transport, at, ask, suspect } = openFake();
    const [, overdue = expect.unreachable()] = ask('a', 'b');
    at(0).settle('a');
    const silence = transport.suspect(overdue, 0);
    suspect([overdue]);
    ask('c');
    at(1).settle('c');
    expect(silence).toMatchObject({ wasTooMuch: false });
    ask('b');
    at(1).settle('b');
    expect(silence).toMatchObject({ wasTooMuch: true });
  });

  it('is sent less, too, if the name that it is answered for was overdue only after the connection had fallen silent', () => {
    const { transport, at, ask, suspect } = openFake();
    const [, first = expect.unreachable(), second = expect.unreachable()] = ask('a', 'b', 'c');
    at(0).settle('a');
    const silence = transport.suspect(first, 0);
    suspect([second]);
    ask('c');
    at(1).settle('c');
    expect(silence).toMatchObject({ wasTooMuch: true });
  });

  it('is sent as many as come before the last answered one of the same connection', () => {
    const { at, ask, suspect, sent } = openFake();
    suspect(ask(...names(8)));
    const overdue = ask(...names(4, 'y')).filter((_query, index) => index !== 2);
    at(1).settle('y3');
    suspect(overdue);
    ask('y1');
    at(2).settle('y1');
    ask(...names(4, 'z'));
    expect(sent().slice(1)).toEqual([['y1 y2 y3 y4'], ['y1', 'z1 z2 z3'], ['z4']]);
  });

  it('is sent no less after a connection without an answer than it has answered on another one', () => {
    const { at, ask, suspect, sent } = openFake();
    ask(...names(3));
    for (const name of names(3)) at(0).settle(name);
    at(0).end();
    suspect(ask(...names(3, 'y')));
    ask(...names(4, 'z'));
    expect(sent().slice(1)).toEqual([['y1 y2 y3'], ['z1 z2 z3 z4']]);
  });

  it('has no limit after all if it answers on a connection that had fallen silent', () => {
    const { at, ask, suspect, sent } = openFake();
    const [, second = expect.unreachable()] = ask(...names(4));
    at(0).settle('x1');
    suspect([second]);
    ask('x2');
    at(1).settle('x2');
    at(0).settle('x4');
    at(1).end();
    ask(...names(3, 'z'));
    expect(sent().slice(2)).toEqual([['z1 z2 z3']]);
  });

  /** A server that gets two queries on a connection, and five connections' worth of them. */
  function askTen() {
    const fake = openFake();
    fake.suspect(fake.ask(...names(4)));
    const asked = fake.ask(...names(10, 'y'));
    return { ...fake, asked };
  }
  const four = [['y1 y2'], ['y3 y4'], ['y5 y6'], ['y7 y8']];

  it('has four connections at a time', () => {
    const { transport, sent } = askTen();
    expect(sent().slice(1)).toEqual(four);
    expect(transport.capacity(true)).toBe(-2);
  });

  it('is sent other queries when those on one of four connections have been answered', () => {
    const { at, sent } = askTen();
    at(1).settle('y1');
    expect(sent().slice(1)).toEqual(four);
    at(1).settle('y2');
    expect(sent().slice(1)).toEqual([...four, ['y9 y10']]);
  });

  it('is sent other queries when the replies on one of four connections are overdue', () => {
    const { context, asked, at, suspect, sent } = askTen();
    context.platform.clock.pass(10);
    at(1).settle('y1');
    const [, overdue = expect.unreachable()] = asked;
    suspect([overdue], 10);
    expect(sent().slice(1)).toEqual([...four, ['y9 y10']]);
  });

  it.each([
    ['has been answered late', 'answered'],
    ['has been forgotten', 'forgotten'],
  ])('is not sent other queries because a reply was overdue that %s', (_what, how) => {
    const { transport, context, at, ask, suspect, sent } = openFake();
    suspect(ask(...names(6)));
    const asked = ask(...names(13, 'y'));
    const [, second = expect.unreachable()] = asked;
    context.platform.clock.pass(10);
    at(1).settle('y1');
    suspect([second], 9);
    if (how === 'answered') at(1).settle('y2');
    else transport.forget(second);
    context.platform.clock.endTurn();
    expect(sent()).toHaveLength(5);
  });

  it('has capacity again when all have been answered', () => {
    const { transport, at, ask, suspect } = openFake();
    suspect(ask(...names(4)));
    expect(transport.capacity(true)).toBe(2);
    ask('a');
    expect(transport.capacity(true)).toBe(1);
    ask('b');
    expect(transport.capacity(true)).toBe(2);
    at(1).settle('a');
    at(1).settle('b');
    expect(transport.capacity(true)).toBe(2);
  });

  it('is sent twice as many after it has answered all on 16 connections in a row', () => {
    const { at, ask, suspect, sent } = openFake();
    suspect(ask('a', 'b'));
    for (let index = 1; index <= 16; index++) {
      ask('c');
      at(index).settle('c');
    }
    ask('d', 'e');
    expect(sent().at(-1)).toEqual(['d e']);
  });

  it('is not limited by the end of a connection that had fallen silent', () => {
    const { at, ask, suspect, sent } = openFake();
    const [overdue = expect.unreachable()] = ask(...names(8));
    at(0).settle('x3');
    suspect([overdue]);
    // It has answered one query, and the third one was the last of these.
    at(0).end();
    ask(...names(4, 'y'));
    expect(sent().slice(1)).toEqual([['y1 y2 y3 y4']]);
  });

  it('counts once, however many of its replies are overdue', () => {
    const { ask, suspect, sent } = openFake();
    const asked = ask(...names(8));
    for (const query of asked) suspect([query]);
    ask(...names(4));
    expect(sent().at(-1)).toEqual(['x1 x2 x3 x4']);
  });
});
