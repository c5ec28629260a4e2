import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ask } from './rdap-server/raw-client.js';
import { confirmBy, serveRdap, trustedAuthority } from './rdap-server/registries.js';

describe('serveRdap', () => {
  it('serves HTTPS with a certificate of the trusted authority', async () => {
    const { cert: ca } = await trustedAuthority();
    const { url } = await serveRdap({}, { tls: true });
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/$/);
    expect((await ask(`${url}domain/x.dev`, { ca })).status).toBe(404);
    const code = 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';
    await expect(ask(url)).rejects.toMatchObject({ code });
  });

  it('serves HTTPS with a given certificate', async () => {
    const { cert: ca, issue } = await trustedAuthority();
    const { url } = await serveRdap({}, { tls: await issue({ addresses: ['192.0.2.1'] }) });
    await expect(ask(url, { ca })).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  });

  it('serves HTTP without a certificate', async () => {
    const { url } = await serveRdap({});
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect((await ask(`${url}domain/x.dev`)).status).toBe(404);
  });
});

describe('confirmBy', () => {
  it('writes a new bootstrap file each time, and returns the arguments that name it', async () => {
    const [first, second] = [await confirmBy({ dev: 'https://a.example/' }), await confirmBy({})];
    expect(first.args).toEqual(['--confirm', '--rdap-bootstrap', first.file]);
    expect(JSON.parse(await readFile(first.file, 'utf8'))).toMatchObject({
      services: [[['dev'], ['https://a.example/']]],
    });
    expect(JSON.parse(await readFile(second.file, 'utf8'))).toMatchObject({ services: [] });
    expect(basename(second.file)).not.toBe(basename(first.file));
    expect(second.env['XDG_CACHE_HOME']).not.toBe(first.env['XDG_CACHE_HOME']);
  });
});
