import { describe, expect, it } from 'vitest';
import { parseWholeName } from '../../src/names/candidate.js';

describe('parseWholeName', () => {
  it('takes the last label as the top-level domain', () => {
    expect(parseWholeName('Example.co.uk')).toEqual({ name: 'example.co.uk', word: 'example.co', tld: 'uk' });
    expect(parseWholeName('localhost')).toEqual({ name: 'localhost', word: '', tld: 'localhost' });
  });

  it('rejects a text that is not a domain name', () => {
    expect(parseWholeName('a b')).toEqual({ problem: expect.stringContaining('"a b"') });
  });
});
