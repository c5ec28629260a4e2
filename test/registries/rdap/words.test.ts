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
    expect(read('Not Found', text, 'The registry returned 404.')).toBeUndefined();
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
    ['no answer', 'Invalid TLD'],
    ['no answer', 'Unsupported top-level domain'],
    ['no answer', 'The TLD is not supported by this server'],
    ['no answer', 'Not my zone'],
    ['no answer', 'This server is not authoritative for word.dev'],
    ['no answer', 'Too many requests'],
    ['no answer', 'Internal server error'],
    ['other', 'Ask the hostmaster'],
    ['other', 'The name is not reserved'],
    ['no answer', 'Your IP address is blocked'],
    ['no answer', 'Access restricted'],
  ])('%s in %j', (meaning, text) => {
    expect(read('Not Found', text)).toMatchObject({ meaning, text });
  });
});

describe('readWords reads', () => {
  const reserved = { meaning: 'withheld', text: 'Registry Reserved' };
  it.each([
    ['a description that is one text', { description: 'Registry Reserved' }],
    ['texts in a list in a list', { description: [['Registry Reserved']] }],
    ['a message', { message: 'Registry Reserved' }],
    ['remarks', { remarks: [{ description: ['Registry Reserved'] }] }],
    ['one notice that is not in a list', { notices: { description: ['Registry Reserved'] } }],
    ['invisible characters', { title: 'Registry Re\u200bser\u00adved' }],
    ['letters of full width', { title: 'Registry Ｒｅｓｅｒｖｅｄ' }],
  ])('%s', (_what, document) => {
    expect(readWords(document, 'word.dev')).toMatchObject(reserved);
  });

  it.each([
    ['Registry policy', 'This domain is blocked.'],
    ['Notice', 'By querying, you accept the terms of use. The domain word.dev is blocked.'],
  ])('what standing notices, such as %j, say of this name', (title, text) => {
    expect(readWords(notice(title, text), 'word.dev')).toMatchObject({ meaning: 'withheld' });
  });

  it.each([
    ['Terms of Use', 'You may not use this domain name data for prohibited purposes.'],
    ['Notice', 'By querying, you accept the terms of use. Some names may be reserved or blocked.'],
    ['Limits', 'Too many requests lead to a block of your IP address.'],
  ])('nothing in a notice to everybody, such as %j', (title, text) => {
    const words = readWords(notice(title, text), 'word.dev');
    expect(['no answer', 'withheld']).not.toContain(words?.meaning);
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
