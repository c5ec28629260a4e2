import { describe, expect, it } from 'vitest';
import { serveRdap } from '../../helpers/rdap-server/registries.js';
import * as act from '../../helpers/rdap-server.js';
import { confirm } from './asking.js';

/** What comes of `xyz.dev` in JSON, and the URL that its registry was asked by. */
async function asJson(action: act.Action) {
  const registry = await serveRdap(() => action);
  const { stdout } = await confirm({ dev: registry.url }, ['-o', 'json', 'xyz']);
  return { result: JSON.parse(stdout), asked: `${registry.url}domain/xyz.dev` };
}

describe.concurrent('JSON keeps what a verdict rests on', () => {
  it.each([
    ['registered', act.found(['client hold']), { status: 'taken', reason: 'registered, client hold' }],
    ['not registered', act.notFound(), { status: 'unregistered' }],
    ['status 500', act.fail(500), { status: 'absent', reason: 'could not be confirmed: status 500' }],
  ])('%s', async (said, action, expected) => {
    const { result, asked } = await asJson(action);
    expect(result).toMatchObject({ name: 'xyz.dev', rcode: 'NXDOMAIN', addresses: [], ...expected });
    expect(result.evidence).toContain('A: NXDOMAIN');
    expect(result.evidence).toContain(`${asked}: ${said}`);
  });
});

it.each([
  ['names', 'free.dev\n'],
  ['csv', /^name,.*\nfree\.dev,free,dev,unregistered,,,NXDOMAIN,.*\n$/],
])('prints what is unregistered in the format %s, alone where it is wanted', async (format, expected) => {
  const registry = await serveRdap({ 'held.dev': act.found() });
  const { stdout } = await confirm({ dev: registry.url }, [
    ...['-o', format, '--only', 'unregistered', 'free', 'held'],
  ]);
  expect(stdout).toMatch(expected);
  expect(stdout).not.toContain('held');
});

describe.concurrent('control characters of a server never reach the output', () => {
  const hostile = '\u001b]0;owned\u0007\u009b2J\r\u202e';
  const header = '\u009b2J';

  it.each([
    ['a state', act.found([`client hold${hostile}`, hostile])],
    ['the name', act.otherName(`xyz${hostile}.dev`)],
    ['the class', act.found([], { members: { objectClassName: hostile } })],
    ['an error', act.fail(500, { title: hostile })],
    ['a web page', act.content(hostile, { status: 404, type: 'text/html' })],
    ['Retry-After', act.limited(header)],
    ['a redirect', act.redirect(`https://${header}/`)],
    ["a redirect's path", act.redirected(1, act.redirect(`http://127.0.0.1/${header}`))],
  ])('in %s', async (_what, action) => {
    const registry = await serveRdap(() => action);
    for (const format of ['text', 'json']) {
      const args = ['--confirm-timeout', '1', '-o', format, 'xyz'];
      const { stdout, stderr } = await confirm({ dev: registry.url }, args);
      expect(stdout).toContain('xyz.dev');
      expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    }
  });

  it('in the URL of a registry', async () => {
    const registry = await serveRdap({});
    for (const format of ['text', 'json']) {
      const { stdout } = await confirm({ dev: `${registry.url}${hostile}/` }, ['-o', format, 'xyz']);
      expect(stdout).toContain('xyz.dev');
      expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    }
  });
});
