import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHelp, readRdapAnswer } from '../../../src/registries/rdap/rdap-answer.js';
import { domainObject, errorObject, helpObject } from '../../helpers/rdap-server/domain.js';

const host = 'registry.example';

function response(status: number, document: unknown) {
  const body = Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));
  return { url: `https://${host}/`, host, status, retryAfter: undefined, body };
}

const read = (status: number, document: unknown, name = 'x.dev') =>
  readRdapAnswer(response(status, document), name);

/** The text of an array within an array, and so on. */
const nested = '['.repeat(100_000) + ']'.repeat(100_000);

const registered = (state?: string) => ({ registered: true, state });

describe('readRdapAnswer finds a registration', () => {
  it.each([
    ['without a state', domainObject('x.dev', [])],
    ['with a state that explains nothing', domainObject('x.dev', ['active'])],
    ['after a byte order mark', `\uFEFF${JSON.stringify(domainObject('x.dev', []))}`],
    ['with only the required members', { objectClassName: 'domain', ldhName: 'x.dev' }],
  ])('in a domain object %s', (_what, document) => {
    expect(read(200, document)).toMatchObject(registered());
  });

  it.each([
    'redemption period',
    'pending delete',
    'pending restore',
    'client hold',
    'server hold',
    'inactive',
  ])('with the state "%s", which explains why the name is absent from the DNS', (state) => {
    const document = domainObject('x.dev', ['client transfer prohibited', state]);
    expect(read(200, document)).toMatchObject(registered(state));
  });

  it.each(['redemptionPeriod', 'clientHold'])('with the state %s in the spelling of EPP', (status) => {
    const state = status.replace(/[A-Z]/, (letter) => ` ${letter.toLowerCase()}`);
    expect(read(200, { ...domainObject('x.dev', []), status })).toMatchObject(registered(state));
  });

  it('with the most serious of several states, in any letter case', () => {
    const document = domainObject('x.dev', ['Client Hold', 'Redemption Period']);
    expect(read(200, document)).toMatchObject(registered('redemption period'));
  });

  it.each([
    [['client hold\u001b[2J']],
    [['evil']],
    [[{}, null, 7]],
    [[{ toString: 0 }]],
    [[{ toString: 'client hold' }]],
    [[{ value: 'client hold' }]],
    ['evil'],
    [{ 0: 'client hold' }],
    [null],
  ])('without a state if the object has %j', (status) => {
    expect(read(200, { ...domainObject('x.dev', []), status })).toMatchObject(registered());
  });

  it.each(['X.DEV', 'x.dev.', ' x.dev '])('in an object whose name is written %s', (ldhName) => {
    expect(read(200, domainObject(ldhName, []))).toMatchObject(registered());
  });

  it.each([
    ['ASCII', domainObject('XN--BCHER-KVA.dev', [])],
    ['Unicode', { objectClassName: 'domain', unicodeName: 'Bücher.dev' }],
  ])('in an object whose internationalized name is written in %s', (_form, document) => {
    expect(read(200, document, 'xn--bcher-kva.dev')).toMatchObject(registered());
  });
});

describe('readRdapAnswer finds no registration', () => {
  it.each([
    ['an error object', errorObject(404, 'Not Found')],
    ['an error object with only the required members', { errorCode: 404 }],
    ['an error object whose code is a text', { errorCode: '404' }],
    ['a byte order mark before an error object', '\uFEFF{"errorCode":404}'],
    ['only the conformance to RDAP', { rdapConformance: ['rdap_level_0'] }],
  ])('at status 404 with %s', (_what, document) => {
    expect(read(404, document)).toEqual({ registered: false });
  });
});

