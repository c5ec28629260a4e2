import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { start } from './built-command.js';
import { ask } from './rdap-server/raw-client.js';
import { confirmBy, serveRdap, trustedAuthority } from './rdap-server/registries.js';
import { found } from './rdap-server.js';

const look = (url: string, env: Readonly<Record<string, string>>) => {
  const script = `fetch(process.argv[1], { headers: { accept: 'application/rdap+json' } })
    .then(async (response) => console.log((await response.json()).ldhName));`;
  return start(process.execPath, ['-e', script, `${url}domain/x.dev`], env).ended;
};

it('starts registries that a process trusts', async () => {
  const registry = await serveRdap({ 'x.dev': found() }, { tls: true });
  expect(registry.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/$/);
  const { env } = await confirmBy({ dev: registry.url });
  expect(await look(registry.url, env)).toMatchObject({ stdout: 'x.dev\n', status: 0 });
  expect((await look(registry.url, {})).stderr).toContain('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
});

it('starts registries with another certificate, at another address or without TLS', async () => {
  const { cert: ca, issue } = await trustedAuthority();
  const elsewhere = await serveRdap({}, { tls: await issue({ addresses: ['192.0.2.1'] }) });
  const code = 'ERR_TLS_CERT_ALTNAME_INVALID';
  await expect(ask(elsewhere.url, { ca })).rejects.toMatchObject({ code });
  const named = await serveRdap({}, { tls: true, host: 'localhost' });
  expect((await ask(`${named.url}domain/x.dev`, { ca })).status).toBe(404);
  const plain = await serveRdap({}, { host: '::1' });
  expect(plain.url).toMatch(/^http:\/\/\[::1\]:/);
  expect((await ask(`${plain.url}domain/x.dev`)).status).toBe(404);
});

it('writes a bootstrap file of its own each time, with the arguments that name it', async () => {
  const [first, second] = [await confirmBy({ dev: 'https://a.example/' }), await confirmBy({})];
  expect(first.args).toEqual(['--confirm', '--rdap-bootstrap', first.file]);
  expect(JSON.parse(await readFile(first.file, 'utf8'))).toMatchObject({
    services: [[['dev'], ['https://a.example/']]],
  });
  expect(JSON.parse(await readFile(second.file, 'utf8'))).toMatchObject({ services: [] });
  expect(basename(second.file)).not.toBe(basename(first.file));
  expect(second.env['XDG_CACHE_HOME']).not.toBe(first.env['XDG_CACHE_HOME']);
});
