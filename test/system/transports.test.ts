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

/** The URLs of a server for each unencrypted transport. */
const plain = {
  udp: ({ port }: ForeignServer) => `udp://127.0.0.1:${port}`,
  tcp: ({ port }: ForeignServer) => `tcp://127.0.0.1:${port}`,
} as const;
/** The address alone, which leaves the choice of the transport to blogdom. */
const bare = ({ port }: ForeignServer) => `127.0.0.1:${port}`;
/** The URLs of a server for each encrypted transport; `host` is empty, or the certificate's host followed by `@`. */
const secure = {
  tls: ({ tlsPort }: SecureServer, host = '') => `tls://${host}127.0.0.1:${tlsPort}`,
  https: ({ httpsPort }: SecureServer, host = '') => `https://${host}127.0.0.1:${httpsPort}/dns-query`,
} as const;

/** Options, and the number of names to ask for with them. */
const settings = [
  { options: '', count: 2000 },
  { options: '-c 10000', count: 500 },
  { options: '-c 20', count: 300 },
  { options: '-c 1', count: 50 },
  { options: '--rate 2000', count: 300 },
] as const;
/** One try each, for transports that lose nothing. */
const oneTry = { options: '--tries 1 --timeout 10', count: 500 } as const;

/** Combines every transport with every row of settings. */
const cross = <UrlOf, Setting>(urls: Readonly<Record<string, UrlOf>>, rows: readonly Setting[]) =>
  Object.entries(urls).flatMap(([transport, urlOf]) =>
    rows.map((setting) => ({ transport, urlOf, ...setting })),
  );

/** Runs the command with the names in a file. */
async function ask(
  servers: readonly string[],
  asked: readonly Known[],
  options: string,
  trustedCertificates = authority.file,
) {
  const folder = await makeFolder({ names: asked.map(({ name }) => `${name}\n`).join('') });
  const words = options.split(' ').filter((word) => word !== '');
  const args = ['-s', servers.join(), '-f', join(folder.path, 'names'), ...words];
  const finished = await run([blogdom, ...args], { NODE_EXTRA_CA_CERTS: trustedCertificates });
  await folder.remove();
  return finished;
}

/** Asks for the first `count` names and compares the output with the truth. */
async function probe(servers: readonly string[], options: string, count: number) {
  const asked = names.slice(0, count);
  const { status, stdout, stderr } = await ask(servers, asked, `-o json ${options}`);
  return { status, stderr, ...check(stdout, asked) };
}

/** The outcome of a run that prints the true answer for each name, once. */
const allTrue = { status: 0, stderr: '', lost: [], extra: [], wrong: [] };

const title =
  'prints the true answer, once, for each of $count names over $transport with the options $options';

function itAnswersOverUdpAndTcp(server: () => ForeignServer): void {
  it.each([...cross(plain, settings), ...cross({ tcp: plain.tcp }, [oneTry])])(
    title,
    async ({ transport, urlOf, options, count }) => {
      expect(await probe([urlOf(server())], options, count)).toEqual({ ...allTrue, schemes: [transport] });
    },
  );

  it('prints the true answer for each name of a long run if the server is given without a transport', async () => {
    const { schemes, ...result } = await probe([bare(server())], '', names.length);
    expect(result).toEqual(allTrue);
    // Whether TCP follows depends on the losses over UDP, and so on how busy the machine is.
    expect([['tcp', 'udp'], ['udp']]).toContainEqual(schemes);
  });
}

describeSystem('blogdom with nsd under load', ['nsd'], () => {
  let nsd: ForeignServer;
  beforeAll(async () => {
    nsd = await startNsd({ zone });
    return nsd.stop;
  });
  itAnswersOverUdpAndTcp(() => nsd);
});

describeSystem('blogdom with an nsd that limits its service', ['nsd'], () => {
  async function start(limit: string) {
    const nsd = await startNsd({ zone, limit });
    onTestFinished(nsd.stop);
    return nsd;
  }

  it('prints the true answers if nsd closes each connection after 20 queries', async () => {
    const nsd = await start('tcp-query-count: 20');
    const { options, count } = oneTry;
    expect(await probe([plain.tcp(nsd)], options, count)).toEqual({ ...allTrue, schemes: ['tcp'] });
  });

  it('prints the true answers if nsd drops and truncates replies above a rate', async () => {
    const nsd = await start('rrl-ratelimit: 50');
    // Of the queries above the rate, nsd drops every second one.
    expect(await probe([plain.udp(nsd)], '--tries 30', 300)).toEqual({ ...allTrue, schemes: ['tcp', 'udp'] });
  });
});

describeSystem('blogdom with knot under load', ['knotd'], () => {
  let knot: ForeignServer;
  beforeAll(async () => {
    knot = await startKnot(zone);
    return knot.stop;
  });
  itAnswersOverUdpAndTcp(() => knot);
});

describeSystem('blogdom with unbound under load', ['unbound'], () => {
  let unbound: SecureServer;
  beforeAll(async () => {
    unbound = await startSecureUnbound(zone, certificate);
    return unbound.stop;
  });
  itAnswersOverUdpAndTcp(() => unbound);

  it.each(cross(secure, [...settings, oneTry]))(title, async ({ transport, urlOf, options, count }) => {
    expect(await probe([urlOf(unbound)], options, count)).toEqual({ ...allTrue, schemes: [transport] });
  });

  it.each(Object.entries(secure))(
    'prints the true answers over %s if the certificate is for the host in the URL',
    async (transport, urlOf) => {
      const url = urlOf(unbound, `${certificateHost}@`);
      expect(await probe([url], '', 500)).toEqual({ ...allTrue, schemes: [transport] });
    },
  );

  it.each(Object.entries(secure))(
    'prints every name as unknown over %s if the certificate is untrusted or for another host',
    async (_transport, urlOf) => {
      const asked = names.slice(0, 100);
      const lines = (reason: string) => asked.map(({ name }) => `? ${name}  ${reason}`).toSorted();
      const url = urlOf(unbound);
      const untrusted = await ask([url], asked, '--quiet', '');
      expect(untrusted).toMatchObject({
        status: 1,
        lines: lines(`certificate from an unknown issuer at ${url}`),
      });
      const other = urlOf(unbound, 'other.example@');
      const wrongHost = await ask([other], asked, '--quiet');
      expect(wrongHost).toMatchObject({
        status: 1,
        lines: lines(`certificate for another host at ${other}`),
      });
    },
  );
});

describeSystem('blogdom with nsd, knot and unbound together', ['nsd', 'knotd', 'unbound'], () => {
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

  it.each(['', '-c 20'])(
    'prints the true answer for each name, once, with the options %j',
    async (options) => {
      expect(await probe(urlsOf(servers), options, 1000)).toMatchObject(allTrue);
    },
  );

  it.each(['nsd', 'knot', 'unbound'] as const)(
    'prints the true answer for each name, once, if %s ends in the middle of the run',
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
