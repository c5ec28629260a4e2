import { describe, expect, it } from 'vitest';
import { loopback } from '../../helpers/loopback.js';
import * as act from '../../helpers/name-server.js';
import {
  ask,
  forged,
  manyNames,
  one,
  oneTry,
  question,
  resolverFor,
  said,
  serve,
} from '../../helpers/resolving.js';

describe('a message over UDP', () => {
  it.each([
    ['from another port', act.fromOtherPort(forged)],
    ['from another address', act.fromOtherAddress(forged)],
    ['with another id', act.wrongId(forged)],
    ['of no octets', act.rubbish(1, 0)],
  ])('%s is ignored, and the true reply after it counts', async (_what, forgery) => {
    const server = await serve(() => [forgery, one]);
    const answer = await ask([server], oneTry);
    expect(said(answer)).toBe('192.0.2.1');
    expect(answer.tries).toBe(1);
  });

  it.each(['FORMERR', 'SERVFAIL', 'NOTIMP', 'REFUSED'] as const)(
    'that says only %s is a reply',
    async (rcode) => {
      const server = await serve(() => act.headerOnly(rcode));
      expect(said(await ask([server], { tries: 1 }))).toBe(`${rcode} from udp://${server.address}`);
    },
  );

  it.each(['NOERROR', 'NXDOMAIN'] as const)('that says only %s is ignored', async (rcode) => {
    const server = await serve(() => [act.headerOnly(rcode), one]);
    expect(said(await ask([server], oneTry))).toBe('192.0.2.1');
  });

  it('answers its own question among 200, in whatever order replies come', async () => {
    const { hold, release } = act.gate();
    const names = manyNames(200);
    const server = await serve(({ name }) =>
      name.startsWith('x') ? hold(act.answer(`192.0.2.${name.slice(1, -4)}`)) : one,
    );
    const { ask } = resolverFor([server], oneTry);
    // These answers widen the congestion window enough for all the others to be in flight together.
    await Promise.all(names.map((name) => ask(question(`before-${name}`))));
    const answers = Promise.all(names.map((name) => ask(question(name))));
    await server.received(2 * names.length);
    for (const name of names.toReversed()) release(name);
    expect((await answers).map(said)).toEqual(names.map((_, index) => `192.0.2.${index + 1}`));
  });
});

describe('a query over UDP', () => {
  async function queriesFor(count: number) {
    const server = await serve(() => one);
    const { ask } = resolverFor([server], oneTry);
    await Promise.all(manyNames(count).map((name) => ask(question(name))));
    return server.queries;
  }

  it('is sent from one of several ports', async () => {
    const ports = (await queriesFor(40)).map(({ port }) => port);
    expect(new Set(ports).size).toBeGreaterThan(1);
  });

  it('has a different id at each try', async () => {
    const server = await serve(() => act.silent);
    await ask([server], { timeout: 20, tries: 4 });
    expect(new Set(server.queries.map(({ id }) => id)).size).toBeGreaterThan(1);
  });

  it('can go to a server with an IPv6 address', async () => {
    const server = await serve(() => one, { host: '::1' });
    const answer = await ask([server], oneTry);
    expect(said(answer)).toBe('192.0.2.1');
    expect(answer.outcome.server).toBe(`udp://[::1]:${server.port}`);
  });

  it.each(['udp', 'tcp'])('can go to an address with a zone (%s)', async (scheme) => {
    const server = await serve(() => one, { host: '::1' });
    const address = `${scheme}://[::1%${loopback}]:${server.port}`;
    expect(said(await ask([{ address }], oneTry))).toBe('192.0.2.1');
  });

  it('fails with a reason that says so if the system does not permit it', async () => {
    // The loopback network's broadcast address, to which an ordinary socket must not send.
    const server = { address: '127.255.255.255:53' };
    expect(said(await ask([server], { tries: 1 }))).toBe(`not permitted to ask udp://${server.address}`);
  });
});
