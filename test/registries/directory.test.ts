import { describe, expect, it } from 'vitest';
import type { DasService } from '../../src/registries/das/services.js';
import { createDirectory } from '../../src/registries/directory.js';
import { readBootstrap } from '../../src/registries/rdap/bootstrap.js';
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

describe('createDirectory', () => {
  const directory = createDirectory(official, { lt: service, be: service }, unofficial);

  it('finds the RDAP servers of IANA first', () => {
    const urls = (url: string) => ({ urls: [url], official: true });
    expect(directory.find('dev')).toEqual(urls('https://dev.example/'));
    expect(directory.find('lt')).toEqual(urls('https://lt.example/'));
  });

  it('finds an availability service next, and an unofficial RDAP server last', () => {
    expect(directory.find('be')).toEqual({ service });
    expect(directory.find('de')).toEqual({ urls: ['https://de.example/'], official: false });
  });

  it.each(['app', 'toString'])('finds nobody for %s', (suffix) => {
    expect(directory.find(suffix)).toBeUndefined();
  });

  it('lists each suffix once, in alphabetical order', () => {
    expect(directory.suffixes).toEqual(['be', 'de', 'dev', 'lt']);
  });

  it('knows the services and the unofficial servers that blogdom carries', () => {
    const { find, suffixes } = createDirectory(official);
    expect(find('eu')).toMatchObject({ service: { host: 'das.eu' } });
    expect(find('de')).toEqual({ urls: ['https://rdap.denic.de/'], official: false });
    expect(suffixes).toEqual(expect.arrayContaining(['be', 'de', 'dev', 'eu', 'io', 'lt']));
  });
});
