import { describe, expect, it } from 'vitest';
import { blogdom, serve, sortedLines } from '../../helpers/command.js';
import { honest } from '../../helpers/honest.js';
import * as dns from '../../helpers/name-server.js';
import { confirmBy, serveRdap } from '../../helpers/rdap-server/registries.js';
import * as act from '../../helpers/rdap-server.js';

/** A name server on which `live.dev` has an address, `bare.dev` has none, and other names do not exist. */
async function startDns() {
  const actions = new Map([
    ['live.dev', dns.answer('192.0.2.1')],
    ['bare.dev', dns.noData],
  ]);
  return serve(honest(({ name }) => actions.get(name) ?? dns.deny));
}

describe('blogdom --confirm', () => {
  it('asks the registry about names that the DNS does not have, and about no others', async () => {
    const [server, registry] = [
      await startDns(),
      await serveRdap({ 'held.dev': act.found(['client hold']) }),
    ];
    const { args, env } = await confirmBy({ dev: registry.url });
    const words = ['live', 'bare', 'held', 'free', 'xyz.app'];
    const { stdout, stderr, status } = await blogdom(['-s', server.address, ...args, ...words], { env });
    expect(sortedLines(stdout)).toEqual([
      '  xyz.app  could not be confirmed: no RDAP service is known for .app',
      '* free.dev',
      '+ live.dev',
      '~ bare.dev',
      '~ held.dev  registered, client hold',
    ]);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(registry.requests.map(({ name }) => name).toSorted()).toEqual(['free.dev', 'held.dev']);
  });

  it('prints only unregistered names with --only unregistered', async () => {
    const [server, registry] = [await startDns(), await serveRdap({ 'held.dev': act.found() })];
    const { args, env } = await confirmBy({ dev: registry.url });
    const printing = ['-o', 'names', '--only', 'unregistered'];
    const run = await blogdom(['-s', server.address, ...args, ...printing, 'free', 'held'], { env });
    expect(run.stdout).toMatch(/^free\.dev\n$/);
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
    expect(stderr).toMatch(/^blogdom: expected an RDAP bootstrap file [^\n]+ got "package.json"\n$/);
    expect({ stdout, status, queries: server.queries }).toEqual({ stdout: '', status: 2, queries: [] });
  });
});
