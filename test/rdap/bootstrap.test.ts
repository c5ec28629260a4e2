import { describe, expect, it } from 'vitest';
import { readBootstrap } from '../../src/rdap/bootstrap.js';
import iana from '../../src/rdap/iana.json' with { type: 'json' };
import unofficial from '../../src/rdap/unofficial.json' with { type: 'json' };
import type { Services } from '../helpers/rdap-server/bootstrap.js';
import { bootstrapFor } from '../helpers/rdap-server.js';

const urlsFor = (name: string, services: Services) =>
  readBootstrap(JSON.parse(bootstrapFor(services)))?.find(name);

describe('the registry of a name', () => {
  const services = {
    uk: 'https://uk.example/',
    'co.uk': 'https://co-uk.example/',
    dev: 'https://dev.example/',
    'xn--p1ai': 'https://rf.example/',
  };

  it.each([
    ['x.dev', 'https://dev.example/'],
    ['a.b.dev', 'https://dev.example/'],
    ['x.uk', 'https://uk.example/'],
    ['x.co.uk', 'https://co-uk.example/'],
    ['x.org.uk', 'https://uk.example/'],
    ['xn--e1afmkfd.xn--p1ai', 'https://rf.example/'],
  ])('is, for %s, that of its longest suffix', (name, url) => {
    expect(urlsFor(name, services)).toEqual([url]);
  });

  it.each(['x.disco.uk', 'xco.uk'])('is, for %s, found by whole labels', (name) => {
    expect(urlsFor(name, services)).toEqual(['https://uk.example/']);
  });

  it.each(['x.xdev', 'xdev', 'dev.com', 'x.constructor', 'x.__proto__'])('is not listed for %s', (name) => {
    expect(urlsFor(name, services)).toBeUndefined();
  });

  it('is found whatever the case of the suffix in the list', () => {
    expect(urlsFor('x.dev', { DEV: 'https://dev.example/' })).toEqual(['https://dev.example/']);
  });

  it('is asked by HTTPS alone where that is possible', () => {
    const urls = ['http://a.example/', 'HTTPS://b.example/', 'http://c.example/', 'https://d.example/'];
    expect(urlsFor('x.dev', { dev: urls })).toEqual([urls[1], urls[3]]);
    expect(urlsFor('x.dev', { dev: ['http://a.example/'] })).toEqual(['http://a.example/']);
  });

  it('is not asked by what is no URL of HTTP', () => {
    const urls = ['ftp://a.example/', 'file:///etc/passwd', 'https://[', 'a.example', 'https://b.example/'];
    expect(urlsFor('x.dev', { dev: urls })).toEqual(['https://b.example/']);
    expect(urlsFor('x.dev', { dev: ['ftp://a.example/'] })).toBeUndefined();
  });
});

describe('a file is none', () => {
  it.each([
    ['no object', []],
    ['null', null],
    ['an object without services', { version: '1.0' }],
    ['of another version', { version: '2.0', services: [] }],
    ['without a version', { services: [] }],
    ['with services that are no list', { version: '1.0', services: {} }],
    ['with a service that is no list', { version: '1.0', services: [{}] }],
    ['with a service without URLs', { version: '1.0', services: [[['dev']]] }],
    ['with a suffix that is no text', { version: '1.0', services: [[[7], ['https://a.example/']]] }],
    ['with a URL that is no text', { version: '1.0', services: [[['dev'], [null]]] }],
  ])('%s', (_what, file) => {
    expect(readBootstrap(file)).toBeUndefined();
  });
});

describe('the lists that are built in', () => {
  it('have the registries that everybody knows', () => {
    const { find } = readBootstrap(iana) ?? expect.fail('Expected a bootstrap file');
    expect(find('x.com')).toEqual(['https://rdap.verisign.com/com/v1/']);
    expect(find('x.dev')).toEqual(['https://pubapi.registry.google/rdap/']);
  });

  it('have more than a thousand suffixes, and the unofficial one none that IANA has', () => {
    const suffixes = iana.services.flatMap(([list]) => list ?? []);
    expect(suffixes.length).toBeGreaterThan(1000);
    const added = unofficial.services.flatMap(([list]) => list ?? []);
    expect(added.length).toBeGreaterThan(0);
    expect(added.filter((suffix) => suffixes.includes(suffix))).toEqual([]);
    expect(readBootstrap(unofficial)?.find('x.de')).toEqual(['https://rdap.denic.de/']);
  });
});
