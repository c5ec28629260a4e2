import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startBlogdom } from '../helpers/built-command.js';
import { type Authority, type Certificate, makeAuthority } from '../helpers/certificate.js';
import { makeFolder } from '../helpers/system/folder.js';
import {
  type ForeignServer,
  type SecureServer,
  startKnot,
  startNsd,
  startSecureUnbound,
} from '../helpers/system/name-servers.js';
import { describeSystem } from '../helpers/system/needs.js';
import { blogdom, run } from '../helpers/system/process.js';
import { check, generateNames, type Known, zoneOf } from '../helpers/system/truth.js';

const names = generateNames(10_000, 7);
const zone = zoneOf(names);

const certificateHost = 'dns.example';
let authority: Authority;
let certificate: Certificate;
beforeAll(async () => {
  authority = await makeAuthority();
  certificate = await authority.issue({ dnsNames: [certificateHost], addresses: ['127.0.0.1'] });
});
afterAll(() => authority.remove());

/** How a server is written that is to be asked in this way. */
const plain = {
  udp: ({ port }: ForeignServer) => `udp://127.0.0.1:${port}`,
  tcp: ({ port }: ForeignServer) => `tcp://127.0.0.1:${port}`,
} as const;
/** The same without a way: it is found out which one is faster. */
const bare = ({ port }: ForeignServer) => `127.0.0.1:${port}`;
/** @param host is the one that the certificate must be for, with an `@` behind it. */
const secure = {
  tls: ({ tlsPort }: SecureServer, host = '') => `tls://${host}127.0.0.1:${tlsPort}`,
  https: ({ httpsPort }: SecureServer, host = '') => `https://${host}127.0.0.1:${httpsPort}/dns-query`,
} as const;

/** Options, and how many names are asked for with them. */
const settings = [
  { options: '', count: 2000 },
  { options: '-c 10000', count: 500 },
  { options: '-c 20', count: 300 },
  { options: '-c 1', count: 50 },
  { options: '--rate 2000', count: 300 },
] as const;
/** For ways on which nothing gets lost. */
const single = { options: '--tries 1 --timeout 10', count: 500 } as const;

/** Every way with every setting. */
const cross = <UrlOf, Setting>(ways: Readonly<Record<string, UrlOf>>, rows: readonly Setting[]) =>
  Object.entries(ways).flatMap(([way, urlOf]) => rows.map((setting) => ({ way, urlOf, ...setting })));

/** Runs the command with these names in a file. */
async function ask(
  servers: readonly string[],
  asked: readonly Known[],
  options: string,
  trust = authority.file,
) {
  const folder = await makeFolder({ names: asked.map(({ name }) => `${name}\n`).join('') });
  const words = options.split(' ').filter((word) => word !== '');
  const args = ['-s', servers.join(), '-f', join(folder.path, 'names'), ...words];
  const finished = await run([blogdom, ...args], { NODE_EXTRA_CA_CERTS: trust });
  await folder.remove();
  return finished;
}

/** What a run comes to that asks for the first names, as many as `count` says. */
async function probe(servers: readonly string[], options: string, count: number) {
  const asked = names.slice(0, count);
  const { status, stdout, stderr } = await ask(servers, asked, `-o json ${options}`);
  return { status, stderr, ...check(stdout, asked) };
}

/** Each name came out exactly once, with what is true of it. */
const allTrue = { status: 0, stderr: '', lost: [], extra: [], wrong: [] };

const title = 'each of $count names comes out once and is true over $way with the options $options';

function itAnswersOverUdpAndTcp(server: () => ForeignServer): void {
  it.each([...cross(plain, settings), ...cross({ tcp: plain.tcp }, [single])])(
    title,
    async ({ way, urlOf, options, count }) => {
      expect(await probe([urlOf(server())], options, count)).toEqual({ ...allTrue, schemes: [way] });
    },
  );

  it('they do over UDP and then over TCP, where no way is given and there are names enough for both', async () => {
    const result = await probe([bare(server())], '', names.length);
    expect(result).toEqual({ ...allTrue, schemes: ['tcp', 'udp'] });
  });
}

describeSystem('by way of nsd', ['nsd'], () => {
  let nsd: ForeignServer;
  beforeAll(async () => {
    nsd = await startNsd({ zone });
    return nsd.stop;
  });
  itAnswersOverUdpAndTcp(() => nsd);
});