describe('readRdapAnswer reads the words of a denial', () => {
  const withheld = (text: string) => ({ registered: false, withheld: text, hasNoRecord: true });
  const failure = (text: string) => ({ failure: `its registry says: ${text}` });

  it.each([
    [404, 'Registry Reserved', withheld('Registry Reserved')],
    [404, 'Blocked', withheld('Blocked')],
    [404, 'Premium name, 2,000 USD', { registered: false, words: 'Premium name, 2,000 USD' }],
    [404, 'Ask the hostmaster', { registered: false, words: 'Ask the hostmaster' }],
    [404, 'Invalid TLD', failure('Invalid TLD')],
    [400, 'This name is reserved', withheld('This name is reserved')],
    [403, 'Not available for registration', withheld('Not available for registration')],
    // Only a 404 says that there is no registration.
    [400, 'Premium name, 2,000 USD', failure('Premium name, 2,000 USD')],
    [404, 'Invalid domain name', failure('Invalid domain name')],
    [400, 'Invalid domain name', failure('Invalid domain name')],
    [400, 'Domain not found', { failure: `HTTP status 400 from ${host}` }],
    [403, 'Your address is blocked', { failure: `HTTP status 403 from ${host}` }],
    [403, 'Invalid TLD', { failure: `HTTP status 403 from ${host}` }],
    [401, 'This name is reserved', withheld('This name is reserved')],
    [451, 'This domain name is blocked', withheld('This domain name is blocked')],
    [422, 'This name is reserved', { failure: `HTTP status 422 from ${host}` }],
    [500, 'This name is reserved', { failure: `HTTP status 500 from ${host}` }],
  ])('at status %i with the title %j', (status, title, answer) => {
    expect(read(status, { errorCode: status, title })).toEqual(answer);
  });

  it('in the notices, too', () => {
    const notices = [{ title: 'DPML', description: ['Blocked'] }];
    expect(read(404, { ...errorObject(404, 'Not Found'), notices })).toMatchObject({ registered: false });
    expect(read(404, { ...errorObject(404, 'Not Found'), notices })).toHaveProperty('withheld');
  });

  it('in a status that is reserved', () => {
    expect(read(200, domainObject('x.dev', ['active', 'reserved']))).toEqual({
      registered: false,
      withheld: 'reserved',
    });
    expect(read(404, { errorCode: 404, status: 'reserved' })).toEqual(withheld('reserved'));
  });
});

describe('readRdapAnswer returns a failure', () => {
  it.each([
    ['a web page', '<!DOCTYPE html><title>404</title>'],
    ['a word', 'Not Found'],
    ['control characters', '\u001b]0;owned\u0007\u009b2J\r\u202e'],
    ['JSON that is not RDAP', { message: 'no route' }],
    ['another error', errorObject(429, 'Too Many Requests')],
    ['another error whose code is a text', { errorCode: '429' }],
    ['an object of a class', { ...errorObject(404, 'Not Found'), objectClassName: 'domain' }],
    ['a list', []],
    ['a string', '"not found"'],
    ['null', 'null'],
    ['half of an error object', JSON.stringify(errorObject(404, 'Not Found')).slice(0, 40)],
    ['arrays within arrays', nested],
    ['an error code in a prototype', '{"__proto__":{"errorCode":404}}'],
    ['a huge number', '{"errorCode":404e999}'],
  ])('at status 404 with %s', (_what, document) => {
    expect(read(404, document)).toEqual({
      failure: `HTTP status 404 from ${host}, with a page that is not RDAP`,
    });
  });

  it.each([
    ['no body', ''],
    ['a web page', '<!DOCTYPE html>'],
    ['half of an object', JSON.stringify(domainObject('x.dev', [])).slice(0, 90)],
    ['an object in a list', [domainObject('x.dev', [])]],
    ['an error object', errorObject(404, 'Not Found')],
    ['an object without a class', { ldhName: 'x.dev' }],
    ['another class of object', { ...domainObject('x.dev', []), objectClassName: 'nameserver' }],
    ['arrays within arrays', nested],
    ['a class in a prototype', '{"__proto__":{"objectClassName":"domain","ldhName":"x.dev"}}'],
    ['a class that is a list', { ...domainObject('x.dev', []), objectClassName: ['domain'] }],
    ['a class of control characters', { ...domainObject('x.dev', []), objectClassName: '\u001b[2J' }],
  ])('at status 200 with %s', (_what, document) => {
    expect(read(200, document)).toEqual({ failure: `${host} did not answer in RDAP` });
  });

  it.each([
    ["another name's object", domainObject('y.dev', [])],
    ['the object of a name below', domainObject('www.x.dev', [])],
    ['the object of the suffix', domainObject('dev', [])],
    ['an object without a name', { objectClassName: 'domain' }],
    ['an object whose name is not a string', { objectClassName: 'domain', ldhName: ['x.dev'] }],
    ['an object whose name is an object', { objectClassName: 'domain', ldhName: { toString: 0 } }],
    ['an object whose name is not valid', { objectClassName: 'domain', ldhName: 'x.dev\u001b' }],
  ])('at status 200 with %s', (_what, document) => {
    expect(read(200, document)).toEqual({ failure: `${host} answered about another name` });
  });

  it.each([201, 204, 301, 400, 401, 403, 410, 422, 500, 501, 502, 504])(
    'at status %i, whatever the body',
    (status) => {
      for (const document of ['', domainObject('x.dev', []), errorObject(404, '\u001b[2J')])
        expect(read(status, document)).toEqual({ failure: `HTTP status ${status} from ${host}` });
    },
  );
});

