import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Authority, makeAuthority, type Subject } from './certificate.js';
import { ask } from './rdap-server/raw-client.js';
import { startRdapServer } from './rdap-server.js';

let authority: Authority;
let stranger: Authority;
beforeAll(async () => {
  [authority, stranger] = await Promise.all([makeAuthority(), makeAuthority()]);
});
afterAll(() => Promise.all([authority.remove(), stranger.remove()]));

const opened: { close(): unknown }[] = [];
afterEach(async () => void (await Promise.all(opened.splice(0).map((each) => each.close()))));

async function serve(subject?: Subject) {
  const tls = await authority.issue(subject);
  const server = await startRdapServer({}, { tls });
  opened.push(server);
  return server.url;
}

describe('a certificate of a test authority', () => {
  it('is trusted by a client that trusts the authority', async () => {
    const { status } = await ask(`${await serve()}domain/x.dev`, { ca: authority.cert });
    expect(status).toBe(404);
  });

  it('is valid for localhost and both loopback addresses by default', async () => {
    const read = new X509Certificate((await authority.issue()).cert);
    expect(read.checkHost('localhost')).toBe('localhost');
    expect(read.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(read.checkIP('::1')).toBe('::1');
  });

  it.each([
    ['by a client that does not know the authority', {}, undefined, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['by a client that trusts another authority', {}, 'stranger', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['for another address', { addresses: ['192.0.2.1'] }, 'own', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['for an address if it names only hosts', { addresses: [] }, 'own', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['after it has expired', { until: new Date('2020-01-01') }, 'own', 'CERT_HAS_EXPIRED'],
  ])('is not trusted %s', async (_case, subject, whose, code) => {
    const ca = { own: authority.cert, stranger: stranger.cert }[whose ?? ''];
    await expect(ask(await serve(subject), ca === undefined ? {} : { ca })).rejects.toMatchObject({ code });
  });

  it('is valid for exactly the names and addresses that it is issued for', async () => {
    const { cert } = await authority.issue({
      dnsNames: ['dns.example'],
      addresses: ['192.0.2.1', '2001:db8::1'],
    });
    const read = new X509Certificate(cert);
    expect(read.checkHost('dns.example')).toBe('dns.example');
    expect(read.checkIP('192.0.2.1')).toBe('192.0.2.1');
    expect(read.checkIP('2001:db8::1')).toBe('2001:db8::1');
    expect(read.checkHost('localhost')).toBeUndefined();
  });

  it('is trusted by a process that is given the file of its authority', async () => {
    const url = await serve();
    const run = (env: Record<string, string>) =>
      promisify(execFile)(process.execPath, ['-e', `fetch('${url}').then(r => console.log(r.status))`], {
        env,
      });
    expect((await run({ NODE_EXTRA_CA_CERTS: authority.file })).stdout).toBe('400\n');
    await expect(run({ NODE_EXTRA_CA_CERTS: stranger.file })).rejects.toThrow(
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    );
  });

  it('is kept as text and in files of its own, which are removed with the authority', async () => {
    const own = await makeAuthority();
    const [first, second] = [await own.issue(), await own.issue()];
    expect(await readFile(own.file, 'utf8')).toBe(own.cert);
    for (const { cert, key, certFile, keyFile } of [first, second]) {
      expect([await readFile(certFile, 'utf8'), await readFile(keyFile, 'utf8')]).toEqual([cert, key]);
    }
    expect(second.key).not.toBe(first.key);
    await own.remove();
    await expect(access(own.folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
