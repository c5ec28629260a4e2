import { describe, expect, it } from 'vitest';
import {
  describeNetworkError,
  isExhaustion,
  isTransientError,
  kindOfNetworkError,
} from '../../src/util/network-failure.js';

const errorOf = (code: string | undefined, message = 'Message') => ({
  name: 'Error',
  message,
  ...(code !== undefined && { code }),
});

describe('describeNetworkError', () => {
  it.each([
    ['EHOSTUNREACH', 'cannot reach host'],
    ['ENOTFOUND', 'cannot find an address for host'],
    ['EINVAL', 'wrong or missing network interface in host'],
    ['EMFILE', 'too many open files to reach host'],
    ['ENFILE', 'too many open files to reach host'],
    ['ENOBUFS', 'not enough memory to reach host'],
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
  it.each([...transient, 'EMFILE', 'ENOBUFS', 'ENETDOWN', 'UND_ERR_SOCKET', undefined])(
    'is true of %s',
    (code) => {
      expect(isTransientError(errorOf(code))).toBe(true);
    },
  );

  it.each(['ENOTFOUND', 'EACCES', 'CERT_HAS_EXPIRED', 'EPROTO', 'HPE_INVALID_CONSTANT'])(
    'is false of %s',
    (code) => {
      expect(isTransientError(errorOf(code))).toBe(false);
    },
  );
});

describe('kindOfNetworkError', () => {
  it.each([
    ['ECONNRESET', 'broken'],
    ['EPIPE', 'broken'],
    ['ERR_HTTP2_SESSION_ERROR', 'broken'],
    ['ECONNREFUSED', 'unavailable'],
    ['EHOSTUNREACH', 'unavailable'],
    ['ENOTFOUND', 'unavailable'],
    ['EMFILE', 'unavailable'],
    [undefined, 'unavailable'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'protocol'],
    ['ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL', 'protocol'],
    ['EPROTO', 'protocol'],
    ['CERT_HAS_EXPIRED', 'certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
  ])('of %s is %s', (code, kind) => {
    expect(kindOfNetworkError(errorOf(code))).toBe(kind);
  });
});

describe('isExhaustion', () => {
  it('is true if the process or the system has nothing left', () => {
    expect(
      ['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM'].map((code) => isExhaustion(errorOf(code))),
    ).not.toContain(false);
    expect(['ECONNREFUSED', 'EPERM', undefined].map((code) => isExhaustion(errorOf(code)))).not.toContain(
      true,
    );
  });
});
