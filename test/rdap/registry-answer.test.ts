import { describe, expect, it } from 'vitest';
import { readRegistryAnswer } from '../../src/rdap/registry-answer.js';
import { domainObject, errorObject } from '../helpers/rdap-server/domain.js';

function read(status: number, document: unknown, name = 'x.dev') {
  const body = Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));
  return readRegistryAnswer({ host: 'registry.example', status, retryAfter: undefined, body }, name);
}

const registered = (state?: string) => ({ registered: true, state });

describe('readRegistryAnswer finds a registration', () => {
  it.each([
    ['without a state', domainObject('x.dev', [])],
    ['with a state that explains nothing', domainObject('x.dev', ['active'])],
    ['with only the required members', { objectClassName: 'domain', ldhName: 'x.dev' }],
  ])('in a domain object %s', (_what, document) => {
    expect(read(200, document)).toEqual(registered());
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
    expect(read(200, document)).toEqual(registered(state));
  });

  it('with the most serious of several states, in any letter case', () => {
    const document = domainObject('x.dev', ['Client Hold', 'Redemption Period']);
    expect(read(200, document)).toEqual(registered('redemption period'));
  });

  it.each([
    [['client hold\u001b[2J']],
    [['evil']],
    [[{}, null, 7]],
    ['client hold'],
    [{ 0: 'client hold' }],
    [null],
  ])('without a state if the object has %j', (status) => {
    expect(read(200, { ...domainObject('x.dev', []), status })).toEqual(registered());
  });

  it.each(['X.DEV', 'x.dev.'])('in an object whose name is written %s', (ldhName) => {
    expect(read(200, domainObject(ldhName, []))).toEqual(registered());
  });

  it.each([
    ['ASCII', domainObject('XN--BCHER-KVA.dev', [])],
    ['Unicode', { objectClassName: 'domain', unicodeName: 'Bücher.dev' }],
  ])('in an object whose internationalized name is written in %s', (_form, document) => {
    expect(read(200, document, 'xn--bcher-kva.dev')).toEqual(registered());
  });
});

describe('readRegistryAnswer finds no registration', () => {
  it.each([
    ['no body', ''],
    ['an error object', errorObject(404, 'Not Found')],
    ['an error object with only the required members', { errorCode: 404 }],
    ['only the conformance to RDAP', { rdapConformance: ['rdap_level_0'] }],
  ])('at status 404 with %s', (_what, document) => {
    expect(read(404, document)).toEqual({ registered: false });
  });
});

describe('readRegistryAnswer returns a failure', () => {
  it.each([
    ['a web page', '<!DOCTYPE html><title>404</title>'],
    ['a word', 'Not Found'],
    ['control characters', '\u001b]0;owned\u0007\u009b2J\r\u202e'],
    ['JSON that is not RDAP', { message: 'no route' }],
    ['another error', errorObject(429, 'Too Many Requests')],
    ['a list', []],
    ['a string', '"not found"'],
    ['null', 'null'],
    ['half of an error object', JSON.stringify(errorObject(404, 'Not Found')).slice(0, 40)],
  ])('at status 404 with %s', (_what, document) => {
    expect(read(404, document)).toEqual({ failure: 'status 404 with a page that is not RDAP' });
  });

  it.each([
    ['no body', ''],
    ['a web page', '<!DOCTYPE html>'],
    ['half of an object', JSON.stringify(domainObject('x.dev', [])).slice(0, 90)],
    ['an object in a list', [domainObject('x.dev', [])]],
    ['an error object', errorObject(404, 'Not Found')],
    ['an object without a class', { ldhName: 'x.dev' }],
    ['another class of object', { ...domainObject('x.dev', []), objectClassName: 'nameserver' }],
    ['a class of control characters', { ...domainObject('x.dev', []), objectClassName: '\u001b[2J' }],
  ])('at status 200 with %s', (_what, document) => {
    expect(read(200, document)).toEqual({ failure: 'not an RDAP answer' });
  });

  it.each([
    ["another name's object", domainObject('y.dev', [])],
    ['the object of a name below', domainObject('www.x.dev', [])],
    ['the object of the suffix', domainObject('dev', [])],
    ['an object without a name', { objectClassName: 'domain' }],
    ['an object whose name is not a string', { objectClassName: 'domain', ldhName: ['x.dev'] }],
    ['an object whose name is not valid', { objectClassName: 'domain', ldhName: 'x.dev\u001b' }],
  ])('at status 200 with %s', (_what, document) => {
    expect(read(200, document)).toEqual({ failure: 'an answer about another name' });
  });

  it.each([201, 204, 301, 400, 401, 403, 410, 422, 500, 501, 502, 504])(
    'at status %i, whatever the body',
    (status) => {
      for (const document of ['', domainObject('x.dev', []), errorObject(404, '\u001b[2J')])
        expect(read(status, document)).toEqual({ failure: `status ${status}` });
    },
  );

  it('without a response', () => {
    const result = { failure: 'no answer in time', transient: true };
    expect(readRegistryAnswer(result, 'x.dev')).toEqual({ failure: 'no answer in time' });
  });
});
