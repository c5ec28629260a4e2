import { describe, expect, it } from 'vitest';
import { openAuto } from '../../../src/dns/transport/auto.js';
import type { TrialPlan } from '../../../src/dns/transport/auto-trial.js';
import { perform } from '../../helpers/name-server/action.js';
import * as act from '../../helpers/name-server.js';
import { manyNames, one, patient, serve, serverAt } from '../../helpers/resolving.js';
import { askEach, openWithCallbacks } from './connecting.js';

const plan: TrialPlan = {
  rounds: [
    { over: 'udp', untimed: 20, timed: 20 },
    { over: 'tcp', untimed: 40, timed: 40 },
    { over: 'udp', untimed: 40, timed: 40 },
  ],
  grace: 60_000,
  repeatAfter: Number.POSITIVE_INFINITY,
};
/** Enough for the whole trial. */
const names = manyNames(300);
/** How many are asked at once: few enough for the buffer of the server's socket. */
const batchSize = 20;

/** Asks a server for all names, and counts its queries over each transport. */
async function askAll(server: act.NameServer, { timeout = patient.timeout, grace = plan.grace } = {}) {
  const transport = openWithCallbacks((settled) =>
    openAuto(serverAt(server), timeout, settled, { ...plan, grace }),
  );
  const answers = new Set<string>();
  for (let start = 0; start < names.length; start += batchSize) {
    const batch = await askEach(transport, names.slice(start, start + batchSize));
    for (const answer of batch) answers.add(answer);
  }
  const over = (name: string) => server.queries.filter(({ transport }) => transport === name).length;
  return { answers: [...answers], udp: over('udp'), tcp: over('tcp') };
}

const overTcp = (tcp: Parameters<typeof act.truncated>[0]) => act.byTransport({ udp: one, tcp });

describe('a server without a scheme', () => {
  it('is asked over UDP if there are few names', async () => {
    const server = await serve(() => one);
    const transport = openWithCallbacks((settled) => openAuto(serverAt(server), patient.timeout, settled));
    expect(new Set(await askEach(transport, manyNames(100)))).toEqual(new Set(['192.0.2.1']));
    expect(new Set(server.queries.map(({ transport }) => transport))).toEqual(new Set(['udp']));
  });

  it('is asked over UDP and TCP if there are many names', async () => {
    const { answers, udp, tcp } = await askAll(await serve(() => one));
    expect(answers).toEqual(['192.0.2.1']);
    expect(udp).toBeGreaterThanOrEqual(40);
    expect(tcp).toBeGreaterThanOrEqual(80);
  });

  it('is asked over UDP alone if nothing listens for TCP', async () => {
    const { answers, udp, tcp } = await askAll(await serve(() => one, { tcp: false }));
    expect(answers).toEqual(['192.0.2.1']);
    expect([udp, tcp]).toEqual([names.length, 0]);
  });

  it.each([
    ['is reset', act.reset],
    ['is closed in the middle of a reply', act.cutShort(one)],
    ['delivers unreadable replies', act.unreadable()],
  ])('loses no answer if its TCP connection %s', async (_what, script) => {
    const { answers } = await askAll(await serve(() => overTcp(script)));
    expect(answers).toEqual(['192.0.2.1']);
  });

  it('loses no answer, and waits for no time-out, if it is silent over TCP', async () => {
    const longerThanTheTest = 3_600_000;
    const server = await serve(() => overTcp(act.silent));
    const { answers } = await askAll(server, { timeout: longerThanTheTest, grace: 20 });
    expect(answers).toEqual(['192.0.2.1']);
  });

  const longerThanTheTest = 3_600_000;
  /** A script for queries over TCP that depends on how many there were before. */
  const byCount = (choose: (count: number) => Parameters<typeof act.truncated>[0]) => {
    let count = 0;
    return () => overTcp((query, client) => perform(choose(count++), query, client));
  };

  it('answers for every name if it falls silent over TCP later, and is then asked over UDP alone', async () => {
    const server = await serve(byCount((count) => (count < 60 ? one : act.silent)));
    const { answers, tcp } = await askAll(server, { timeout: longerThanTheTest });
    expect(answers).toEqual(['192.0.2.1']);
    expect(tcp).toBeLessThan(60 + 2 * batchSize);
  });

  it('answers for every name if it drops some over TCP, and is then asked over UDP alone', async () => {
    const server = await serve(byCount((count) => (count % 10 === 9 ? act.silent : one)));
    const { answers, tcp } = await askAll(server, { timeout: longerThanTheTest });
    expect(answers).toEqual(['192.0.2.1']);
    expect(tcp).toBeLessThan(2 * batchSize);
  });

  it('answers for every name if it drops some over TCP and, for a while, over UDP', async () => {
    const server = await serve(({ attempt }) =>
      act.byTransport({ udp: attempt === 2 ? act.silent : one, tcp: act.silent }),
    );
    const { answers } = await askAll(server, { timeout: longerThanTheTest });
    expect(answers).toEqual(['192.0.2.1']);
  });
});
