import { describe, expect, it } from 'vitest';
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

const forgeries = [
  ['from another port', act.fromOtherPort(forged)],
  ['from another address', act.fromOtherAddress(forged)],
  ['with another id', act.wrongId(forged)],
  ['about another name', act.wrongName(forged)],
  ['about another type', act.wrongType(forged)],
  ['marked as a query', act.notAReply(forged)],
  ['of rubbish', act.rubbish()],
  ['of one octet', act.rubbish(1, 1)],
  ['of nothing', act.rubbish(1, 0)],
] as const;

describe('a message over UDP', () => {
  it.each(forgeries)('%s is ignored, and the true reply after it counts', async (_what, forgery) => {
    const server = await serve(() => [forgery, one]);
    const answer = await ask([server], oneTry);
    expect(said(answer)).toBe('192.0.2.1');
    expect(answer.tries).toBe(1);
  });

  it.each(forgeries)('%s does not count as a reply', async (_what, forgery) => {
    const server = await serve(() => forgery);
    expect(said(await ask([server], { tries: 1 }))).toBe(`no reply from udp://${server.address} in one try`);
  });

  it('that repeats the name in a different letter case is a reply', async () => {
    const server = await serve(() => act.otherCase(one));
    expect(said(await ask([server], oneTry))).toBe('192.0.2.1');
  });

  it('that comes twice counts once', async () => {
    const server = await serve(({ name }) => act.twice(name === 'x2.dev' ? act.deny : one));
    const { ask } = resolverFor([server], oneTry);
    const answers = await Promise.all(manyNames(3).map((name) => ask(question(name))));
    expect(answers.map(said)).toEqual(['192.0.2.1', 'NXDOMAIN', '192.0.2.1']);
    expect(said(await ask(question('x2.dev')))).toBe('NXDOMAIN');
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

  it('has an id that does not follow from the last one', async () => {
    const ids = (await queriesFor(200)).map(({ id }) => id);
    expect(ids).toHaveLength(200);
    const steps = ids.slice(1).map((id, index) => (id - (ids[index] ?? 0)) & 0xffff);
    expect(new Set(steps).size).toBeGreaterThan(150);
    expect(new Set(ids.map((id) => id >> 8)).size).toBeGreaterThan(80);
  });

  it('is sent from one of several ports', async () => {
    const ports = (await queriesFor(40)).map(({ port }) => port);
    expect(new Set(ports).size).toBeGreaterThan(1);
  });

  it('has a different id at each try', async () => {
    const server = await serve(() => act.silent);
    await ask([server], { timeout: 20, tries: 4 });
    expect(new Set(server.queries.map(({ id }) => id)).size).toBeGreaterThan(1);
  });

  it('has only the flag for recursion desired', async () => {
    const [query] = await queriesFor(1);
    expect(query?.message.readUInt16BE(2)).toBe(0x0100);
  });

  it('has no EDNS record, which some servers reject', async () => {
    const server = await serve(() => act.ednsIntolerant(one));
    const answer = await ask([server], oneTry);
    expect(said(answer)).toBe('192.0.2.1');
    expect(server.queries.map(({ payloadSize }) => payloadSize)).toEqual([undefined]);
  });

  it('can go to a server with an IPv6 address', async () => {
    const server = await serve(() => one, { host: '::1' });
    const answer = await ask([server], oneTry);
    expect(said(answer)).toBe('192.0.2.1');
    expect(answer.outcome.server).toBe(`udp://[::1]:${server.port}`);
  });

  it('that the system does not permit fails for that reason', async () => {
    // The loopback network's broadcast address, to which an ordinary socket must not send.
    const server = { address: '127.255.255.255:53' };
    expect(said(await ask([server], { tries: 1 }))).toBe(`not permitted to ask udp://${server.address}`);
  });
});

describe('an unreadable reply over UDP', () => {
  const defects = [
    'missing record',
    'pointer to itself',
    'reserved label type',
    'data past the end',
  ] as const;

  it.each(defects)('(%s) fails with a reason that names the server', async (defect) => {
    const server = await serve(() => act.unreadable(defect));
    const { outcome } = await ask([server]);
    expect(outcome).toEqual({
      failure: `unreadable reply from udp://${server.address}`,
      server: `udp://${server.address}`,
    });
  });

  it.each(defects)('(%s) makes the query go to the next server', async (defect) => {
    const broken = await serve(() => act.unreadable(defect));
    const sound = await serve(() => one);
    const answer = await ask([broken, sound]);
    expect(said(answer)).toBe('192.0.2.1');
    expect(answer.outcome.server).toBe(`udp://${sound.address}`);
    expect(broken.queries).toHaveLength(1);
  });
});
