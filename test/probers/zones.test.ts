import { describe, expect, it } from 'vitest';
import type { Ask } from '../../src/dns/resolver/resolver.js';
import type { Outcome } from '../../src/dns/transport/transport.js';
import { findZone } from '../../src/probers/zones.js';
import { answerWith, denial, failed, primary, replied } from '../helpers/answers.js';
import { createManualClock } from '../helpers/manual-clock.js';

const servers = (...serverNames: readonly string[]) => replied({ nameServers: true, serverNames });
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Looks for the zone of a suffix where questions, as `TYPE NAME`, have these outcomes; `waits` has none. */
function find(suffix: string, outcomes: Readonly<Record<string, Outcome | 'waits'>>) {
  const clock = createManualClock();
  const asked: string[] = [];
  const ask: Ask = ({ name, type }) => {
    const question = `${type} ${name || '.'}`;
    asked.push(question);
    const outcome = outcomes[question] ?? replied();
    return outcome === 'waits' ? new Promise(() => {}) : Promise.resolve(answerWith(outcome));
  };
  return { zone: findZone(suffix, ask, clock), asked, clock };
}

describe('the zone of a suffix', () => {
  it('is the suffix if that has name servers, whose addresses are looked up', async () => {
    const { zone, asked, clock } = find('dev', {
      'NS dev': servers('ns1.example', 'ns2.example'),
      'A ns1.example': replied({ addresses: ['192.0.2.1'] }),
      'A ns2.example': replied({ addresses: ['192.0.2.2', '192.0.2.1'] }),
    });
    expect(await zone).toEqual({ name: 'dev', addresses: ['192.0.2.1', '192.0.2.2'] });
    expect(asked).toEqual([
      'NS dev',
      'A ns1.example',
      'AAAA ns1.example',
      'A ns2.example',
      'AAAA ns2.example',
    ]);
    expect(clock.timers()).toBe(0);
  });

  it('has its IPv4 addresses before the others', async () => {
    const { zone } = find('dev', {
      'NS dev': servers('ns1.example', 'ns2.example'),
      'AAAA ns1.example': replied({ addresses: ['2001:db8::1'] }),
      'A ns2.example': replied({ addresses: ['192.0.2.2'] }),
    });
    expect(await zone).toMatchObject({ addresses: ['192.0.2.2', '2001:db8::1'] });
  });

  it('has the addresses of no more than 13 name servers', async () => {
    const names = Array.from({ length: 14 }, (_, index) => `ns${index}.example`);
    const { zone, asked } = find('dev', {
      'NS dev': servers(...names),
      'A ns0.example': replied({ addresses: ['192.0.2.1'] }),
    });
    await zone;
    expect(asked).toHaveLength(1 + 2 * 13);
  });

  it('has the addresses that are known 300 ms after the first one', async () => {
    const { zone, clock } = find('dev', {
      'NS dev': servers('ns1.example', 'ns2.example'),
      'A ns1.example': replied({ addresses: ['192.0.2.1'] }),
      'A ns2.example': 'waits',
    });
    let isFound = false;
    void zone.then(() => {
      isFound = true;
    });
    await settled();
    clock.pass(299);
    await settled();
    expect(isFound).toBe(false);
    clock.pass(1);
    expect(await zone).toEqual({ name: 'dev', addresses: ['192.0.2.1'] });
  });

  it.each([
    ['the zone that the answer names', 'a.b.co.uk', replied({ zone: 'uk' }), ['NS a.b.co.uk', 'NS uk']],
    ['the domain above if the answer names no zone', 'co.uk', replied(), ['NS co.uk', 'NS uk']],
    [
      'the domain above if the answer is an alias',
      'co.uk',
      replied({ alias: 'x.example', zone: 'example' }),
      ['NS co.uk', 'NS uk'],
    ],
    [
      'the domain above if the answer names the suffix itself',
      'co.uk',
      replied({ zone: 'co.uk' }),
      ['NS co.uk', 'NS uk'],
    ],
    [
      'the domain above if the answer names another zone',
      'co.uk',
      replied({ zone: 'example' }),
      ['NS co.uk', 'NS uk'],
    ],
    [
      'the root if the answer names that',
      'corp',
      replied({ rcode: 'NXDOMAIN', zone: '' }),
      ['NS corp', 'NS .'],
    ],
    ['the root above a top-level domain', 'corp', denial, ['NS corp', 'NS .']],
  ])('without name servers is looked for at %s', async (_, suffix, outcome, questions) => {
    const { zone, asked } = find(suffix, {
      [`NS ${suffix}`]: outcome,
      'NS uk': servers('ns1.example'),
      'NS .': servers('ns1.example'),
      'A ns1.example': replied({ addresses: ['192.0.2.1'] }),
    });
    const [, last = ''] = questions;
    expect(await zone).toEqual({ name: last.slice(3).replace('.', ''), addresses: ['192.0.2.1'] });
    expect(asked.slice(0, 2)).toEqual(questions);
  });
});

