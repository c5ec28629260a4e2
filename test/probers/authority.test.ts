import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Prober } from '../../src/probe/prober.js';
import { openAuthority } from '../../src/probers/authority.js';
import { authoritative, nxdomain, servePackets } from '../helpers/packet-server.js';
import { serverAt } from '../helpers/resolving.js';
import { type Hierarchy, serveHierarchy, type TestZone } from './hierarchy.js';

const notes: string[] = [];
afterEach(() => void notes.splice(0));

function openFor({ resolver, port }: Hierarchy, timeout = 1000): Prober {
  const options = { servers: [serverAt(resolver)], port, timeout, tries: 3, canary: true };
  const prober = openAuthority({ ...options, note: (message) => notes.push(message) });
  onTestFinished(prober.close);
  return prober;
}

/** Splits a name as the stage before does, with the whole name as the word. */
const whole = (name: string) => ({ name, word: name, tld: name.slice(name.lastIndexOf('.') + 1) });
/** A word under a suffix. */
const under = (word: string, tld: string) => ({ name: `${word}.${tld}`, word, tld });

const dev: TestZone = {
  servers: ['127.0.21.1', '127.0.21.2'],
  hosts: ['live.dev', 'a.empty.dev'],
  delegated: ['for.dev'],
};

describe('the authority', () => {
  it.each([
    ['for', 'taken', 'delegated to ns1.example, ns2.example'],
    ['live', 'live', undefined],
    ['empty', 'taken', undefined],
    ['not', 'absent', undefined],
  ])('says of %s.dev that it is %s', async (word, status, reason) => {
    const prober = openFor(await serveHierarchy({ '': { servers: ['127.0.21.3'] }, dev }));
    expect(await prober.probe(under(word, 'dev'))).toMatchObject({ name: `${word}.dev`, status, reason });
    expect(notes).toEqual([]);
  });

  it('is asked without recursion, and only about names of its suffix', async () => {
    const hierarchy = await serveHierarchy({ dev, app: { servers: ['127.0.21.4'], delegated: ['for.app'] } });
    const prober = openFor(hierarchy);
    const results = await Promise.all(
      [under('for', 'dev'), under('for', 'app')].map((each) => prober.probe(each)),
    );
    expect(results.map(({ status }) => status)).toEqual(['taken', 'taken']);
    const atApp = hierarchy.servers.get('127.0.21.4')?.queries ?? [];
    expect(atApp.every(({ isRecursionDesired }) => !isRecursionDesired)).toBe(true);
    expect(atApp.filter(({ name }) => name.endsWith('dev'))).toEqual([]);
    // The resolver sees the suffixes alone.
    expect(hierarchy.resolver.queries.map(({ name }) => name)).not.toContain('for.dev');
  });

  it('does not know names below the delegation of somebody else', async () => {
    const prober = openFor(await serveHierarchy({ dev }));
    expect(await prober.probe(whole('www.for.dev'))).toMatchObject({
      tld: 'dev',
      status: 'unknown',
      reason: 'for.dev is delegated, and its own servers know',
    });
  });

  it.each([
    ['a word under a suffix of two labels', under('for', 'co.uk')],
    ['a whole name', whole('for.co.uk')],
  ])('is that of the zone which holds the suffix, for %s', async (_, candidate) => {
    const uk: TestZone = { servers: ['127.0.21.5'], hosts: ['nic.co.uk'], delegated: ['for.co.uk'] };
    const prober = openFor(await serveHierarchy({ uk }));
    expect(await prober.probe(candidate)).toMatchObject({ status: 'taken', tld: candidate.tld });
  });

  it('finds a zone of two labels', async () => {
    const zones = {
      uk: { servers: ['127.0.21.6'], delegated: ['co.uk'] },
      'co.uk': { servers: ['127.0.21.7'], delegated: ['for.co.uk'] },
    };
    const prober = openFor(await serveHierarchy(zones));
    const [taken, absent] = await Promise.all([
      prober.probe(whole('for.co.uk')),
      prober.probe(whole('not.co.uk')),
    ]);
    expect([taken?.status, absent?.status]).toEqual(['taken', 'absent']);
  });

  it('decides by name servers under a suffix that answers for any name', async () => {
    const zone: TestZone = { servers: ['127.0.21.8'], delegated: ['for.wild'], isWildcard: true };
    const prober = openFor(await serveHierarchy({ wild: zone }));
    expect(await prober.probe(under('for', 'wild'))).toMatchObject({ status: 'taken' });
    expect((await prober.probe(under('not', 'wild'))).status).not.toBe('live');
  });

  it.each([
    ['offers recursion', 0x80 | authoritative | nxdomain],
    ['does not speak for the zone', nxdomain],
  ])('is not heard if something in between %s, which is noted once', async (_, flags) => {
    const zone: TestZone = { servers: ['127.0.21.9'], reply: () => ({ flags }) };
    const prober = openFor(await serveHierarchy({ dev: zone }));
    const results = await Promise.all(['a', 'b', 'c'].map((word) => prober.probe(under(word, 'dev'))));
    for (const result of results)
      expect(result).toMatchObject({
        status: 'unknown',
        reason: expect.stringContaining('is answered for by something in between'),
      });
    expect(notes.filter((note) => note.includes('cannot be asked from here'))).toHaveLength(1);
  });

  it('is asked at another server if one does not answer', async () => {
    const dead = '127.0.21.10';
    const zone: TestZone = { ...dev, servers: [dead, '127.0.21.11'], dead: [dead] };
    const hierarchy = await serveHierarchy({ dev: zone });
    const prober = openFor(hierarchy, 200);
    const statuses = await Promise.all(['for', 'not'].map((word) => prober.probe(under(word, 'dev'))));
    expect(statuses.map(({ status }) => status)).toEqual(['taken', 'absent']);
  });

  it('is unknown, with the reason, as long as its name servers are not known', async () => {
    const failing = new Set(['dev']);
    const prober = openFor(await serveHierarchy({ dev }, failing));
    expect(await prober.probe(under('for', 'dev'))).toMatchObject({
      status: 'unknown',
      reason: expect.stringMatching(/^the name servers of \.dev are not known: SERVFAIL from /),
    });
    failing.clear();
    await expect.poll(async () => (await prober.probe(under('for', 'dev'))).status).toBe('taken');
  });

  it('is unknown if the resolver denies everything', async () => {
    const resolver = await servePackets(() => ({ flags: nxdomain }));
    const prober = openFor({ resolver, servers: new Map(), port: resolver.port });
    expect(await prober.probe(under('for', 'dev'))).toMatchObject({
      status: 'unknown',
      reason: `the name servers of .dev are not known: udp://${resolver.address} denies even those of the root`,
    });
  });

  it('holds up no other suffix while it is looked for', async () => {
    vi.useRealTimers();
    const hierarchy = await serveHierarchy({
      dev,
      slow: { servers: ['127.0.21.12'], reply: () => undefined },
    });
    const prober = openFor(hierarchy, 3000);
    void prober.probe(under('for', 'slow'));
    expect(await prober.probe(under('for', 'dev'))).toMatchObject({ status: 'taken' });
  });
});
