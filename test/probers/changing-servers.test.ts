import { describe, expect, it } from 'vitest';
import type { Prober } from '../../src/probe/prober.js';
import type { ProbeResult } from '../../src/probe/result.js';
import { withChangingServers } from '../../src/probers/changing-servers.js';
import { parseServer } from '../../src/servers/server-choice.js';
import { createManualClock } from '../helpers/manual-clock.js';

const common = { word: '', tld: '', addresses: [], tries: 1, ms: 1, evidence: [] };
const serversAt = (...texts: readonly string[]) => texts.flatMap((text) => parseServer(text) ?? []);

/** A system whose name servers the test changes, and whose names it answers. */
function open() {
  const clock = createManualClock();
  const system = { servers: ['192.0.2.1'], read: 0 };
  /** The servers of each prober that was opened, and whether it has been closed. */
  const opened: { readonly servers: string; isClosed: boolean }[] = [];
  /** The names without a result, with the servers that are asked about them. */
  const asked: { readonly name: string; end(result: ProbeResult): void }[] = [];
  const openProber = (servers: readonly { readonly address: string }[]): Prober => {
    const prober = { servers: servers.map(({ address }) => address).join(), isClosed: false };
    opened.push(prober);
    return {
      probe: ({ name }) =>
        new Promise((end) => {
          asked.push({ name: `${name} ${prober.servers}`, end: (result) => prober.isClosed || end(result) });
        }),
      capacity: () => opened.length,
      waiting: () => 0,
      waitingFor: () => prober.servers,
      outage: () => ({ reasons: [prober.servers], remaining: 1 }),
      reports: () => [],
      close() {
        prober.isClosed = true;
      },
    };
  };
  const read = () => {
    system.read++;
    return serversAt(...system.servers);
  };
  const prober = withChangingServers(serversAt(...system.servers), { read, open: openProber }, clock);
  const results: string[] = [];
  const probe = (word: string) =>
    void prober
      .probe({ name: `${word}.dev`, word, tld: 'dev' })
      .then(({ name, status }) => results.push(`${name} ${status}`));
  /** Gives the names that were asked so far their result. */
  const endAll = async (status: 'live' | 'unknown') => {
    for (const { name, end } of asked.splice(0))
      end({ ...common, name: name.split(' ')[0] ?? '', status, reason: '' });
    await new Promise(setImmediate);
  };
  return {
    clock,
    system,
    opened,
    asked: () => asked.map(({ name }) => name),
    prober,
    probe,
    results,
    endAll,
  };
}

describe('a prober of servers that may change', () => {
  it('asks new servers about all names without a result if no name is answered for a second', async () => {
    const { clock, system, opened, asked, probe, results, endAll } = open();
    probe('x');
    probe('y');
    system.servers = ['192.0.2.2', '192.0.2.3'];
    clock.pass(999);
    expect(opened).toEqual([{ servers: '192.0.2.1', isClosed: false }]);
    clock.pass(1);
    expect(opened).toEqual([
      { servers: '192.0.2.1', isClosed: true },
      { servers: '192.0.2.2,192.0.2.3', isClosed: false },
    ]);
    expect(asked().slice(2)).toEqual(['x.dev 192.0.2.2,192.0.2.3', 'y.dev 192.0.2.2,192.0.2.3']);
    await endAll('live');
    expect(results).toEqual(['x.dev live', 'y.dev live']);
  });

  it('asks new servers about a name without an answer, and about later names', async () => {
    const { clock, system, asked, probe, results, endAll } = open();
    clock.pass(5000);
    system.servers = ['192.0.2.2'];
    probe('x');
    await endAll('unknown');
    expect({ results, asked: asked() }).toEqual({ results: [], asked: ['x.dev 192.0.2.2'] });
    probe('y');
    await endAll('live');
    expect(results).toEqual(['x.dev live', 'y.dev live']);
  });

  it.each([
    ['the servers are the same', ['192.0.2.1']],
    ['none is configured', []],
  ])('returns a name without an answer if %s', async (_what, servers) => {
    const { clock, system, opened, probe, results, endAll } = open();
    system.servers = servers;
    probe('x');
    clock.pass(1000);
    await endAll('unknown');
    expect({ results, opened: opened.length }).toEqual({ results: ['x.dev unknown'], opened: 1 });
  });

  it('keeps its servers as long as names are answered', async () => {
    const { clock, system, opened, probe, endAll } = open();
    system.servers = ['192.0.2.2'];
    for (let second = 0; second < 3; second++) {
      probe('x');
      await endAll('live');
      probe('y');
      clock.pass(1000);
    }
    expect(opened).toHaveLength(1);
  });

  it('reads the settings at most once a second, however many names have no answer', async () => {
    const { clock, system, probe, results, endAll } = open();
    clock.pass(1000);
    for (let count = 0; count < 5; count++) probe('x');
    await endAll('unknown');
    expect({ read: system.read, results: results.length }).toEqual({ read: 1, results: 5 });
  });

  it('has no timer a second after its last result', async () => {
    const { clock, probe, endAll } = open();
    probe('x');
    await endAll('live');
    clock.pass(1000);
    expect(clock.timers()).toBe(0);
  });

  it('asks nobody after it is closed', async () => {
    const { clock, system, opened, prober, probe, results, endAll } = open();
    clock.pass(5000);
    probe('x');
    system.servers = ['192.0.2.2'];
    const ended = endAll('unknown');
    prober.close();
    await ended;
    probe('y');
    clock.pass(5000);
    expect({ results, opened: opened.length, timers: clock.timers() }).toEqual({
      results: [],
      opened: 1,
      timers: 0,
    });
  });

  it('tells what its present prober tells', () => {
    const { clock, system, prober, probe } = open();
    probe('x');
    expect([prober.waitingFor(), prober.capacity()]).toEqual(['192.0.2.1', 1]);
    system.servers = ['192.0.2.2'];
    clock.pass(1000);
    expect([prober.waitingFor(), prober.capacity()]).toEqual(['192.0.2.2', 2]);
    expect(prober.outage()).toMatchObject({ reasons: ['192.0.2.2'] });
    expect([prober.waiting(), prober.reports()]).toEqual([0, []]);
  });
});
