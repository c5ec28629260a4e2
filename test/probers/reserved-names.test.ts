import { describe, expect, it } from 'vitest';
import { openProber } from '../../src/probe/prober.js';
import { withReservedNames } from '../../src/probers/reserved-names.js';
import {
  candidateOf,
  type PlayedOptions,
  type PlayedServer,
  playProber,
  serverAt,
  urlAt,
} from '../helpers/played.js';
import { fail, silent, truthful, wildcard, type Zone, zone } from '../helpers/played-servers.js';

// Loaded in real time, for which virtual time does not wait.
await import('tldts');

/** Plays a run in which one server is asked. */
const playReserved = (server: PlayedServer, names: readonly string[], options?: PlayedOptions) =>
  playProber(
    new Map([[urlAt(0), server]]),
    (context) => withReservedNames(openProber({ ...context, servers: [serverAt(urlAt(0))] })),
    names.map(candidateOf),
    options,
  );

const by6761 = 'reserved by RFC 6761: nobody can register it';

describe('a name that nobody looks up in the DNS', () => {
  it.each([
    ['onion', 'RFC 7686'],
    ['local', 'RFC 6762'],
    ['localhost', 'RFC 6761'],
    ['invalid', 'RFC 6761'],
    ['alt', 'RFC 9476'],
  ])('is unknown without a query at .%s', async (tld, source) => {
    const { lines, queries, results } = await playReserved(truthful(), [`x ${tld}`, `a.x.${tld}`, `${tld}.`]);
    const reason = `reserved by ${source}: nobody can register it`;
    expect(lines).toEqual(
      [`? ${tld}  ${reason}`, `? a.x.${tld}  ${reason}`, `? x.${tld}  ${reason}`].toSorted(),
    );
    expect(results[0]).toMatchObject({ tries: 0, ms: 0, addresses: [], evidence: [reason] });
    expect(queries).toEqual([[]]);
  });
});

describe('a name of special use that is asked for', () => {
  /** The zones of a network that uses such names. */
  const local: Zone = {
    ...zone,
    test: { isDelegated: true },
    'live.test': { A: ['192.0.2.1'] },
    'taken.test': {},
    internal: { isDelegated: true },
    'live.internal': { A: ['192.0.2.1'] },
    'home.arpa': { isDelegated: true },
    'live.home.arpa': { A: ['192.0.2.1'] },
    'example.com': { isDelegated: true },
    'www.example.com': { A: ['192.0.2.1'] },
  };

  it('keeps its mark if it exists', async () => {
    const names = [
      'live.test',
      'taken.test',
      'live.example',
      'live.internal',
      'live.home.arpa',
      'www.example.com',
    ];
    const { lines } = await playReserved(truthful(local), names);
    expect(lines).toEqual([
      '+ live.example',
      '+ live.home.arpa',
      '+ live.internal',
      '+ live.test',
      '+ www.example.com',
      '~ taken.test',
    ]);
  });

  it('is unknown if it is denied, with the reason', async () => {
    const names = ['x.test', 'x.example', 'x.internal', 'x.home.arpa', 'x.example.com', 'x example.com'];
    const { lines } = await playReserved(truthful(local), names);
    expect(lines).toEqual([
      `? x.example  ${by6761}`,
      `? x.example.com  ${by6761}`,
      `? x.example.com  ${by6761}`,
      '? x.home.arpa  reserved by RFC 8375: nobody can register it',
      '? x.internal  reserved by ICANN: nobody can register it',
      `? x.test  ${by6761}`,
    ]);
  });

  it.each([[true], [false]])(
    'has the same reason if even its suffix is denied, with canaries: %s',
    async (canary) => {
      const names = ['x.test', 'x.internal', 'x.home.arpa'];
      const { lines } = await playReserved(truthful(), names, { canary });
      expect(lines).toEqual([
        '? x.home.arpa  reserved by RFC 8375: nobody can register it',
        '? x.internal  reserved by ICANN: nobody can register it',
        `? x.test  ${by6761}`,
      ]);
    },
  );

  it('keeps its mark if it exists although its suffix is denied', async () => {
    const truth: Zone = { dev: { isDelegated: true }, 'live.internal': { A: ['192.0.2.1'] } };
    const server: PlayedServer = (query) =>
      query.name === 'internal' ? { rcode: 'NXDOMAIN', zone: '' } : truthful(truth)(query);
    const { lines } = await playReserved(server, ['live.internal', 'x.internal']);
    expect(lines).toEqual(['+ live.internal', '? x.internal  reserved by ICANN: nobody can register it']);
  });

  it('is unknown if any name below its suffix is answered', async () => {
    const { lines } = await playReserved(wildcard('test', undefined, { test: { isDelegated: true } }), [
      'x.test',
    ]);
    expect(lines).toEqual([`? x.test  ${by6761}`]);
  });

  it.each([
    ['fails', fail, 'SERVFAIL from FIRST'],
    ['is silent', silent, 'no reply from FIRST'],
  ])('keeps the reason of a server that %s', async (_, server, reason) => {
    const { lines } = await playReserved(server, ['x.test']);
    expect(lines).toEqual([expect.stringContaining(`? x.test  ${reason}`)]);
  });
});

describe('an absent name that is a public suffix', () => {
  const truth: Zone = { ck: { isDelegated: true }, uk: { isDelegated: true }, dev: { isDelegated: true } };

  it('has that as its reason', async () => {
    const { lines } = await playReserved(truthful(truth), [
      'name ck',
      'a.name.ck',
      'www.ck',
      'free.uk',
      'x.dev',
    ]);
    expect(lines).toEqual([
      '  a.name.ck',
      '  free.uk',
      '  name.ck  a public suffix: it cannot be registered',
      '  www.ck',
      '  x.dev',
    ]);
  });

  it('is a single label, too', async () => {
    const { lines } = await playReserved(truthful(truth), ['nosuch.'], { canary: false });
    expect(lines).toEqual(['  nosuch  a public suffix: it cannot be registered']);
  });

  it('says nothing of itself if it exists', async () => {
    const { lines } = await playReserved(truthful({ ...truth, 'co.uk': {} }), ['co.uk']);
    expect(lines).toEqual(['~ co.uk']);
  });
});
