import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { blogdom } from '../../helpers/command.js';
import { confirmBy, serveRdap } from '../../helpers/rdap-server/registries.js';
import * as act from '../../helpers/rdap-server.js';
import { makeFolder } from '../../helpers/system/folder.js';
import { nameServer } from './asking.js';

/** Runs the command about `xyz.dev` with what stands in place of a bootstrap file. */
async function runWith(place: string) {
  const [server, { env }] = [await nameServer(), await confirmBy({})];
  const ended = await blogdom(['-s', server.address, '--confirm', '--rdap-bootstrap', place, 'xyz'], { env });
  return { ...ended, server };
}

async function fileWith(text: string): Promise<string> {
  const folder = await makeFolder({ 'own.json': text });
  onTestFinished(folder.remove);
  return join(folder.path, 'own.json');
}

describe('--rdap-bootstrap', () => {
  it('takes a path', async () => {
    const registry = await serveRdap({});
    const place = await fileWith(act.bootstrapFor({ dev: registry.url }));
    expect(await runWith(place)).toMatchObject({ stdout: '* xyz.dev\n', stderr: '', status: 0 });
  });

  it('takes a URL', async () => {
    const registry = await serveRdap({ '/dns.json': act.bootstrap({ dev: '/rdap/' }) });
    expect(await runWith(`${registry.url}dns.json`)).toMatchObject({ stdout: '* xyz.dev\n', status: 0 });
    expect(registry.requests.map(({ path }) => path)).toEqual(['/dns.json', '/rdap/domain/xyz.dev']);
  });

  it.each([
    ['a path where nothing is', async () => join('no', 'such', 'file.json')],
    ['a folder', async () => '.'],
    ['a file that is not JSON', () => fileWith('<html>')],
    ['a file of another kind', () => fileWith('{"version":"1.0"}')],
    [
      'a URL where nothing is',
      async () => `${(await serveRdap({ '/dns.json': act.notFound() })).url}dns.json`,
    ],
    ['a URL of something else', async () => (await serveRdap({ '/': act.notJson() })).url],
    ['a URL with an untrusted certificate', untrusted],
  ])('is refused before anything is asked where it is %s', async (_what, place) => {
    const { stdout, stderr, status, server } = await runWith(await place());
    expect(stderr).toMatch(
      /^blogdom: expected an RDAP bootstrap file \(RFC 9224\), got "[^\n]*": it (cannot be read|is none)\n$/,
    );
    expect({ stdout, status, queries: server.queries }).toEqual({ stdout: '', status: 2, queries: [] });
  });
});

async function untrusted(): Promise<string> {
  const { makeAuthority } = await import('../../helpers/certificate.js');
  const stranger = await makeAuthority();
  onTestFinished(stranger.remove);
  const registry = await serveRdap({ '/': act.bootstrap({}) }, { tls: await stranger.issue() });
  return registry.url;
}

it('without it takes the registry that was kept this day in the cache folder of the user', async () => {
  const registry = await serveRdap({});
  const [server, { env }] = [await nameServer(), await confirmBy({})];
  const cache = join(env['XDG_CACHE_HOME'] ?? expect.fail('Expected a cache folder'), 'blogdom');
  const text = act.bootstrapFor({ dev: registry.url });
  await mkdir(cache, { recursive: true });
  await writeFile(join(cache, 'rdap-dns.json'), text);
  const { stdout } = await blogdom(['-s', server.address, '--confirm', 'xyz'], { env });
  expect(stdout).toBe('* xyz.dev\n');
  expect(await readFile(join(cache, 'rdap-dns.json'), 'utf8')).toBe(text);
});

describe('without --confirm', () => {
  it.each([
    ['--confirm-timeout', '5'],
    ['--rdap-bootstrap', 'own.json'],
  ])('%s is refused', async (option, value) => {
    const server = await nameServer();
    expect(await blogdom(['-s', server.address, option, value, 'xyz'])).toEqual({
      stdout: '',
      stderr: `blogdom: expected --confirm beside ${option}, got ${option} alone\n`,
      status: 2,
    });
    expect(server.queries).toEqual([]);
  });
});
