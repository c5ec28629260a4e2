import { describe, expect, it } from 'vitest';
import { replaceDomains } from '../../src/formats/domains.js';

describe('replaceDomains', () => {
  it.each([
    ['any name under .com is answered, and more', 'any name under its domain is answered, and more'],
    ['udp://192.0.2.1:53 denies .co.uk, which exists', 'udp://192.0.2.1:53 denies its domain, which exists'],
    ['cannot tell whether .みんな exists: no reply', 'cannot tell whether its domain exists: no reply'],
    ['no registered name is known under .dev', 'no registered name is known under its domain'],
  ])('makes %j general', (reason, general) => {
    expect(replaceDomains(reason, 'its domain')).toBe(general);
  });

  it.each([
    'there is no top-level domain .dvv',
    'REFUSED from udp://192.0.2.1:53',
    'delegated to ns1.dev; no answer',
  ])('keeps %j', (reason) => {
    expect(replaceDomains(reason, 'its domain')).toBe(reason);
  });
});
