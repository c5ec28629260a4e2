import { describe, expect, it } from 'vitest';
import { summarize, withoutRefusals } from '../../../src/dns/resolver/outcome.js';
import type { Outcome } from '../../../src/dns/transport/transport.js';
import { attemptAt, fakeUpstream, refusal, unreachable } from './upstreams.js';

const first = fakeUpstream('192.0.2.1');
const second = fakeUpstream('192.0.2.2');
const third = fakeUpstream('192.0.2.3');

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

describe('summarize', () => {
  it('counts the attempts that got no reply', () => {
    expect(summarize([attemptAt(first)])).toEqual({
      failure: 'no reply from udp://192.0.2.1:53 in one try',
      server: 'udp://192.0.2.1:53',
    });
    expect(summarize([attemptAt(first), attemptAt(first), attemptAt(first)]).failure).toBe(
      'no reply from udp://192.0.2.1:53 in 3 tries',
    );
  });

  it('names the failure of each upstream once, in the order in which they were asked', () => {
    const attempts = [
      attemptAt(first),
      attemptAt(second, unreachable(second)),
      attemptAt(third),
      attemptAt(first),
    ];
    expect(summarize(attempts)).toEqual({
      failure:
        'no reply from udp://192.0.2.1:53 in 2 tries; cannot reach udp://192.0.2.2:53; ' +
        'no reply from udp://192.0.2.3:53 in one try',
      server: 'udp://192.0.2.1:53',
    });
  });

  it('prefers what an upstream said to its silence', () => {
    for (const attempts of [
      [attemptAt(first), attemptAt(first, refusal(first))],
      [attemptAt(first, refusal(first)), attemptAt(first)],
    ]) {
      expect(summarize(attempts)).toEqual(refusal(first));
    }
  });

  it('has the last response code that came, and the server that sent it', () => {
    const failed = { ...refusal(third), failure: `SERVFAIL from ${third.server.url}`, rcode: 'SERVFAIL' };
    const attempts = [
      attemptAt(first, refusal(first)),
      attemptAt(third, failed),
      attemptAt(second, unreachable(second)),
    ];
    expect(summarize(attempts)).toEqual({
      failure:
        'REFUSED from udp://192.0.2.1:53; SERVFAIL from udp://192.0.2.3:53; cannot reach udp://192.0.2.2:53',
      rcode: 'SERVFAIL',
      server: 'udp://192.0.2.3:53',
    });
  });

  it('is empty without attempts', () => {
    expect(summarize([])).toEqual({ failure: '', server: '' });
  });
});