describeSystem('by way of nsd that gives little', ['nsd'], () => {
  async function start(limit: string) {
    const nsd = await startNsd({ zone, limit });
    onTestFinished(nsd.stop);
    return nsd;
  }

  it('all names come out true, though it ends each connection after a few queries', async () => {
    const nsd = await start('tcp-query-count: 20');
    const { options, count } = single;
    expect(await probe([plain.tcp(nsd)], options, count)).toEqual({ ...allTrue, schemes: ['tcp'] });
  });

  it('all names come out true, though it drops and truncates replies above a rate', async () => {
    const nsd = await start('rrl-ratelimit: 50');
    // Half of what is too much is not answered at all.
    expect(await probe([plain.udp(nsd)], '--tries 30', 300)).toEqual({ ...allTrue, schemes: ['tcp', 'udp'] });
  });
});

describeSystem('by way of knot', ['knotd'], () => {
  let knot: ForeignServer;
  beforeAll(async () => {
    knot = await startKnot(zone);
    return knot.stop;
  });
  itAnswersOverUdpAndTcp(() => knot);
});

describeSystem('by way of unbound', ['unbound'], () => {
  let unbound: SecureServer;
  beforeAll(async () => {
    unbound = await startSecureUnbound(zone, certificate);
    return unbound.stop;
  });
  itAnswersOverUdpAndTcp(() => unbound);

  it.each(cross(secure, [...settings, single]))(title, async ({ way, urlOf, options, count }) => {
    expect(await probe([urlOf(unbound)], options, count)).toEqual({ ...allTrue, schemes: [way] });
  });

  it.each(Object.entries(secure))(
    'they do over %s, where the certificate is for a host',
    async (way, urlOf) => {
      const url = urlOf(unbound, `${certificateHost}@`);
      expect(await probe([url], '', 500)).toEqual({ ...allTrue, schemes: [way] });
    },
  );

  it.each(Object.entries(secure))(
    'no name is known over %s, where the certificate proves nothing',
    async (_way, urlOf) => {
      const asked = names.slice(0, 100);
      const lines = (reason: string) => asked.map(({ name }) => `? ${name}  ${reason}`).toSorted();
      const url = urlOf(unbound);
      const untrusted = await ask([url], asked, '', '');
      expect(untrusted).toMatchObject({
        status: 1,
        lines: lines(`certificate of an unknown issuer at ${url}`),
      });
      const other = urlOf(unbound, 'other.example@');
      const misplaced = await ask([other], asked, '');
      expect(misplaced).toMatchObject({
        status: 1,
        lines: lines(`certificate for another host at ${other}`),
      });
    },
  );
});

describeSystem('by way of servers of all kinds together', ['nsd', 'knotd', 'unbound'], () => {
  const starts = {
    nsd: () => startNsd({ zone }),
    knot: () => startKnot(zone),
    unbound: () => startSecureUnbound(zone, certificate),
  };
  let servers: { nsd: ForeignServer; knot: ForeignServer; unbound: SecureServer };
  beforeAll(async () => {
    servers = { nsd: await starts.nsd(), knot: await starts.knot(), unbound: await starts.unbound() };
    return async () => {
      for (const server of Object.values(servers)) await server.stop();
    };
  });
  const urlsOf = ({ nsd, knot, unbound }: typeof servers) => [
    bare(nsd),
    plain.udp(knot),
    plain.tcp(knot),
    secure.tls(unbound),
    secure.https(unbound),
  ];

  it.each(['', '-c 20'])('each name comes out once and is true with the options %j', async (options) => {
    expect(await probe(urlsOf(servers), options, 1000)).toMatchObject(allTrue);
  });

  it.each(['nsd', 'knot', 'unbound'] as const)(
    'each name comes out once and is true, though %s ends in mid-run',
    async (which) => {
      const asked = names.slice(0, 3000);
      const victim = await starts[which]();
      onTestFinished(victim.stop);
      const args = ['-s', urlsOf({ ...servers, [which]: victim }).join(), '-o', 'json', '-'];
      const running = startBlogdom(args, { NODE_EXTRA_CA_CERTS: authority.file });
      const lines = asked.map(({ name }) => `${name}\n`);
      running.type(lines.slice(0, 2000).join(''));
      await running.stdout.nextLine();
      await victim.stop();
      running.endInput(lines.slice(2000).join(''));
      const { status, stdout, stderr } = await running.ended;
      expect({ status, stderr, ...check(stdout, asked) }).toMatchObject(allTrue);
    },
  );
});
