import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLimited, readWhoisReply } from '../../../src/registries/whois/reply.js';
import { server } from '../../../src/registries/whois/server.js';
import { anyString } from '../../helpers/any-string.js';

const example = server({
  ...{ suffixes: ['example'], host: 'whois.example', source: 'the tests', seen: '2026' },
  unregistered: [['Domain: {name}', 'Status: free'], ['Nothing (at all) found.']],
  registered: [['Domain: {name}', 'Created: {any}'], ['Name:\n{name}']],
  withheld: { reserved: [['Domain: {name}', 'Status: reserved'], ['Reserved.']] },
  states: { 'pending delete': ['Status: PENDING', 'Status: {any}pendingDelete{any}'] },
  unclear: { restricted: [['Status: restricted']] },
  premium: { 'premium name': [['Domain: {name}', 'Status: premium']] },
  limited: ['Come back in {any} seconds.'],
});

const read = (text: string, name = 'word.example') => readWhoisReply(text, example, name);

const unknown = { failure: 'whois.example:43 gave no answer that is known' };
const other = { failure: 'whois.example:43 answered about another name' };
const contradiction = { failure: 'whois.example:43 contradicts itself' };

describe('readWhoisReply', () => {
  it.each([
    ['Domain: word.example\nStatus: free\n', { registered: false }],
    ['Nothing (at all) found.\n', { registered: false }],
    ['% Terms\r\n\r\n  Domain:\tWORD.EXAMPLE.  \r\n\r\nStatus:   free\r\n', { registered: false }],
    ['Status: free\nDomain: word.example', { registered: false }],
    ['Domain: word.example\nCreated: 2020\n', { registered: true, state: undefined }],
    ['Name:\n\n   word.example\n', { registered: true, state: undefined }],
    [
      'Domain: word.example\nCreated: 2020\nStatus: hold / pendingDelete\n',
      { registered: true, state: 'pending delete' },
    ],
    [
      'Domain: word.example\nStatus: reserved\n',
      { registered: false, withheld: 'reserved', hasNoRecord: true },
    ],
    [
      'Domain: word.example\nCreated: 2020\nStatus: reserved\n',
      { registered: false, withheld: 'reserved', hasNoRecord: true },
    ],
    ['Domain: word.example\nStatus: premium\n', { registered: false, words: 'premium name' }],
    ['Domain: word.example\nStatus: restricted\n', { failure: 'its registry says: restricted' }],
  ])('reads %j', (text, answer) => {
    expect(read(text)).toEqual(answer);
  });

  it('knows a name in Unicode', () => {
    expect(read('Domain: bücher.example\nStatus: free\n', 'xn--bcher-kva.example')).toEqual({
      registered: false,
    });
  });

  it.each([
    ['nothing', ''],
    ['blank lines', '\r\n\r\n'],
    ['an unknown text', 'Service temporarily unavailable.\n'],
    ['one of two lines', 'Domain: word.example\n'],
    ['the other of two lines', 'Status: free\n'],
    ['a line with more before it', 'Domain: word.example\n% Status: free\n'],
    ['a line with more after it', 'Domain: word.example\nStatus: free soon\n'],
    ['a line that is cut', 'Domain: word.example\nStatus: fre'],
    ['a line in other letters', 'Domain: word.example\nStatus: FREE\n'],
    ['a line in which a sign of the pattern is another one', 'Nothing (at all) foundX\n'],
    ['a name on the next line but one', 'Name:\nof somebody\nword.example\n'],
  ])('does not believe a reply with %s', (_what, text) => {
    expect(read(text)).toEqual(unknown);
  });

  it.each([
    'Domain: other.example\nStatus: free\n',
    'Domain: other.example\nCreated: 2020\n',
    'Domain: word.example\nDomain: other.example\nStatus: free\n',
    'Domain: sub.word.example\nStatus: free\n',
    'Domain: word.example.other\nStatus: free\n',
    `Domain: ${'ü'.repeat(2000)}.example\nStatus: free\n`,
    'Nothing (at all) found.\nDomain Name: other.example\n',
  ])('does not believe a reply about another name: %j', (text) => {
    expect(read(text)).toEqual(other);
  });

  it.each([
    'Domain: word.example\nStatus: free\nCreated: 2020\n',
    'Nothing (at all) found.\nDomain: word.example\nCreated: 2020\n',
    'Nothing (at all) found.\nDomain: word.example\nStatus: reserved\n',
    'Domain: word.example\nStatus: free\nStatus: on hold\n',
    'Nothing (at all) found.\nThis name is reserved.\n',
    'Your address has been blocked.\nNothing (at all) found.\n',
    '<html>\nNothing (at all) found.\n</html>',
  ])('does not believe a reply that contradicts itself: %j', (text) => {
    expect(read(text)).toEqual(contradiction);
  });

  it('passes no text of the server on', () => {
    fc.assert(
      fc.property(anyString(), anyString(), (domain, status) => {
        const answer = read(`Domain: ${domain}\nStatus: ${status}\nCreated: ${status}\n`);
        expect(JSON.stringify(answer)).toMatch(/^[ -~]*$/);
      }),
    );
  });
});

describe('isLimited', () => {
  it.each([
    'Come back in 13 seconds.\n',
    '% Quota exceeded\n',
    'Too many requests',
    'WHOIS LIMIT EXCEEDED - SEE WWW.PIR.ORG/WHOIS FOR DETAILS\n',
    'Domain: word.example\nStatus: free\nMaximum query rate reached\n',
    'You have exceeded your daily query limit.\n',
    'Number of allowed queries exceeded.\n',
    'You have exceeded the allowed number of queries.\n',
    'Excessive querying, grace period of 30 seconds.\n',
  ])('takes %j for a limit', (text) => {
    expect(isLimited(text, example)).toBe(true);
  });

  it.each([
    '',
    'Domain: word.example\nStatus: free\n',
    'Access to the whois service is rate limited.\n',
    '- exceeding query rate or volume limits.\n',
    `Access may be denied to those ${'who ask and ask '.repeat(5)}once a quota exceeded is\n`,
  ])('does not take %j for a limit', (text) => {
    expect(isLimited(text, example)).toBe(false);
  });
});
