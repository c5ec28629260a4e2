import { afterAll, describe, expect, it } from 'vitest';
import { type Running, startBlogdom } from '../helpers/built-command.js';
import { makeAuthority } from '../helpers/certificate.js';
import { serve, sortedLines } from '../helpers/command.js';
import { honest } from '../helpers/honest.js';
import { answer, deny } from '../helpers/name-server.js';
import { serveProxy } from '../helpers/proxy.js';
import type { Services } from '../helpers/rdap-server/bootstrap.js';
import { confirmBy, serveRdap, trustedAuthority } from '../helpers/rdap-server/registries.js';
import * as act from '../helpers/rdap-server.js';

/** Starts the built command, which trusts the certificates of the tests. Only `live.dev` and `google.dev` exist in the DNS. */
async function startConfirming(
  services: Services,
  words: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const server = await serve(
    honest(({ name }) => (['live.dev', 'google.dev'].includes(name) ? answer('192.0.2.1') : deny)),
  );
  const { args, env } = await confirmBy(services);
  return startBlogdom(['-s', server.address, ...args, ...words], { ...env, ...more });
}

async function confirm(services: Services, env?: Readonly<Record<string, string>>) {
  const running = await startConfirming(services, ['xyz'], env);
  running.endInput();
  return running.ended;
}

const stranger = makeAuthority();
afterAll(async () => (await stranger).remove());

const hour = 60 * 60 * 1000;

describe.concurrent('blogdom --confirm does not ask a registry whose certificate', () => {
  it.each([
    [
      'is issued by an unknown authority',
      async () => (await stranger).issue(),
      'certificate from an unknown issuer at',
    ],
    [
      'has expired',
      async () => (await trustedAuthority()).issue({ until: new Date(Date.now() - hour) }),
      'expired certificate at',
    ],
    [
      'is for another host',
      async () => (await trustedAuthority()).issue({ addresses: ['192.0.2.1'] }),
      'certificate for another host at',
    ],
  ])('%s', async (_what, issue, words) => {
    const registry = await serveRdap({}, { tls: await issue() });
    const { stdout, status } = await confirm({ dev: registry.url });
    const reason = `${words} ${new URL(registry.url).host}`;
    expect(stdout).toBe(`  xyz.dev  could not be confirmed: ${reason}\n`);
    expect({ status, requests: registry.requests }).toEqual({ status: 0, requests: [] });
  });
});

describe.concurrent('blogdom --confirm', () => {
  it.each([
    ['from https to http', act.redirect],
    [
      'from https to http after another redirect',
      (target: { readonly url: string }) => act.redirected(2, act.redirect(target)),
    ],
  ])('does not follow a redirect %s', async (_how, action) => {
    const plain = await serveRdap({});
    const registry = await serveRdap(() => action(plain), { tls: true });
    const { stdout, status } = await confirm({ dev: registry.url });
    const reason = `${new URL(registry.url).host} redirects to an unsafe or invalid URL`;
    expect(stdout).toBe(`  xyz.dev  could not be confirmed: ${reason}\n`);
    expect({ status, requests: plain.requests }).toEqual({ status: 0, requests: [] });
  });

  it('follows a redirect from http to https', async () => {
    const target = await serveRdap(() => act.found(['server hold']), { tls: true });
    const plain = await serveRdap(() => act.redirect(target));
    expect((await confirm({ dev: plain.url })).stdout).toBe('~ xyz.dev  registered, server hold\n');
  });

  it('says who asks', async () => {
    const registry = await serveRdap({}, { tls: true });
    await confirm({ dev: registry.url });
    expect(registry.requests[0]?.headers['user-agent']).toMatch(/^blogdom\/\d+\.\d+\.\d+/);
  });

  it('asks by https if a registry offers both http and https', async () => {
    const [plain, secure] = [
      await serveRdap({}),
      await serveRdap({ 'google.dev': act.found() }, { tls: true }),
    ];
    expect((await confirm({ dev: [plain.url, secure.url] })).stdout).toBe('* xyz.dev\n');
    expect([plain.requests.length, secure.requests.length]).toEqual([0, 2]);
  });

  it('asks through the proxy of HTTPS_PROXY, in tunnels that are used again', async () => {
    const [proxy, registry] = [
      await serveProxy(),
      await serveRdap(() => act.found(['client hold']), { tls: true }),
    ];
    const words = Array.from({ length: 12 }, (_, index) => `x${index}`);
    const running = await startConfirming({ dev: registry.url }, words, { HTTPS_PROXY: proxy.url.href });
    const { stdout } = await running.ended;
    expect(sortedLines(stdout)).toEqual(
      words.map((word) => `~ ${word}.dev  registered, client hold`).toSorted(),
    );
    expect(registry.requests).toHaveLength(12);
    expect(proxy.requests.length).toBeLessThanOrEqual(4);
    expect(new Set(proxy.requests.map(({ line }) => line))).toEqual(
      new Set([`CONNECT ${new URL(registry.url).host}`]),
    );
  });

  it('asks the registries of NO_PROXY directly', async () => {
    const [proxy, registry] = [
      await serveProxy(),
      await serveRdap(() => act.found(['client hold']), { tls: true }),
    ];
    const env = { HTTPS_PROXY: proxy.url.href, NO_PROXY: '127.0.0.1' };
    expect((await confirm({ dev: registry.url }, env)).stdout).toBe('~ xyz.dev  registered, client hold\n');
    expect(proxy.requests).toEqual([]);
  });

  it('prints other results while a registry holds its answer', async () => {
    const gate = act.gate();
    const known = ['live.dev', 'google.dev'];
    const registry = await serveRdap(({ name }) =>
      known.includes(name) ? act.found() : gate.hold(act.notFound()),
    );
    const running = await startConfirming({ dev: registry.url }, ['-']);
    running.type('held\n');
    await registry.received(1);
    running.type('live\n');
    expect(await running.stdout.nextLine()).toBe('+ live.dev');
    gate.release();
    expect(await running.stdout.nextLine()).toBe('* held.dev');
    running.endInput();
    expect(await running.ended).toMatchObject({ status: 0 });
  });

  it('prints other results while 12,000 names wait for a registry', async () => {
    const registry = await serveRdap(() => act.silent);
    const running = await startConfirming({ dev: registry.url }, ['-']);
    running.type(Array.from({ length: 12_000 }, (_, index) => `x${index}\n`).join(''));
    await registry.received(4);
    running.type('live\n');
    expect(await running.stdout.nextLine()).toBe('+ live.dev');
    running.interrupt();
    expect(await running.ended).toMatchObject({ stdout: '+ live.dev\n', status: 130 });
  });

  it('ends at once after Ctrl-C while a registry holds its answer', async () => {
    const registry = await serveRdap(() => act.silent);
    const running = await startConfirming({ dev: registry.url }, ['xyz']);
    await registry.received(1);
    running.interrupt();
    expect(await running.ended).toMatchObject({ stdout: '', status: 130 });
  });
});
