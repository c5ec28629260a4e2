import { describe, expect, it } from 'vitest';
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
    await expect.poll(openSockets, { interval: 5 }).toBe(before);
  });

  it('asks nothing again, and answers nothing', async () => {
    const { resolver, received, ask } = openFakes(1);
    const asked = await ask();
    resolver.close();
    await pass(10_000);
    expect(received).toHaveLength(1);
    expect(asked.answer).toBeUndefined();
  });

  it('does not send questions that waited', async () => {
    const { resolver, received } = openFakes(1);
    void resolver.ask(question('x.dev'));
    resolver.close();
    await pass(10_000);
    expect(received).toEqual([]);
  });
});
