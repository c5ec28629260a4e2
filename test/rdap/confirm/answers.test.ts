import { describe, expect, it } from 'vitest';
import * as dns from '../../helpers/name-server.js';
import { serveRdap } from '../../helpers/rdap-server/registries.js';
import * as act from '../../helpers/rdap-server.js';
import { confirm } from './asking.js';

const serve = (action: act.Action) => serveRdap(() => action);

/** What comes of `xyz.dev`, which the DNS does not have, where its registry does this. */
async function outcome(action: act.Action, ...args: readonly string[]) {
  return confirm({ dev: (await serve(action)).url }, ['xyz', ...args]);
}

const unconfirmed = (why: string) => ({
  stdout: `  xyz.dev  could not be confirmed: ${why}\n`,
  stderr: '',
  status: 0,
});

describe.concurrent('a name that the DNS does not know', () => {
  it.each([
    ['registered', act.found()],
    ['registered', act.found([])],
    ['registered, client hold', act.found(['client transfer prohibited', 'client hold'])],
    ['registered, server hold', act.found(['server hold'])],
    ['registered, redemption period', act.found(['pending delete', 'redemption period'])],
    ['registered', act.redirected(5, act.found())],
    ['registered', act.gzipped(act.found())],
    ['registered', act.found(['active'], { octets: 1024 * 1024 })],
  ])('is taken where its registry has it: %s', async (reason, action) => {
    expect(await outcome(action)).toEqual({ stdout: `~ xyz.dev  ${reason}\n`, stderr: '', status: 0 });
  });

  it.each([
    ['nothing else', act.notFoundEmpty()],
    ['an RDAP body', act.notFound()],
  ])('is unregistered where its registry says 404 and %s', async (_what, action) => {
    expect(await outcome(action)).toEqual({ stdout: '* xyz.dev\n', stderr: '', status: 0 });
  });

  it.each([
    ['a page with status 404', 'a page that is no RDAP answer, with status 404', act.html404()],
    ["another name's object", "another name's registration", act.otherName('y.dev')],
    ['what is not JSON', 'no RDAP answer', act.notJson()],
    ['an object of no class', 'no RDAP answer', act.found([], { members: { objectClassName: undefined } })],
    ['status 400', 'status 400', act.fail(400)],
    ['status 403', 'status 403', act.fail(403)],
    ['status 500', 'status 500', act.fail(500)],
    ['status 501', 'status 501', act.fail(501)],
    ['status 502 with a page', 'status 502', act.content('<html>', { status: 502, type: 'text/html' })],
  ])('stays absent, with the reason, where its registry sends %s', async (_what, why, action) => {
    expect(await outcome(action)).toEqual(unconfirmed(why));
  });

  it.each([
    ['more than 1 MiB', 'sends more than 1 MiB', act.found(['active'], { octets: 1024 * 1024 + 1 })],
    ['a body without end', 'sends more than 1 MiB', act.endless],
    ['redirects for ever', 'redirects more than 5 times', act.loop],
    ['one redirect too many', 'redirects more than 5 times', act.redirected(6, act.notFound())],
  ])('stays absent, with the reason, where its registry sends %s', async (_what, why, action) => {
    const { stdout, status } = await outcome(action);
    expect(stdout).toMatch(/^ {2}xyz\.dev {2}could not be confirmed: 127\.0\.0\.1:\d+ [^\n]+\n$/);
    expect(stdout).toContain(why);
    expect(status).toBe(0);
  });

  it.each([
    ['breaks off a 200', act.brokenOff(act.found())],
    ['breaks off a 404', act.brokenOff(act.notFound())],
    ['resets the connection', act.reset],
    ['is silent', act.silent],
    ['stalls', act.stalled(act.notFound())],
    ['says 429 for ever', act.limited()],
    ['says 503 for ever', act.unavailable(1)],
    ['says 429 and to come again tomorrow', act.limited(86_400)],
    ['says 429 and to come again on a day to come', act.limited(new Date(Date.now() + 86_400_000))],
  ])('stays absent, with the reason, where its registry %s', async (_what, action) => {
    const { stdout, stderr, status } = await outcome(action, '--confirm-timeout', '1');
    expect(stdout).toMatch(/^ {2}xyz\.dev {2}could not be confirmed: 127\.0\.0\.1:\d+[^\n]+\n$/);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it('stays absent, with the reason, where no registry is known', async () => {
    expect(await confirm({}, ['xyz'])).toEqual(unconfirmed('no RDAP service is known for .dev'));
  });

  it('stays absent, with the reason, where nobody listens', async () => {
    const registry = await serve(act.notFound());
    await registry.close();
    const { stdout, status } = await confirm({ dev: registry.url }, ['xyz']);
    expect(stdout).toMatch(/^ {2}xyz\.dev {2}could not be confirmed: [^\n]*ECONNREFUSED\n$/);
    expect(status).toBe(0);
  });
});

describe.concurrent('a name that the DNS gave no clear answer about', () => {
  it.each([
    ['taken where its registry has it', act.found(), '~ xyz.dev  registered\n', 0],
    ['unregistered where its registry does not', act.notFound(), '* xyz.dev\n', 0],
  ])('is %s', async (_what, action, stdout, status) => {
    const registry = await serve(action);
    expect(await confirm({ dev: registry.url }, ['xyz'], dns.fail())).toMatchObject({ stdout, status });
  });

  it('stays unknown for both reasons, and the exit status with it, where its registry cannot tell', async () => {
    const registry = await serve(act.fail(500));
    const { stdout, status } = await confirm({ dev: registry.url }, ['xyz'], dns.fail());
    expect(stdout).toMatch(/^\? xyz\.dev {2}SERVFAIL [^\n]*; could not be confirmed: status 500\n$/);
    expect(status).toBe(1);
  });
});
