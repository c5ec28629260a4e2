import { describe, expect, it } from 'vitest';
import { readRegistryAnswer } from '../../src/rdap/answer.js';
import { domainObject, errorObject } from '../helpers/rdap-server/domain.js';

const read = (status: number, body: unknown, name = 'x.dev') =>
  readRegistryAnswer(
    { status, retryAfter: undefined, body: typeof body === 'string' ? body : JSON.stringify(body) },
    name,
  );

const failure = { failure: expect.any(String) };

describe('a name is registered', () => {
  it('where its own domain object comes, with or without a state', () => {
    expect(read(200, domainObject('x.dev', []))).toEqual({ registered: true, state: undefined });
    expect(read(200, domainObject('x.dev', ['active']))).toEqual({ registered: true, state: undefined });
    expect(read(200, { objectClassName: 'domain', ldhName: 'x.dev' })).toMatchObject({ registered: true });
  });

  it.each([
    'redemption period',
    'pending delete',
    'pending restore',
    'client hold',
    'server hold',
    'inactive',
  ])('with "%s", which explains why the DNS does not have it', (state) => {
    expect(read(200, domainObject('x.dev', ['client transfer prohibited', state]))).toEqual({
      registered: true,
      state,
    });
  });

  it('with the gravest of several states, however they are written', () => {
    const body = domainObject('x.dev', ['Client Hold', 'Redemption Period']);
    expect(read(200, body)).toEqual({ registered: true, state: 'redemption period' });
  });

  it('without what is no known state, or no list of them', () => {
    for (const status of [
      ['client hold\u001b[2J'],
      ['evil'],
      [{}, null, 7],
      'client hold',
      { 0: 'client hold' },
      null,
    ]) {
      expect(read(200, { ...domainObject('x.dev', []), status })).toEqual({
        registered: true,
        state: undefined,
      });
    }
  });

  it('however its name is written', () => {
    for (const ldhName of ['X.DEV', 'x.dev.']) {
      expect(read(200, domainObject(ldhName, []))).toMatchObject({ registered: true });
    }
    const idn = 'xn--bcher-kva.dev';
    expect(read(200, domainObject('XN--BCHER-KVA.dev', []), idn)).toMatchObject({ registered: true });
    expect(read(200, { objectClassName: 'domain', unicodeName: 'Bücher.dev' }, idn)).toMatchObject({
      registered: true,
    });
  });
});

describe('a name is not registered', () => {
  it.each([
    ['no body', ''],
    ['an error object', errorObject(404, 'Not Found')],
    ['an error object that holds only what it must', { errorCode: 404 }],
    ['nothing but the level of RDAP', { rdapConformance: ['rdap_level_0'] }],
  ])('at status 404 with %s', (_what, body) => {
    expect(read(404, body)).toEqual({ registered: false });
  });
});

describe('nothing is known', () => {
  it.each([
    ['a web page', '<!DOCTYPE html><title>404</title>'],
    ['a word', 'Not Found'],
    ['JSON that is no RDAP', { message: 'no route' }],
    ['another error', errorObject(429, 'Too Many Requests')],
    ['a list', []],
    ['a text', '"not found"'],
    ['null', 'null'],
    ['half of an error object', JSON.stringify(errorObject(404, 'Not Found')).slice(0, 40)],
  ])('at status 404 with %s', (_what, body) => {
    expect(read(404, body)).toEqual(failure);
  });

  it.each([
    ['no body', ''],
    ['a web page', '<!DOCTYPE html>'],
    ['half of an object', JSON.stringify(domainObject('x.dev', [])).slice(0, 90)],
    ['an object in a list', [domainObject('x.dev', [])]],
    ['an error object', errorObject(404, 'Not Found')],
    ['another class of object', { ...domainObject('x.dev', []), objectClassName: 'nameserver' }],
    ["another name's object", domainObject('y.dev', [])],
    ['the object of a name below', domainObject('www.x.dev', [])],
    ['the object of the suffix', domainObject('dev', [])],
    ['an object without a name', { objectClassName: 'domain' }],
    ['an object whose name is no text', { objectClassName: 'domain', ldhName: ['x.dev'] }],
    ['an object whose name is no name', { objectClassName: 'domain', ldhName: 'x.dev\u001b' }],
  ])('at status 200 with %s', (_what, body) => {
    expect(read(200, body)).toEqual(failure);
  });

  it.each([201, 204, 301, 400, 401, 403, 410, 422, 500, 501, 502, 504])(
    'at status %i, whatever the body says',
    (status) => {
      expect(read(status, '')).toEqual(failure);
      expect(read(status, domainObject('x.dev', []))).toEqual(failure);
      expect(read(status, errorObject(404, 'Not Found'))).toEqual(failure);
    },
  );

  it('where no answer came', () => {
    expect(readRegistryAnswer({ failure: 'no answer in time' }, 'x.dev')).toEqual({
      failure: 'no answer in time',
    });
  });
});
