import { describe, expect, it } from 'vitest';
import { blogdom, serve, sortedLines } from '../../../helpers/command.js';
import { honest } from '../../../helpers/honest.js';
import * as dns from '../../../helpers/name-server.js';
import { confirmBy, serveRdap } from '../../../helpers/rdap-server/registries.js';
import type { Registrations } from '../../../helpers/rdap-server.js';
import * as act from '../../../helpers/rdap-server.js';

/** A name server on which `live.dev` and `google.dev` have an address, `bare.dev` has none, and other names do not exist. */
async function startDns() {
  const actions = new Map([
    ['live.dev', dns.answer('192.0.2.1')],
    ['google.dev', dns.answer('192.0.2.1')],
    ['bare.dev', dns.noData],
  ]);
  return serve(honest(({ name }) => actions.get(name) ?? dns.deny));
}

/** A registry of `.dev` that has a registration of the names that exist, and of these. */
const serveRegistry = (registrations: Registrations = {}) =>
  serveRdap({ 'live.dev': act.found(), 'google.dev': act.found(), ...registrations });

describe('blogdom --list-registries', () => {
  it('prints who is asked about the chosen domains, and asks nobody', async () => {
    const registry = await serveRdap({});
    const { file } = await confirmBy({ dev: registry.url });
    const argv = ['--list-registries', '-t', 'dev,lt,eu,de,example', '--rdap-bootstrap', file];
    expect(await blogdom(argv)).toEqual({
      stdout:
        `dev  RDAP  ${registry.url}\n` +
        'lt  DAS  das.domreg.lt:4343 (20 a second)\n' +
        'eu  DAS  das.eu:4343 (120 a minute)\n' +
        'de  RDAP  https://rdap.denic.de/ (not listed by IANA)\n' +
        'example  nobody\n',
      ...{ stderr: '', status: 0 },
    });
    expect(registry.requests).toEqual([]);
  });

  it('prints all known registries if no domain is chosen', async () => {
    const { file } = await confirmBy({ zz: 'https://rdap.example/', dev: 'https://rdap.example/' });
    const { stdout } = await blogdom(['--list-registries', '--rdap-bootstrap', file]);
    const lines = stdout.split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'zz  RDAP  https://rdap.example/',
        'ac  RDAP  https://rdap.identitydigital.services/rdap/ (not listed by IANA)',
      ]),
    );
    expect(lines.slice(0, -1)).toEqual(lines.slice(0, -1).toSorted());
  });

  it('refuses a bad bootstrap file', async () => {
    const { stdout, status } = await blogdom(['--list-registries', '--rdap-bootstrap', 'package.json']);
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
  });
});

