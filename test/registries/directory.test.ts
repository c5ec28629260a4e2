import { describe, expect, it } from 'vitest';
import type { DasService } from '../../src/registries/das/services.js';
import { createDirectory } from '../../src/registries/directory.js';
import { readBootstrap } from '../../src/registries/rdap/bootstrap.js';
import { server } from '../../src/registries/whois/server.js';
import { bootstrapFor, type Services } from '../helpers/rdap-server/bootstrap.js';

const bootstrapOf = (services: Services) =>
  readBootstrap(JSON.parse(bootstrapFor(services))) ?? expect.fail('Expected a bootstrap file');

const service: DasService = {
  ...{ host: 'das.example', port: 4343, limit: { requests: 1, seconds: 1 } },
  question: (name) => name,
  statuses: {},
};

const official = bootstrapOf({ dev: 'https://dev.example/', lt: 'https://lt.example/' });
const unofficial = bootstrapOf({
  ...{ dev: 'https://other.example/', be: 'https://other.example/', de: 'https://de.example/' },
});

const whois = server({
  ...{ suffixes: ['it', 'de'], host: 'whois.example', source: 'the tests', seen: '2026' },
  ...{ unregistered: [], registered: [] },
});

describe('createDirectory', () => {
  const directory = createDirectory(official, { lt: service, be: service, ch: service }, unofficial, {
    it: whois,
    de: whois,
  });

  it('finds the RDAP servers of IANA first', () => {
    const urls = (url: string) => ({ urls: [url], official: true });
    expect(directory.find('dev')).toEqual(urls('https://dev.example/'));
    expect(directory.find('lt')).toEqual(urls('https://lt.example/'));
  });

  it('finds an availability service next, then an unofficial RDAP server, and a WHOIS server last', () => {
    expect(directory.find('be')).toEqual({ service });
    expect(directory.find('de')).toEqual({ urls: ['https://de.example/'], official: false });
    expect(directory.find('it')).toEqual({ whois });
  });

  it('finds an unofficial RDAP server before an availability service if names are private', () => {
    expect(directory.find('be', true)).toEqual({ urls: ['https://other.example/'], official: false });
    expect(directory.find('ch', true)).toEqual({ service });
  });

  it.each(['app', 'toString'])('finds nobody for %s', (suffix) => {
    expect(directory.find(suffix)).toBeUndefined();
  });

  it('lists each suffix once, in alphabetical order', () => {
    expect(directory.suffixes).toEqual(['be', 'ch', 'de', 'dev', 'it', 'lt']);
  });

  it('knows the services and the unofficial servers that blogdom carries', () => {
    const { find, suffixes } = createDirectory(official);
    expect(find('eu')).toMatchObject({ service: { host: 'das.eu' } });
    expect(find('de')).toEqual({ urls: ['https://rdap.denic.de/'], official: false });
    expect(find('co.jp')).toMatchObject({ whois: { host: 'whois.jprs.jp', port: 43 } });
    expect(suffixes).toEqual(expect.arrayContaining(['be', 'de', 'dev', 'eu', 'io', 'it', 'lt']));
  });
});