describe('a suffix has no zone that is known', () => {
  it.each<[string, Readonly<Record<string, Outcome>>, string]>([
    ['if nobody answers', { 'NS dev': failed('no reply') }, 'cannot find the name servers of .dev: no reply'],
    [
      'if nobody answers about the root',
      { 'NS dev': denial, 'NS .': failed('no reply') },
      'cannot find the name servers of the root: no reply',
    ],
    [
      'if even the root is denied',
      { 'NS dev': denial, 'NS .': denial },
      `cannot find the name servers of .dev: ${primary} denies those of the root, too`,
    ],
    [
      'if its name servers have no address',
      { 'NS dev': servers('ns1.example') },
      'the name servers of .dev have no known address',
    ],
    [
      'if the addresses of its name servers are not known',
      {
        'NS dev': servers('ns1.example'),
        'A ns1.example': failed('no reply'),
        'AAAA ns1.example': failed('no reply'),
      },
      'the name servers of .dev have no known address',
    ],
    [
      'if the name servers of the root have no address',
      { 'NS dev': denial, 'NS .': servers('ns1.example') },
      'the name servers of the root have no known address',
    ],
  ])('%s', async (_, outcomes, failure) => {
    expect(await find('dev', outcomes).zone).toEqual({ failure });
  });
});

describe('a name server', () => {
  const stub = 'udp://127.0.0.53:53';
  const router = 'udp://192.168.1.1:53';
  /** Looks for the zone of `dev`, whose name server has these addresses according to a resolver. */
  const findAt = (resolver: string, addresses: readonly string[]) =>
    find('dev', {
      'NS dev': replied({ nameServers: true, serverNames: ['ns1.example'] }, resolver),
      'A ns1.example': replied({ addresses }, resolver),
    }).zone;

  it.each([
    ['link-local', '169.254.169.254'],
    ['link-local', 'fe80::1'],
    ['unspecified', '0.0.0.0'],
    ['unspecified', '::'],
    ['multicast', '224.0.0.251'],
  ])('whose address is %s, such as %s, is never followed', async (kind, address) => {
    for (const resolver of [primary, stub, router]) {
      expect(await findAt(resolver, [address])).toEqual({
        failure: `the name servers of .dev are not asked: ${address} is ${kind}`,
      });
    }
  });

  it.each([
    ['127.0.0.1', 'loopback', stub, [primary, router, 'https://dns.example/dns-query']],
    ['::1', 'loopback', 'tcp://[::1]:53', [primary, router]],
    ['10.0.0.1', 'private', router, [primary, stub]],
    ['fd00::1', 'private', 'udp://10.0.0.53:53', [primary, 'system']],
  ])(
    'at %s is followed only if the resolver that gave it is at a %s address, too',
    async (address, kind, resolver, others) => {
      expect(await findAt(resolver, [address])).toEqual({ name: 'dev', addresses: [address] });
      for (const other of others) {
        expect(await findAt(other, [address])).toEqual({
          failure: `the name servers of .dev are not asked: ${address} is ${kind}`,
        });
      }
    },
  );

  it('that is not followed leaves the others', async () => {
    expect(await findAt(primary, ['10.0.0.1', '198.51.100.1'])).toEqual({
      name: 'dev',
      addresses: ['198.51.100.1'],
    });
  });
});
