import { describe, expect, it } from 'vitest';
import { isAboutName, type Meaning, meaningOf } from '../../src/registries/meanings.js';

const texts: Readonly<Record<Meaning, readonly string[]>> = {
  elsewhere: [
    ...[
      'invalid tld',
      'no such tld',
      'zone not found',
      'we are not the registry for this tld',
      'not my zone',
    ],
    ...['no registry for this domain', 'the tld of this domain is not operated by this registry'],
    ...['this server does not serve dev', 'unrecognised suffix', 'not responsible for this domain'],
  ],
  withheld: [
    ...['registry reserved', 'this name is pre-reserved', 'status: reserved', 'registry_reserved'],
    ...[
      'réservé',
      'nome riservato',
      'alan adı rezerve edilmiştir',
      'домен зарезервирован',
      '予約ドメイン名',
      '禁止注册',
    ],
    ...['der domainname ist gesperrt', 'dominio no disponible', 'nome a dominio non assegnabile'],
    ...[
      "the name isn't available",
      'the domain isn’t available for registration',
      'this name cannot be assigned',
    ],
    ...['currently unavailable for registration', 'registration is not possible', 'non-registrable name'],
    ...[
      'you cannot register this domain',
      'nobody can register this name',
      'not open for registration until 2027',
    ],
    ...['the domain you requested is prohibited', 'the domain name in your query is blocked'],
    ...[
      'your requested domain name is not available',
      'restricted by policy',
      'unavailable due to a dispute',
    ],
    ...[
      'domain on hold by registry',
      'name is off limits',
      'ineligible',
      'domain is in quarantine',
      'taken',
      'the name is taken',
    ],
    ...[
      'the domain is blocked by a brand protection service',
      'in use by uni eps+',
      'blocked by globalblock+',
    ],
    ...['name collision', 'in redemption', 'pendingdelete', 'this is a variant of another domain'],
    ...['the domain is already registered', 'already in use'],
  ],
  trouble: [
    ...['too many requests', 'service unavailable', 'service temporarily unavailable', 'backend error'],
    ...[
      'an error occurred while processing your request',
      'the database is down',
      'try later',
      'lookup failed',
    ],
    ...[
      'your ip address is blocked',
      'access restricted',
      'access to this domain name is blocked for your ip',
    ],
    ...['permission denied', 'the requested url was not found on this server', 'api key required'],
  ],
  invalid: [
    'invalid domain name',
    'labels must be at least 3 characters',
    'label too short',
    'malformed name',
  ],
  premium: [
    'premium name',
    '$2500',
    '10.000 €',
    'eur 100.00',
    'registration fee: 250',
    'this domain is for sale',
  ],
  'not found': [
    ...['not found', 'forbidden', '404 not found', '', 'could not find domain', 'cannot find the domain'],
    ...['object not found in this registry', 'rdap_not_found', 'the domain does not exist', 'nicht gefunden'],
    ...['information for this domain is not available', 'the domain is not available in this registry'],
    ...['the domain you are looking for is not registered', 'object not available'],
    ...["doesn't exist", 'no such domain', '0 results', 'the domain is available', 'has not been registered'],
  ],
  other: [
    ...['recently deleted, available from 2026-12-24', 'available only to registrants with a local presence'],
    ...['trademark claims notice applies', 'the name is not reserved', 'not on the reserved list'],
    ...['reserved: false', 'copyright 2026, all rights reserved', 'registration is restricted to members'],
    ...['no action was taken', 'unreserved', 'we preserve names', '@#$'],
  ],
};

describe.each(Object.entries(texts))('meaningOf finds %s', (meaning, examples) => {
  it.each(examples)('in %j', (text) => {
    expect(meaningOf(text)).toBe(meaning);
  });
});

describe('isAboutName', () => {
  it.each([
    ['the domain name is blocked', true],
    ['not available for registration', true],
    ['you cannot register this domain', true],
    ['the domain name is blocked by our service', true],
    ['access to this domain name is blocked', false],
    ['the domain name is blocked for your network', false],
    ['blocked', false],
  ])('of %j is %s', (text, expected) => {
    expect(isAboutName(text, false)).toBe(expected);
  });

  it('knows the name itself', () => {
    expect([isAboutName(' is odd', true), isAboutName(' is odd', false)]).toEqual([true, false]);
  });
});
