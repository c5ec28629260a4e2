import { expect, it } from 'vitest';
import * as act from '../../helpers/name-server.js';
import { ask, manyNames, one, oneTry, question, resolverFor, said, serve } from '../../helpers/resolving.js';

/** How many sockets and connections keep the process alive. */
const sockets = () =>
  process.getActiveResourcesInfo().filter((kind) => kind === 'UDPWrap' || kind === 'TCPSocketWrap').length;

it('a closed resolver leaves no socket and no connection open', async () => {
  const server = await serve(({ name }) => (name === 'silent.dev' ? act.silent : act.truncated(one)));
  const before = sockets();
  const resolver = resolverFor([server], oneTry);
  void resolver.ask(question('silent.dev'));
  await Promise.all(manyNames(20).map((name) => resolver.ask(question(name))));
  expect(sockets()).toBeGreaterThan(before);
  resolver.close();
  await expect.poll(sockets).toBe(before);
});

it('a closed resolver asks nothing again', async () => {
  const server = await serve({ 'silent.dev': act.silent, 'later.dev': act.lose(3, one) });
  const resolver = resolverFor([server]);
  const answered: string[] = [];
  void resolver.ask(question('silent.dev')).then(() => answered.push('silent.dev'));
  await server.received(1);
  resolver.close();
  // Asked three times in vain, this one takes longer than the other's next try would have.
  expect(said(await ask([server], {}, 'later.dev'))).toBe('192.0.2.1');
  expect(server.queries.filter(({ name }) => name === 'silent.dev')).toHaveLength(1);
  expect(answered).toEqual([]);
});
