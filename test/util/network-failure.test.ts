import { describe, expect, it } from 'vitest';
import { describeNetworkError, isTransientError } from '../../src/util/network-failure.js';

const errorOf = (code: string | undefined, message = 'Message') => ({
  name: 'Error',
  message,
  ...(code !== undefined && { code }),
});

describe('describeNetworkError', () => {
  it.each([
    ['EHOSTUNREACH', 'cannot reach host'],
    ['ENOTFOUND', 'cannot find an address for host'],
    ['CERT_HAS_EXPIRED', 'expired certificate at host'],
    ['CERT_REVOKED', 'invalid certificate at host'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate for another host at host'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'no TLS at host'],
    ['UND_ERR_CONNECT_TIMEOUT', 'no connection to host'],
    ['UND_ERR_SOCKET', 'connection closed by host'],
    ['HPE_INVALID_CONSTANT', 'invalid HTTP from host'],
    ['Z_DATA_ERROR', 'invalid compression from host'],
  ])('describes %s in words', (code, words) => {
    expect(describeNetworkError(errorOf(code), 'host')).toBe(words);
  });

  it('falls back to an unknown code, or to the message of an error without a code', () => {
    expect(describeNetworkError(errorOf('EODD'), 'host')).toBe('EODD at host');
    expect(describeNetworkError(errorOf(undefined, 'bad port'), 'host')).toBe('bad port at host');
  });

  it('names a server by its URL', () => {
    const server = { url: 'tcp://192.0.2.1:53' };
    expect(describeNetworkError(errorOf('EPIPE'), server)).toBe('connection reset by tcp://192.0.2.1:53');
  });
});

describe('isTransientError', () => {
  const transient = ['EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ENETUNREACH', 'EPIPE', 'ETIMEDOUT'];
  it.each([...transient, 'UND_ERR_SOCKET', undefined])('is true of %s', (code) => {
    expect(isTransientError(errorOf(code))).toBe(true);
  });

  it.each(['ENOTFOUND', 'EACCES', 'CERT_HAS_EXPIRED', 'EPROTO', 'HPE_INVALID_CONSTANT'])(
    'is false of %s',
    (code) => {
      expect(isTransientError(errorOf(code))).toBe(false);
    },
  );
});
