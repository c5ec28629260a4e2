import { describe, expect, it } from 'vitest';
import * as act from '../../helpers/name-server.js';
import { manyNames, one, patient, question, resolverFor, said, serve } from '../../helpers/resolving.js';

/** Enough for a round over UDP and the most of one over TCP. */
const oneRound = 9000;
/** More than the trials take, so that what follows goes the way that was found to be the faster one. */
const allRounds = 28_000;

/** Asks for many names of a server given without a scheme. */
async function askAll(server: act.NameServer, count = oneRound, timeout = patient.timeout) {
  const names = manyNames(count);
  const { ask } = resolverFor([server], { timeout });
  const answers = await Promise.all(names.map((name) => ask(question(name))));
  const over = (transport: string) => server.queries.filter((query) => query.transport === transport).length;
  return { answers, said: new Set(answers.map(said)), udp: over('udp'), tcp: over('tcp') };
}

const overTcp = (tcp: Parameters<typeof act.truncated>[0]) => act.byTransport({ udp: one, tcp });

describe('a server without a scheme', () => {
  it('is asked over UDP where there are few names', async () => {
    const server = await serve(() => one);
    const { ask } = resolverFor([server], patient);
    await Promise.all(manyNames(100).map((name) => ask(question(name))));
    expect(new Set(server.queries.map(({ transport }) => transport))).toEqual(new Set(['udp']));
  });

  it('is asked over TCP as well where there are many', async () => {
    const { said, udp, tcp } = await askAll(await serve(() => one), allRounds);
    expect(said).toEqual(new Set(['192.0.2.1']));
    expect(udp).toBeGreaterThanOrEqual(2000);
    expect(tcp).toBeGreaterThanOrEqual(12_000);
  });

  it('is asked over UDP alone where nothing listens for TCP', async () => {
    const { said, answers, tcp } = await askAll(await serve(() => one, { tcp: false }));
    expect(said).toEqual(new Set(['192.0.2.1']));
    expect(tcp).toBe(0);
    expect(new Set(answers.map(({ outcome }) => outcome.server.slice(0, 4)))).toEqual(new Set(['udp:']));
  });

  it.each([
    ['is reset', act.reset],
    ['is closed half-way', act.cutShort(one)],
    ['carries nothing that can be read', act.unreadable()],
  ])('loses no name where its connection %s', async (_what, script) => {
    const { said } = await askAll(await serve(() => overTcp(script)));
    expect(said).toEqual(new Set(['192.0.2.1']));
  });

  it('loses no name where it is silent over TCP, and does not wait for the time-out', async () => {
    const longerThanTheTest = 3_600_000;
    const { said } = await askAll(await serve(() => overTcp(act.silent)), oneRound, longerThanTheTest);
    expect(said).toEqual(new Set(['192.0.2.1']));
  });
});