describe('readRdapAnswer and odd bodies', () => {
  it('returns nothing for a 404 without a body, which other servers send, too', () => {
    for (const body of ['', ' \r\n']) expect(read(404, body)).toBeUndefined();
  });

  it('ignores a state that is arrays within arrays', () => {
    const document = `{"objectClassName":"domain","ldhName":"x.dev","status":${nested}}`;
    expect(read(200, document)).toMatchObject(registered());
  });

  // Their conversion to ASCII would take seconds, and the test would run into its time-out.
  it.each(['ldhName', 'unicodeName'])(
    'does not convert a %s of 900 kB',
    (member) => {
      const document = { objectClassName: 'domain', [member]: 'ü'.repeat(450_000) };
      expect(read(200, document)).toEqual({ failure: `${host} answered about another name` });
    },
    1000,
  );

  it('never throws', () => {
    const odd = fc.dictionary(
      fc.constantFrom('objectClassName', 'ldhName', 'unicodeName', 'status', 'errorCode', 'rdapConformance'),
      fc.oneof(fc.jsonValue(), fc.constantFrom('domain', 'x.dev', 404, ['rdap_level_0'], [{ toString: 0 }])),
    );
    fc.assert(
      fc.property(fc.constantFrom(200, 404), odd, (status, document) => {
        const answer = read(status, document);
        const isRegistered = answer !== undefined && 'registered' in answer && answer.registered;
        expect(isRegistered && document['ldhName'] !== 'x.dev' && document['unicodeName'] !== 'x.dev').toBe(
          false,
        );
        expect(isHelp(response(status, document))).toBeTypeOf('boolean');
      }),
    );
  });
});

describe('isHelp', () => {
  it('is true of an answer to a help query', () => {
    expect(isHelp(response(200, helpObject()))).toBe(true);
    expect(isHelp(response(200, { rdapConformance: ['other', 'rdap_level_10'] }))).toBe(true);
  });

  it.each([
    ['an empty page', 200, ''],
    ['a web page', 200, '<!DOCTYPE html>'],
    ['JSON that is not RDAP', 200, { status: 'ok' }],
    [
      'an unknown conformance',
      200,
      { rdapConformance: ['xrdap_level_0', 'rdap_level_0x', 7, { toString: 0 }] },
    ],
    ['a conformance that is not a list', 200, { rdapConformance: 'rdap_level_0' }],
    ['an error', 200, errorObject(404, 'Not Found')],
    ['a domain object', 200, domainObject('help', [])],
    ['another status', 404, helpObject()],
    ['arrays within arrays', 200, nested],
  ])('is false of %s', (_what, status, document) => {
    expect(isHelp(response(status, document))).toBe(false);
  });
});
