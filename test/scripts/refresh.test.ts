import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { refresh } from '../../scripts/refresh/refresh.js';
import { rootZone, rootZoneDay } from '../../src/names/top-level-domains/root-zone.js';
import iana from '../../src/registries/rdap/iana.json' with { type: 'json' };
import { serveRdap } from '../helpers/rdap-server/registries.js';
import * as act from '../helpers/rdap-server.js';
import { makeFolder } from '../helpers/system/folder.js';

const rootZoneFile = 'src/names/top-level-domains/root-zone.ts';
const bootstrapFile = 'src/registries/rdap/iana.json';
const names = rootZone.trim().split(/\s+/);
const bootstrapDay = iana.publication.slice(0, 10);

const rootZoneList = (version: string, tlds: readonly string[]): string =>
  `# Version ${version}, Last Updated Tue Dec  1 07:07:01 2026 UTC\n${tlds.map((tld) => `${tld.toUpperCase()}\n`).join('')}`;

const suffixList = (...rules: readonly string[]): string =>
  ['// ===BEGIN ICANN DOMAINS===', ...names, ...rules, '// ===END ICANN DOMAINS===', 'x.example', ''].join(
    '\n',
  );

/** What the publishers have, by path: nothing that this project does not have. */
const published = {
  '/TLD/tlds-alpha-by-domain.txt': rootZoneList(`${rootZoneDay.replaceAll('-', '')}01`, names),
  '/rdap/dns.json': JSON.stringify(iana),
  '/list/public_suffix_list.dat': suffixList('// a comment', 'co.uk', '*.ck', '!www.ck', '公司.cn'),
};

let root: string;
beforeEach(async () => {
  const folder = await makeFolder();
  onTestFinished(folder.remove);
  root = folder.path;
  await mkdir(join(root, 'src/names/top-level-domains'), { recursive: true });
  await mkdir(join(root, 'src/registries/rdap'), { recursive: true });
});

/** Refreshes the data from a server that has these texts; returns what is printed, and whether all was fetched. */
async function refreshFrom(texts: Readonly<Record<string, string | undefined>>) {
  const server = await serveRdap(({ path }) => {
    const text = texts[path];
    return text === undefined ? act.fail(503) : act.content(text, { type: 'text/plain' });
  });
  const lines: string[] = [];
  const isComplete = await refresh({ from: server.url, root, print: (line) => lines.push(line) });
  return { lines, isComplete, host: new URL(server.url).host };
}

const written = (path: string): Promise<string> => readFile(join(root, path), 'utf8');

describe('npm run refresh', () => {
  it('says so if nothing has changed, and writes the same files', async () => {
    const { lines, isComplete } = await refreshFrom(published);
    expect(lines).toEqual([
      `top-level domains: nothing has changed since ${rootZoneDay}`,
      `RDAP bootstrap: nothing has changed since ${bootstrapDay}`,
      expect.stringMatching(/^public suffixes: tldts \S+ of \S+ has all rules$/),
    ]);
    expect(isComplete).toBe(true);
    expect(await written(rootZoneFile)).toBe(await readFile(rootZoneFile, 'utf8'));
    expect(JSON.parse(await written(bootstrapFile))).toEqual(iana);
  });

  it('prints what is new and what is gone, and writes it', async () => {
    const [[gone, urls], ...services] = iana.services as [[string[], string[]], ...[string[], string[]][]];
    const file = {
      ...iana,
      publication: '2099-12-01T02:00:03Z',
      services: [...services, [['zzz'], urls], [['dev'], ['https://rdap.example/']]],
    };
    const { lines } = await refreshFrom({
      '/TLD/tlds-alpha-by-domain.txt': rootZoneList('2099120101', [...names.slice(1), 'zzz']),
      '/rdap/dns.json': JSON.stringify(file),
      '/list/public_suffix_list.dat': suffixList('new.uk', '!old.ck', '*.dev'),
    });
    expect(lines).toEqual([
      `top-level domains: ${rootZoneDay} -> 2099-12-01: 1 new (zzz), 1 gone (${names[0]})`,
      `RDAP bootstrap: ${bootstrapDay} -> 2099-12-01: 1 new (zzz), ${gone.length} gone (${gone}), 1 at another server (dev)`,
      expect.stringMatching(
        /^public suffixes: 3 rules \(new.uk, !old.ck, \*.dev\) that tldts \S+ of \S+ does not have/,
      ),
    ]);
    expect(await written(rootZoneFile)).toMatch(/rootZoneDay = '2099-12-01';[\s\S]* zzz\n`;\n$/);
    expect(JSON.parse(await written(bootstrapFile))).toEqual(file);
  });

  it('keeps what cannot be fetched or has another form, and goes on', async () => {
    const { lines, isComplete, host } = await refreshFrom({
      '/TLD/tlds-alpha-by-domain.txt': rootZoneList('2099120101', ['com']),
      '/list/public_suffix_list.dat': '<html>',
    });
    expect(lines).toEqual([
      expect.stringMatching(/^top-level domains: kept, because http:.* does not have at least 1000 lines/),
      `RDAP bootstrap: kept, because HTTP status 503 from ${host}`,
      expect.stringMatching(/^public suffixes: kept, because http:.* does not have at least 1000 rules/),
    ]);
    expect(isComplete).toBe(false);
    await expect(written(rootZoneFile)).rejects.toThrow();
  });

  it('names what is collected by hand, and ends with status 1 if nothing can be fetched', async () => {
    const server = await serveRdap(() => act.fail(503));
    const args = ['scripts/run.js', 'scripts/refresh/main.ts', '--from', server.url];
    const failed = await promisify(execFile)(process.execPath, args).catch((error: unknown) => error);
    expect(failed).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^reserved words of python, .*: collected by hand on \d{4}-\d\d-\d\d$/m),
    });
  });
});
