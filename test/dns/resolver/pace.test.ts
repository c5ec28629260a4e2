import { describe, expect, it, onTestFinished, vi } from 'vitest';
import * as act from '../../helpers/name-server.js';
import { manyNames, one, oneTry, question, resolverFor, said, serve } from '../../helpers/resolving.js';

const two = act.answer('192.0.2.2');

/** Stops the clock that replies are waited for by; it goes on as the test says. */
function stopClock(): { advance(milliseconds: number): void } {
  let now = Math.ceil(performance.now());
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
  onTestFinished(() => clock.mockRestore());
  return {
    advance(milliseconds) {
      now += milliseconds;
    },
  };
}

describe('a rate', () => {
  it('lets so many queries a second go, to all servers together', async () => {
    const clock = stopClock();
    const servers = [await serve(() => one), await serve(() => one)] as const;
    const { ask } = resolverFor(servers, { ...oneTry, rate: 1 });
    const answers = manyNames(5).map((name) => ask(question(name)));
    for (const [index, answer] of answers.entries()) {
      expect(said(await answer)).toBe('192.0.2.1');
      expect(servers[0].queries.length + servers[1].queries.length).toBe(index + 1);
      clock.advance(1000);
    }
  });

  it('holds for what is asked again, too', async () => {
    const clock = stopClock();
    const [refusing, sound] = [await serve(() => act.refuse), await serve(() => one)];
    const { ask } = resolverFor([refusing, sound], { timeout: 3000, rate: 1 });
    const answer = ask(question('x.dev'));
    await refusing.received(1);
    // Time enough for a query that is held back by nothing.
    expect(said(await resolverFor([sound], oneTry).ask(question('other.dev')))).toBe('192.0.2.1');
    expect(sound.queries).toHaveLength(1);
    clock.advance(1000);
    expect(said(await answer)).toBe('192.0.2.1');
  });
});

describe('how much is in flight', () => {
  it('begins with 32 queries to a server, and grows as they are answered', async () => {
    const { hold, release } = act.gate();
    const server = await serve(() => hold(one));
    const { ask, capacity } = resolverFor([server], oneTry);
    const before = capacity();
    const answers = manyNames(100).map((name) => ask(question(name)));
    await server.received(32);
    expect(said(await resolverFor([await serve(() => one)], oneTry).ask(question('x.dev')))).toBe(
      '192.0.2.1',
    );
    expect(server.queries).toHaveLength(32);
    for (const name of manyNames(4)) release(name);
    // Each of the four makes room for the next, and for one more.
    await server.received(32 + 2 * 4);
    expect(server.queries).toHaveLength(40);
    expect(capacity()).toBe(before + 4);
    release();
    expect((await Promise.all(answers)).map(said)).toEqual(answers.map(() => '192.0.2.1'));
  });
});

describe('the last names', () => {
  /** A server whose replies take half a second, and one that answers at once, both of them known to be so. */
  async function openSlowAndFast() {
    const clock = stopClock();
    const { hold, release } = act.gate();
    const [slow, fast] = [await serve(() => hold(one)), await serve(() => two)];
    const resolver = resolverFor([slow, fast], { timeout: 3000 });
    const first = resolver.ask(question('first.dev'), { only: `udp://${slow.address}` });
    await slow.received(1);
    clock.advance(390);
    release('first.dev');
    await first;
    await resolver.ask(question('first.dev'), { only: `udp://${fast.address}` });
    return { clock, slow, fast, resolver };
  }

  it('do not wait for a slow server where another one is idle', async () => {
    const { clock, slow, fast, resolver } = await openSlowAndFast();
    const answer = resolver.ask(question('last.dev'));
    await slow.received(2);
    clock.advance(200);
    expect(said(await answer)).toBe('192.0.2.2');
    expect(fast.queries.map(({ name }) => name)).toEqual(['first.dev', 'last.dev']);
  });
});
