import { describe, expect, it } from 'vitest';
import { readBootstrap, readBuiltIn } from '../../../src/registries/rdap/bootstrap.js';
import iana from '../../../src/registries/rdap/iana.json' with { type: 'json' };
import unofficial from '../../../src/registries/rdap/unofficial.json' with { type: 'json' };
import type { Services } from '../../helpers/rdap-server/bootstrap.js';
import { bootstrapFor } from '../../helpers/rdap-server.js';

const urlsFor = (name: string, services: Services) =>
  readBootstrap(JSON.parse(bootstrapFor(services)))?.find(name);

describe('readBootstrap', () => {
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
  ])('finds for %s the service of its longest suffix', (name, url) => {
    expect(urlsFor(name, services)).toEqual([url]);
  });

  it.each(['x.disco.uk', 'xco.uk'])('compares the suffix of %s by whole labels', (name) => {
    expect(urlsFor(name, services)).toEqual(['https://uk.example/']);
  });

  it.each(['x.xdev', 'xdev', 'dev.com', 'x.constructor', 'x.__proto__'])(
    'finds no service for %s',
    (name) => {
      expect(urlsFor(name, services)).toBeUndefined();
    },
  );

  it.each(['DEV', '.dev', '.Dev', 'dev.'])('finds a service whose suffix is written %s', (suffix) => {
    expect(urlsFor('x.dev', { [suffix]: 'https://dev.example/' })).toEqual(['https://dev.example/']);
  });

  it('drops http URLs of a service that has https ones', () => {
    const urls = [
      'http://a.example/https:/',
      'HTTPS://b.example/',
      'http://c.example/',
      'https://d.example/',
    ];
    expect(urlsFor('x.dev', { dev: urls })).toEqual([urls[1], urls[3]]);
    expect(urlsFor('x.dev', { dev: ['http://a.example/'] })).toEqual(['http://a.example/']);
  });

  it('drops URLs that are invalid or of another scheme', () => {
    const urls = [
      'ftp://a.example/https://',
      'file:///etc/passwd',
      'https://[',
      'a.example',
      'https://b.example/',
    ];
    expect(urlsFor('x.dev', { dev: urls })).toEqual(['https://b.example/']);
    expect(urlsFor('x.dev', { dev: ['ftp://a.example/'] })).toBeUndefined();
    const withUser = ['https://user@a.example/', 'https://:password@a.example/'];
    expect(urlsFor('x.dev', { dev: withUser })).toBeUndefined();
  });

  it.each([
    ['a list', []],
    ['null', null],
    ['an object without services', { version: '1.0' }],
    ['a file of another version', { version: '2.0', services: [] }],
    ['a file without a version', { services: [] }],
    ['services that are not a list', { version: '1.0', services: {} }],
    ['a service that is not a list', { version: '1.0', services: [{}] }],
    ['a service without URLs', { version: '1.0', services: [[['dev']]] }],
    [
      'one of two suffixes that is not a string',
      { version: '1.0', services: [[['dev', 7], ['https://a.example/']]] },
    ],
    ['a suffix that is not a string', { version: '1.0', services: [[[7], ['https://a.example/']]] }],
    ['a URL that is not a string', { version: '1.0', services: [[['dev'], [null]]] }],
  ])('refuses %s', (_what, file) => {
    expect(readBootstrap(file)).toBeUndefined();
  });
});

describe('readBuiltIn', () => {
  it('throws if the file has another form', () => {
    const message = 'Expected the built-in bootstrap file to have the form of RFC 9224';
    expect(() => readBuiltIn({ version: '1.0' })).toThrow(new TypeError(message));
  });
});

describe('the built-in bootstrap files', () => {
  it('have the well-known registries', () => {
    const { find } = readBuiltIn(iana);
    expect(find('x.com')).toEqual(['https://rdap.verisign.com/com/v1/']);
    expect(find('x.dev')).toEqual(['https://pubapi.registry.google/rdap/']);
  });

  it('have more than a thousand suffixes of IANA, and unofficial ones that IANA does not have', () => {
    const official = iana.services.flatMap(([list]) => list ?? []);
    expect(official.length).toBeGreaterThan(1000);
    const added = unofficial.services.flatMap(([list]) => list ?? []);
    expect(added.length).toBeGreaterThan(0);
    expect(added.filter((suffix) => official.includes(suffix))).toEqual([]);
    expect(readBuiltIn(unofficial).find('x.de')).toEqual(['https://rdap.denic.de/']);
  });
});
