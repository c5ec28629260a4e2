import { describe, expect, it } from 'vitest';
import { contradicts, isName, namesAnother } from '../../../src/registries/whois/contradiction.js';

describe('contradicts', () => {
  it.each([
    ...['Status: RESERVED', 'Domain Status: ok', 'state: blocked', 'Registration status: busy'],
    ...[
      'Created: 2020-01-01',
      'Creation Date: 2020',
      'Registrar: A',
      'Expiry Date: 2027',
      'nserver: ns1.example',
    ],
    ...['This name is reserved.', 'Premium domain', 'The domain is blocked', 'Not my zone', 'Unknown TLD'],
    ...['Your IP has been blocked', 'You have been blacklisted', '% Your address is banned.'],
    ...['Access to the WHOIS service is denied', '% Query refused', 'Service disabled'],
    ...[
      'Internal error',
      'ERROR: database unavailable',
      'Service under maintenance',
      '% Please try again later.',
    ],
    ...['refer: whois.example', 'ReferralServer: whois://whois.example', 'Whois Server: whois.example'],
    ...['<html>', '<!DOCTYPE html>', '</pre>', 'HTTP/1.1 200 OK'],
  ])('takes %j for a contradiction', (line) => {
    expect(contradicts(line)).toBe(true);
  });

  it.each([
    ...['% Terms of use', 'expressly prohibited.', 'restrict your access. Names may be blocked'],
    ...[
      'You are not authorized to access or query our',
      'WHOIS database through the use of automated processes',
    ],
    ...['Access to the whois service is rate limited. For more information, please', '% # protected'],
    ...['The compilation, repackaging or other use of this Data is expressly prohibited.'],
    ...[
      '>>> Last update of WHOIS database: 2026-07-12T09:04:52.357Z <<<',
      '% registration records of existing names',
    ],
    ...['Whoisd Server Version: 3.12.1', 'database or for failure to abide by these terms', 'Name Servers:'],
    `Status: ${'x'.repeat(100)}`,
  ])('does not take %j for one', (line) => {
    expect(contradicts(line)).toBe(false);
  });
});

describe('namesAnother', () => {
  it.each([
    'Domain Name: other.example',
    'domain: other.example',
    '% Query: other.example',
    '[Domain Name] other.example',
    'object:.............other.example',
    'Domain: www.word.example',
  ])('finds another name in %j', (line) => {
    expect(namesAnother(line, 'word.example')).toBe(true);
  });

  it.each([
    'Domain Name: WORD.EXAMPLE.',
    'Domain: word.example',
    'domain: word',
    'domaintype: ACTIVE.HERE',
    'Domain: see https://other.example for more',
  ])('finds none in %j', (line) => {
    expect(namesAnother(line, 'word.example')).toBe(false);
  });
});

describe('isName', () => {
  it('knows a name in Unicode and in any letter case, and refuses very long texts at once', () => {
    expect(isName('Bücher.example', 'xn--bcher-kva.example')).toBe(true);
    expect(isName(`${'ü'.repeat(20_000)}.example`, 'word.example')).toBe(false);
  });
});
