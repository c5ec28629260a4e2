import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listRegistries } from '../../src/registries/list.js';
import { afterFile } from '../helpers/closing.js';
import { bootstrapFor } from '../helpers/rdap-server/bootstrap.js';
import { makeFolder } from '../helpers/system/folder.js';

const services = {
  dev: ['https://one.example/', 'https://two.example/'],
  app: 'https://app.example/\u001b[2J',
};

/** The options of a list by these services. */
async function options(suffixes?: readonly string[]) {
  const folder = await makeFolder({ 'own.json': bootstrapFor(services) });
  afterFile(folder.remove);
  return { suffixes, bootstrap: join(folder.path, 'own.json'), cacheFolder: undefined };
}

describe('listRegistries', () => {
  it('says who is asked about the names under each suffix, in the order of the suffixes', async () => {
    expect(
      await listRegistries(await options(['lt', 'dev', 'be', 'de', 'it', 'ru', 'es', 'aq', 'example'])),
    ).toBe(
      'lt  DAS  das.domreg.lt:4343 (20 a second)\n' +
        'dev  RDAP  https://one.example/, https://two.example/\n' +
        'be  DAS  das.dns.be:4343 (50 a minute)\n' +
        'de  RDAP  https://rdap.denic.de/ (not listed by IANA)\n' +
        'it  WHOIS  whois.nic.it:43 (one a second)\n' +
        'ru  WHOIS  whois.tcinet.ru:43 (30 a minute)\n' +
        'es  nobody: see https://www.dominios.es/en\n' +
        'aq  nobody: see https://www.iana.org/domains/root/db/aq.html\n' +
        'example  nobody\n',
    );
  });

  it('makes the texts of a bootstrap file safe to print', async () => {
    const list = await listRegistries(await options(['app', 'x\u001b']));
    expect(list).toBe('app  RDAP  https://app.example/\\x1b[2J\nx\\x1b  nobody\n');
  });

  it('lists all suffixes for which somebody is known if none is chosen', async () => {
    const list = await listRegistries(await options());
    const suffixes = String(list)
      .trim()
      .split('\n')
      .map((line) => line.split('  ')[0]);
    expect(suffixes).toEqual(expect.arrayContaining(['app', 'de', 'dev', 'eu']));
    expect(suffixes).toEqual(suffixes.toSorted());
  });

  it('lists the registries of the cached bootstrap file if none is given', async () => {
    const folder = await makeFolder({ 'rdap-dns.json': bootstrapFor(services) });
    afterFile(folder.remove);
    const list = await listRegistries({ suffixes: ['dev'], bootstrap: undefined, cacheFolder: folder.path });
    expect(list).toBe('dev  RDAP  https://one.example/, https://two.example/\n');
  });

  it('reports what is wrong with the given bootstrap file', async () => {
    const list = await listRegistries({ suffixes: undefined, bootstrap: '.', cacheFolder: undefined });
    expect(list).toEqual({
      problem: 'expected an RDAP bootstrap file (RFC 9224), got ".": it cannot be read',
    });
  });
});