describe('blogdom --confirm', () => {
  it('asks the registry about names that the DNS does not have, and about no others', async () => {
    const [server, registry] = [
      await startDns(),
      await serveRegistry({ 'held.dev': act.found(['client hold']) }),
    ];
    const { args, env } = await confirmBy({ dev: registry.url });
    const words = ['live', 'bare', 'held', 'free', 'xyz.app'];
    const { stdout, stderr, status } = await blogdom(['-s', server.address, ...args, ...words], { env });
    expect(sortedLines(stdout)).toEqual([
      '  xyz.app  could not be confirmed: no service is known for .app: see https://www.iana.org/domains/root/db/app.html',
      '* free.dev',
      '+ live.dev',
      '~ bare.dev',
      '~ held.dev  registered, client hold',
    ]);
    expect(stderr).toBe(
      'blogdom: no name under .app is known to exist, so a filter of all its names would go unnoticed\n',
    );
    expect(status).toBe(0);
    const asked = registry.requests.map(({ name }) => name).toSorted();
    const control = asked.includes('live.dev') ? 'live.dev' : 'google.dev';
    expect(asked).toEqual(['free.dev', 'held.dev', control].toSorted());
  });

  it('asks about live and taken names as well with all, and prints what it learns as JSON', async () => {
    const [server, registry] = [await startDns(), await serveRdap({ 'live.dev': act.found() })];
    const { args, env } = await confirmBy({ dev: registry.url });
    const argv = ['-s', server.address, ...args, 'live', 'bare', 'free', '-o', 'json', '--confirm', 'all'];
    const { stdout, status } = await blogdom(argv, { env });
    const results = sortedLines(stdout).map((line) => JSON.parse(line));
    expect(results).toMatchObject([
      { name: 'bare.dev', status: 'taken', reason: 'its registry has no registration of it' },
      { name: 'free.dev', status: 'unregistered' },
      {
        ...{ name: 'live.dev', status: 'live', registrar: 'Test Registrar', created: '2019-02-28T16:00:00Z' },
        ...{ expires: '2039-02-28T16:00:00Z', statuses: ['active'] },
      },
    ]);
    expect(Object.keys(results[1])).not.toContain('registrar');
    expect({ status, asked: registry.requests.length }).toEqual({ status: 0, asked: 3 });
  });

  it('does not believe a registry that denies names which exist', async () => {
    const [server, registry] = [await startDns(), await serveRdap({})];
    const { args, env } = await confirmBy({ dev: registry.url });
    const argv = ['-s', server.address, ...args, 'live', 'free'];
    const { stdout, stderr } = await blogdom(argv, { env });
    const reason = /could not be confirmed: its registry denies (live|google)\.dev, which exists$/;
    expect(sortedLines(stdout)).toEqual([expect.stringMatching(reason), '+ live.dev']);
    expect(stderr).toMatch(
      /^blogdom: the registry of \.dev denies (live\.dev and google|google\.dev and live)\.dev, [^\n]+\n$/,
    );
    const all = await blogdom([...argv, '--confirm', 'all'], { env });
    for (const line of sortedLines(all.stdout)) expect(line).toMatch(reason);
  });

  it('confirms nothing if no name is known to be registered', async () => {
    const [server, registry] = [await startDns(), await serveRdap({})];
    const { args, env } = await confirmBy({ app: registry.url });
    const { stdout } = await blogdom(['-s', server.address, ...args, '-t', 'app', 'free'], { env });
    expect(stdout).toBe('  free.app  could not be confirmed: no registered name is known under .app\n');
    expect(registry.requests).toHaveLength(1);
  });

  it('says in text that a registration expires soon', async () => {
    const expires = new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString();
    const events = [{ eventAction: 'expiration', eventDate: expires }];
    const server = await startDns();
    const registry = await serveRdap({ 'held.dev': act.found(['active'], { members: { events } }) });
    const { args, env } = await confirmBy({ dev: registry.url });
    const { stdout } = await blogdom(['-s', server.address, ...args, 'held'], { env });
    expect(stdout).toBe(`~ held.dev  registered; expires ${expires.slice(0, 10)}\n`);
  });

  it('prints only unregistered names with --only unregistered', async () => {
    const [server, registry] = [await startDns(), await serveRegistry({ 'held.dev': act.found() })];
    const { args, env } = await confirmBy({ dev: registry.url });
    const printing = ['-o', 'names', '--only', 'unregistered'];
    const run = await blogdom(['-s', server.address, ...args, ...printing, 'free', 'held'], { env });
    expect(run.stdout).toMatch(/^free\.dev\n$/);
  });

  it('tells who prints only absent names how to print unregistered ones', async () => {
    const [server, registry] = [await startDns(), await serveRegistry({ 'held.dev': act.found() })];
    const { args, env } = await confirmBy({ dev: registry.url });
    const ask = (...more: readonly string[]) =>
      blogdom(['-s', server.address, ...args, ...more, 'free', 'held'], { env });
    expect(await ask('--only', 'absent')).toEqual({
      ...{ stdout: '', status: 0 },
      stderr: expect.stringMatching(
        /^blogdom: 1 name is unregistered, not absent: --only free prints both\n$/m,
      ),
    });
    expect(await ask('--only', 'absent', '-q')).toMatchObject({ stdout: '', stderr: '' });
    expect(await ask('--only', 'free')).toMatchObject({
      ...{ stdout: '* free.dev\n', stderr: expect.not.stringContaining('unregistered') },
    });
  });

  it('keeps a name absent that is below a registered one, or about which no registry knows', async () => {
    const server = await startDns();
    const registry = await serveRdap({ 'for.dev': act.found(), 'uk.com': act.found() });
    const { args, env } = await confirmBy({ dev: registry.url, com: registry.url, name: registry.url });
    const words = ['nosuchhost.for.dev', 'x.uk.com', 'john.smith.name'];
    const { stdout, status } = await blogdom(['-s', server.address, ...args, ...words], { env });
    expect(sortedLines(stdout)).toEqual([
      '  john.smith.name  could not be confirmed: smith.name may have registrations below it',
      '  nosuchhost.for.dev  for.dev is registered',
      '  x.uk.com  could not be confirmed: uk.com is a private suffix',
    ]);
    expect({ status, asked: registry.requests.map(({ name }) => name) }).toEqual({
      status: 0,
      asked: ['for.dev'],
    });
  });

  it('does not take an empty 404 from any web server for the word of a registry', async () => {
    const [server, registry] = [await startDns(), await serveRdap(() => act.notFoundEmpty())];
    const { args, env } = await confirmBy({ dev: registry.url });
    const { stdout } = await blogdom(['-s', server.address, ...args, 'xyz'], { env });
    const reason = `HTTP status 404 from ${new URL(registry.url).host}, which has not shown that it speaks RDAP`;
    expect(stdout).toBe(`  xyz.dev  could not be confirmed: ${reason}\n`);
  });

  it('asks again in the next run about a name that could not be confirmed', async () => {
    const [server, registry] = [
      await startDns(),
      await serveRegistry({ 'xyz.dev': act.inTurn(act.fail(400), act.notFound()) }),
    ];
    const { args, env } = await confirmBy({ dev: registry.url });
    const run = async () => (await blogdom(['-s', server.address, ...args, 'xyz'], { env })).stdout;
    expect(await run()).toMatch(/^ {2}xyz\.dev {2}could not be confirmed: /);
    expect(await run()).toBe('* xyz.dev\n');
  });

  it.each([
    ['has an odd state', act.found([], { members: { status: [{ toString: 0 }] } }), '~ xyz.dev  registered'],
    [
      'is arrays within arrays',
      act.content('['.repeat(100_000) + ']'.repeat(100_000)),
      '  xyz.dev  could not be',
    ],
    [
      'has a very long name',
      act.found([], { name: 'ü'.repeat(450_000) }),
      '  xyz.dev  could not be confirmed: ',
    ],
  ])('goes on after an answer that %s', async (_what, odd, line) => {
    const server = await startDns();
    const registry = await serveRegistry({ 'xyz.dev': odd });
    const { args, env } = await confirmBy({ dev: registry.url });
    const { stdout, status } = await blogdom(['-s', server.address, ...args, 'xyz', 'free'], { env });
    expect({ lines: sortedLines(stdout), status }).toEqual({
      lines: expect.arrayContaining(['* free.dev', expect.stringContaining(line)]),
      status: 0,
    });
  });

  it('waits for a registry no longer than --confirm-timeout', async () => {
    const [server, registry] = [await startDns(), await serveRdap(() => act.silent)];
    const { args, env } = await confirmBy({ dev: registry.url });
    const run = await blogdom(['-s', server.address, ...args, '--confirm-timeout', '0.2', 'xyz'], { env });
    const reason = `no answer in time from ${new URL(registry.url).host}`;
    expect(run.stdout).toBe(`  xyz.dev  could not be confirmed: ${reason}\n`);
  });

  it('refuses a bad bootstrap file before it probes anything', async () => {
    const server = await startDns();
    const args = ['-s', server.address, '--confirm', '--rdap-bootstrap', 'package.json', 'xyz'];
    const { stdout, stderr, status } = await blogdom(args);
    expect(stderr).toMatch(
      /^blogdom: expected an RDAP bootstrap file [^\n]+ got "package.json": it is not in that format\n$/,
    );
    expect({ stdout, status, queries: server.queries }).toEqual({ stdout: '', status: 2, queries: [] });
  });
});
