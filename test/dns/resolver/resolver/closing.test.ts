import { describe, expect, it, vi } from 'vitest';
import * as act from '../../../helpers/name-server.js';
import { manyNames, one, oneTry, question, resolverFor, serve } from '../../../helpers/resolving.js';
import { openFakes, pass } from './fake-servers.js';

/** Returns how many sockets and connections keep the process alive. */
const openSockets = () =>
  process.getActiveResourcesInfo().filter((kind) => kind === 'UDPWrap' || kind === 'TCPSocketWrap').length;

describe('a closed resolver', () => {
  it('leaves no socket and no connection open', async () => {
    const server = await serve(({ name }) => (name === 'silent.dev' ? act.silent : act.truncated(one)));
    const before = openSockets();
    const resolver = resolverFor([server], oneTry);
    void resolver.ask(question('silent.dev'));
    await Promise.all(manyNames(20).map((name) => resolver.ask(question(name))));
    expect(openSockets()).toBeGreaterThan(before);
    resolver.close();
    await expect.poll(openSockets, { interval: 5 }).toBeLessThanOrEqual(before);
  });

  it('asks nothing again, and answers nothing', async () => {
    const { resolver, received, ask } = openFakes(1);
    const asked = await ask();
    resolver.close();
    await pass(10_000);
    expect(received).toHaveLength(1);
    expect(asked.answer).toBeUndefined();
  });

  it('asks nothing again even if its timer has just fired', async () => {
    const { resolver, received, ask } = openFakes(1);
    await ask();
    await pass(390);
    vi.advanceTimersByTime(10);
    resolver.close();
    await pass(20);
    expect(received).toHaveLength(1);
  });

  it('stops its timer, and does not send questions that waited', async () => {
    const { resolver, received } = openFakes(1);
    void resolver.ask(question('x.dev'));
    resolver.close();
    expect(vi.getTimerCount()).toBe(0);
    await pass(10_000);
    expect(received).toEqual([]);
  });
});
