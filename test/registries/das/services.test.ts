import { describe, expect, it } from 'vitest';
import { addressOf } from '../../../src/registries/client/exchange.js';
import { dasServices } from '../../../src/registries/das/services.js';

describe('dasServices', () => {
  it.each([
    ['ch', 'word.ch', 'whois.nic.ch:4343', 'word.ch\r\n', { requests: 1, seconds: 1 }],
    ['li', 'word.li', 'whois.nic.ch:4343', 'word.li\r\n', { requests: 1, seconds: 1 }],
    ['be', 'word.be', 'das.dns.be:4343', 'word.be\r\n', { requests: 50, seconds: 60 }],
    ['eu', 'word.eu', 'das.eu:4343', 'get 1.0 word\n', { requests: 120, seconds: 60 }],
    ['eu', 'eu.eu', 'das.eu:4343', 'get 1.0 eu\n', { requests: 120, seconds: 60 }],
    ['lt', 'word.lt', 'das.domreg.lt:4343', 'get 1.0 word.lt\n', { requests: 20, seconds: 1 }],
  ])('asks the service of .%s about %s at %s with the line %j', (suffix, name, address, line, limit) => {
    const service = dasServices[suffix] ?? expect.fail(`Expected a service of .${suffix}`);
    expect([addressOf(service), service.question(name), service.limit]).toEqual([address, line, limit]);
  });
});
