import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWords } from '../../../src/registries/rdap/words.js';

/** Reads an error about `word.dev` with this title, or with these descriptions. */
const read = (title: string, ...description: readonly string[]) =>
  readWords({ errorCode: 404, title, description }, 'word.dev');

const notice = (title: string, ...description: readonly string[]) => ({
  ...{ errorCode: 404, title: 'Not Found' },
  notices: [{ title, description }],
});

describe('readWords leaves out words that only say that there is no registration', () => {
  it.each([
    ...['Not Found', 'Object not found', 'Error', '404', 'Error 404', 'No match', 'No Data Found', ''],
    ...['The domain word.dev was not found', 'word.dev does not exist.', "Domain doesn't exist"],
    ...['The requested domain was not found in our database', 'DOMAIN NOT FOUND', 'Domain is available'],
    ...['The domain name is not registered', 'No such domain', 'Unknown domain', 'No RDAP information'],
    ...['No records for the query were found.', 'The requested information is not available: not found'],
  ])('%j', (text) => {
    expect(read(text)).toBeUndefined();
    expect(read('Not Found', text, 'The test registry answers 404.')).toBeUndefined();
  });

  it.each(['reserved.dev', 'premium.dev', 'blocked.dev'])('about %s', (name) => {
    expect(readWords({ title: `${name.toUpperCase()} not found` }, name)).toBeUndefined();
    const [label = ''] = name.split('.');
    expect(readWords({ description: [`Domain '${label}' not found`] }, name)).toBeUndefined();
  });

  it.each([
    ['Terms of Use', 'Example Registry reserves all rights; names may be reserved or blocked.'],
    ['Status Codes', 'For more information on domain status codes, please visit https://icann.org/epp'],
    ['Notice', 'All rights reserved.'],
  ])('and the notice %j', (title, text) => {
    expect(readWords(notice(title, text), 'word.dev')).toBeUndefined();
  });
});

describe('readWords finds that nobody can register a name', () => {
  it.each([
    ...['Registry Reserved', 'Reserved', 'Reserved name', 'This name is reserved by the registry'],
    ...['Not available for registration', 'The domain is not available for registration', 'Blocked'],
    ...['Domain blocked', 'This name is blocked by DPML', 'Blocked by GlobalBlock', 'Restricted name'],
    ...['The domain name in your query is reserved', 'This string cannot be registered', 'Nombre reservado'],
    ...['Domain word.dev is not available', 'This premium name is reserved', 'Not allowed for registration'],
  ])('in %j', (text) => {
    expect(read('Not Found', text)).toEqual({ meaning: 'withheld', text, isAboutName: expect.any(Boolean) });
    expect(readWords(notice(text, ''), 'word.dev')).toMatchObject({ meaning: 'withheld', text });
  });

  it('and leaves out the rest', () => {
    const words = read('Object not found', 'The object was not found. It is reserved; ask us.');
    expect(words).toMatchObject({ meaning: 'withheld', text: 'It is reserved' });
  });
});

describe('readWords finds', () => {
  it.each([
    ['premium', 'This is a premium name'],
    ['premium', 'Premium domain, available at a price of 2,000 USD'],
    ['premium', 'Pricing tier 3'],
    ['elsewhere', 'Invalid TLD'],
    ['elsewhere', 'Unsupported top-level domain'],
    ['elsewhere', 'The TLD is not supported by this server'],
    ['elsewhere', 'Not my zone'],
    ['elsewhere', 'This server is not authoritative for word.dev'],
    ['elsewhere', 'Too many requests'],
    ['elsewhere', 'Internal server error'],
    ['other', 'Ask the hostmaster'],
    ['other', 'The name is not reserved'],
    ['other', 'Your IP address is blocked'],
    ['other', 'Access restricted'],
  ])('%s in %j', (meaning, text) => {
    expect(read('Not Found', text)).toMatchObject({ meaning, text });
  });
});

describe('readWords tells whether words are about the name', () => {
  it.each([
    ['This name is reserved', true],
    ['Registry reserved', true],
    ['Not available for registration', true],
    ['Invalid domain name', true],
    ['word.dev is odd', true],
    ['Label too short', true],
    ['Access denied', false],
    ['Blocked', false],
    ['Your IP address is blocked', false],
    ['You may not query this domain', false],
    ['Access to registration data is restricted', false],
  ])('%j: %s', (text, isAboutName) => {
    expect(read(text)).toMatchObject({ isAboutName });
  });
});

describe('readWords makes texts safe to print', () => {
  it('takes control characters out', () => {
    expect(read('A\u001b]0;owned\u0007\r\nB\u202e\ud800C')).toMatchObject({ text: 'A ]0;owned B C' });
  });

  it('cuts them after 200 characters', () => {
    const text = read('😀'.repeat(400))?.text ?? '';
    expect([...text]).toHaveLength(200);
    expect(text).toMatch(/😀…$/);
  });

  it('never throws', () => {
    const any = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.array(fc.string()));
    fc.assert(
      fc.property(any, any, any, (title, description, notices) => {
        const text = readWords({ title, description, notices }, 'word.dev')?.text ?? '';
        expect(text).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
        expect([...text].length).toBeLessThanOrEqual(200);
      }),
    );
  });
});
