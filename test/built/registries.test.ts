import { afterAll, describe, expect, it } from 'vitest';
import { startBlogdom } from '../helpers/built-command.js';
import { makeAuthority } from '../helpers/certificate.js';
import { serve } from '../helpers/command.js';
import { honest } from '../helpers/honest.js';
import { deny } from '../helpers/name-server.js';
import type { Services } from '../helpers/rdap-server/bootstrap.js';
import { confirmBy, serveRdap, trustedAuthority } from '../helpers/rdap-server/registries.js';
import { found, redirect, redirected } from '../helpers/rdap-server.js';

/** Runs the built command, which trusts the certificates of the tests, for a name that the DNS denies. */
async function confirm(services: Services) {
  const server = await serve(honest(() => deny));
  const { args, env } = await confirmBy(services);
  const running = startBlogdom(['-s', server.address, ...args, 'xyz'], env);
  running.endInput();
  return running.ended;
}

const stranger = makeAuthority();
afterAll(async () => (await stranger).remove());

const hour = 60 * 60 * 1000;

describe.concurrent('a registry whose certificate', () => {
  it.each([
    ['is issued by an unknown authority', async () => (await stranger).issue(), /UNABLE_TO_VERIFY/],
    [
      'has expired',
      async () => (await trustedAuthority()).issue({ until: new Date(Date.now() - hour) }),
      /CERT_HAS_EXPIRED/,
    ],
    [
      'is for another host',
      async () => (await trustedAuthority()).issue({ addresses: ['192.0.2.1'] }),
      /ALTNAME_INVALID/,
    ],
  ])('%s confirms nothing', async (_what, issue, code) => {
    const registry = await serveRdap({}, { tls: await issue() });
    const { stdout, status } = await confirm({ dev: registry.url });
    expect(stdout).toMatch(/^ {2}xyz\.dev {2}could not be confirmed: /);
    expect(stdout).toMatch(code);
    expect({ status, requests: registry.requests }).toEqual({ status: 0, requests: [] });
  });
});

describe.concurrent('a redirect of a registry', () => {
  it.each([
    ['from https to http', redirect],
    [
      'from https to http after another one',
      (target: { readonly url: string }) => redirected(2, redirect(target)),
    ],
  ])('%s is not followed', async (_how, action) => {
    const plain = await serveRdap({});
    const registry = await serveRdap(() => action(plain), { tls: true });
    const { stdout, status } = await confirm({ dev: registry.url });
    expect(stdout).toMatch(
      /^ {2}xyz\.dev {2}could not be confirmed: [^\n]+ redirects to where nothing may be asked\n$/,
    );
    expect({ status, requests: plain.requests }).toEqual({ status: 0, requests: [] });
  });

  it('from http to https is followed', async () => {
    const target = await serveRdap(() => found(['server hold']), { tls: true });
    const plain = await serveRdap(() => redirect(target));
    expect((await confirm({ dev: plain.url })).stdout).toBe('~ xyz.dev  registered, server hold\n');
  });
});

it('a registry that offers both http and https is asked by https', async () => {
  const [plain, secure] = [await serveRdap({}), await serveRdap({}, { tls: true })];
  expect((await confirm({ dev: [plain.url, secure.url] })).stdout).toBe('* xyz.dev\n');
  expect([plain.requests.length, secure.requests.length]).toEqual([0, 1]);
});
