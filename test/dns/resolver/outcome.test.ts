import { describe, expect, it } from 'vitest';
import { withoutRefusals } from '../../../src/dns/resolver/outcome.js';
import type { Outcome } from '../../../src/dns/transport/transport.js';
import { fakeUpstream, unreachable } from './upstreams.js';

const first = fakeUpstream('192.0.2.1');

describe('withoutRefusals', () => {
  const question = { name: 'is.dev', type: 'A' } as const;
  const server = first.server.url;
  const replied = (rcode?: string, referral?: string): Outcome => ({
    reply: {
      truncated: false,
      addresses: [],
      ...(rcode !== undefined && { rcode }),
      ...(referral !== undefined && { referral }),
    },
    server,
  });

  it.each([
    ['the name exists', replied('NOERROR')],
    ['the name does not exist', replied('NXDOMAIN')],
    ['the name is delegated', replied('NOERROR', 'is.dev')],
    ['getaddrinfo found the name', replied()],
  ])('keeps a reply that says: %s', (_, outcome) => {
    expect(withoutRefusals(outcome, question)).toBe(outcome);
  });

  it.each(['FORMERR', 'SERVFAIL', 'NOTIMP', 'REFUSED', 'YXDOMAIN', 'NOTAUTH', 'RCODE12'])(
    'turns a reply with %s into a failure',
    (rcode) => {
      expect(withoutRefusals(replied(rcode), question)).toEqual({
        failure: `${rcode} from ${server}`,
        server,
        rcode,
      });
    },
  );

  it.each([
    ['dev', 'dev'],
    ['', 'the root'],
  ])('turns a referral to the zone "%s" into a failure', (referral, zone) => {
    expect(withoutRefusals(replied('NOERROR', referral), question)).toEqual({
      failure: `${server} only refers to the name servers of ${zone}`,
      server,
    });
  });

  it('keeps a failure', () => {
    expect(withoutRefusals(unreachable(first), question)).toEqual(unreachable(first));
  });
});
