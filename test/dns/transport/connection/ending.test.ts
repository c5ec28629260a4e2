import { describe, expect, it } from 'vitest';
import { endingOf } from '../../../../src/dns/transport/connection/ending.js';
import { systemError } from '../../../helpers/fake-sockets.js';

const endpoint = { url: 'tls://192.0.2.1:853', address: '192.0.2.1', port: 853 };

describe('the ending of a connection', () => {
  it('without an error is that the server closed it', () => {
    expect(endingOf(endpoint, undefined, false)).toEqual({
      failure: 'connection closed by tls://192.0.2.1:853',
      kind: 'broken',
    });
  });

  it.each([
    ['ECONNRESET', true, 'connection reset by', 'broken'],
    ['ECONNREFUSED', false, 'nothing is listening at', 'unavailable'],
    ['CERT_HAS_EXPIRED', false, 'expired certificate at', 'certificate'],
    ['EPROTO', false, 'no TLS at', 'protocol'],
    ['EPROTO', true, 'no TLS at', 'broken'],
  ])('by %s, established: %s, is "%s" and of the kind "%s"', (code, wasEstablished, failure, kind) => {
    expect(endingOf(endpoint, systemError(code), wasEstablished)).toEqual({
      failure: `${failure} tls://192.0.2.1:853`,
      kind,
    });
  });
});
