import { describe, expect, it } from 'vitest';
import { openUpstreams } from '../../src/dns/resolver/upstreams.js';
import type { OpenServer } from '../../src/dns/transport/index.js';
import { systemPlatform } from '../../src/dns/transport/platform.js';
import type { Prober } from '../../src/probe/prober.js';
import type { ProbeResult } from '../../src/probe/result.js';
import { openWithAuthority } from '../../src/probers/with-authority.js';
import { candidateOf, type PlayedServer, playProber, serverAt, urlAt } from '../helpers/played.js';
import { fail, silent } from '../helpers/played-servers.js';

const candidate = { name: 'x.dev', word: 'x', tld: 'dev' };
const taken: ProbeResult = {
  ...candidate,
  status: 'taken',
  addresses: [],
  tries: 1,
  ms: 1,
  evidence: [],
};

/** More than the capacity of one resolver. */
const many = 1_000_000;

/** A prober that finds every name taken, and what it was told to do. */
function takingAll(changes: Partial<Prober> = {}) {
  const calls: string[] = [];
  const prober: Prober = {
    probe: async ({ name }) => {
      calls.push(name);
      return taken;
    },
    capacity: () => many,
    waiting: () => 2,
    waitingFor: () => undefined,
    outage: () => undefined,
    reports: () => [],
    close: () => void calls.push('close'),
    ...changes,
  };
  return { prober, calls };
}

/** Plays a run of some names at one server, beside an authority; `watch` is called with the prober at its beginning and at its end. */
async function playBeside(
  authority: Prober,
  names: readonly string[],
  { server = fail, watch }: { server?: PlayedServer; watch?: (prober: Prober) => void } = {},
) {
  let opened = 0;
  const run = await playProber(
    new Map([[urlAt(0), server]]),
    (context) => {
      const prober = openWithAuthority({ ...context, servers: [serverAt(urlAt(0))] }, () => {
        opened++;
        return authority;
      });
      watch?.(prober);
      const close = () => {
        watch?.(prober);
        prober.close();
      };
      return { ...prober, close };
    },
    names.map(candidateOf),
    { tries: 1, concurrency: 1 },
  );
  return { ...run, opened };
}

describe('a prober with an authority', () => {
  it('opens it once, when it is first needed, and closes it', async () => {
    const { prober, calls } = takingAll();
    const { opened, results } = await playBeside(prober, ['x.dev', 'y.dev']);
    expect(results.map(({ status }) => status)).toEqual(['taken', 'taken']);
    expect(opened).toBe(1);
    expect(calls).toEqual(['x.dev', 'y.dev', 'close']);
  });

  it('does not open it if it is not needed', async () => {
    const { opened } = await playBeside(takingAll().prober, ['x.dev'], { server: silent });
    expect(opened).toBe(0);
  });

  it('has the capacity and the waiting names of both', async () => {
    const seen: (readonly number[])[] = [];
    const watch = (prober: Prober) => seen.push([prober.capacity(), prober.waiting()]);
    await playBeside(takingAll().prober, ['x.dev'], { watch });
    const [[before = 0, waitingBefore] = [], [after = 0, waiting] = []] = seen;
    expect([waitingBefore, waiting]).toEqual([0, 2]);
    expect(after).toBeGreaterThan(many);
    expect(before).toBeLessThan(many);
  });

  it('waits for what the resolvers wait for, or for what the authority does', async () => {
    const seen: (string | undefined)[] = [];
    const watch = ({ waitingFor }: Prober) => {
      seen.push(waitingFor());
      look = () => seen.push(waitingFor());
    };
    let look = () => {};
    const server: PlayedServer = (query) => {
      if (query.name === 'y.dev') look();
      return fail(query);
    };
    const { prober } = takingAll({ waitingFor: () => 'a reply from the authority' });
    await playBeside(prober, ['x.dev', 'y.dev'], { server, watch });
    const resolver = `a reply from ${urlAt(0)}`;
    expect([...new Set(seen)]).toEqual([undefined, resolver, 'a reply from the authority']);
  });

  it('reports the servers of the resolvers alone', async () => {
    const { reports } = await playBeside(takingAll().prober, ['x.dev']);
    expect(reports.map(({ server }) => server)).toEqual([urlAt(0)]);
  });
});

it('the authority is not opened any more when a prober has been closed', async () => {
  let close = () => {};
  const openServer: OpenServer = ({ url }, { settled }) => ({
    kind: 'call',
    capacity: () => Number.POSITIVE_INFINITY,
    ask(query) {
      setImmediate(() => {
        settled(query, { failure: 'SERVFAIL', server: url, rcode: 'SERVFAIL' });
        // The failures reach the probe only after this.
        if (query.question.flags?.isCheckingDisabled) close();
      });
    },
    suspect: () => undefined,
    forget() {},
    close() {},
  });
  const upstreams = openUpstreams({ platform: systemPlatform, timeout: 1000, openServer });
  let opened = 0;
  const options = { upstreams, servers: [serverAt(urlAt(0))], tries: 1, canary: false };
  const prober = openWithAuthority(options, () => {
    opened++;
    return takingAll().prober;
  });
  let isSettled = false;
  const closed = new Promise<void>((resolve) => {
    close = () => {
      prober.close();
      resolve();
    };
  });
  void prober.probe(candidate).then(() => {
    isSettled = true;
  });
  await closed;
  await new Promise((resolve) => setImmediate(resolve));
  upstreams.close();
  expect([opened, isSettled]).toEqual([0, false]);
});
