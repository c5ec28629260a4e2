import { describe, expect, it } from 'vitest';
import { probe } from '../../src/index.js';
import * as act from '../helpers/name-server.js';
import { nobody, one, serve } from '../helpers/resolving.js';

const zone = {
  'live.dev': { A: ['192.0.2.1', '192.0.2.2'] },
  'xn--bcher-kva.example': { AAAA: ['2001:db8::1'] },
  'alias.dev': { CNAME: 'gone.example' },
  'refused.dev': act.refuse,
  'taken.co.uk': {},
};

describe('a result has the fields of the JSON', () => {
  const ms = expect.any(Number);
  const evidence = expect.arrayContaining([expect.any(String)]);

  it('for a name with addresses', async () => {
    const { address } = await serve(zone);
    expect(await probe('live.dev', { servers: [address] })).toEqual({
      name: 'live.dev',
      word: 'live',
      tld: 'dev',
      status: 'live',
      addresses: ['192.0.2.1', '192.0.2.2'],
      rcode: 'NOERROR',
      server: `udp://${address}`,
      tries: 1,
      ms,
      evidence,
    });
  });

  it('for a name in Unicode', async () => {
    const { address } = await serve(zone);
    expect(await probe('Bücher.example', { servers: [address] })).toEqual({
      name: 'xn--bcher-kva.example',
      unicode: 'bücher.example',
      word: 'xn--bcher-kva',
      tld: 'example',
      status: 'live',
      addresses: ['2001:db8::1'],
      rcode: 'NOERROR',
      server: `udp://${address}`,
      tries: 2,
      ms,
      evidence,
    });
  });

  it('for a name that leads nowhere', async () => {
    const { address } = await serve(zone);
    expect(await probe('alias.dev', { servers: [address] })).toMatchObject({
      status: 'taken',
      reason: 'alias of gone.example, which does not exist',
      addresses: [],
      rcode: 'NXDOMAIN',
    });
  });

  it('for a name that the DNS does not know', async () => {
    const { address } = await serve(zone);
    const result = await probe('www.absent.co.uk.', { servers: [`udp://${address}`] });
    expect(result).toMatchObject({ name: 'www.absent.co.uk', word: 'www.absent.co', tld: 'uk' });
    expect(result).toMatchObject({ status: 'absent', addresses: [], rcode: 'NXDOMAIN', tries: 1 });
    expect(result.reason).toBeUndefined();
  });

  it('for a name without an answer', async () => {
    const { address } = await serve(zone);
    expect(await probe('refused.dev', { servers: [address] })).toEqual({
      name: 'refused.dev',
      word: 'refused',
      tld: 'dev',
      status: 'unknown',
      reason: `REFUSED from udp://${address}`,
      addresses: [],
      rcode: 'REFUSED',
      server: `udp://${address}`,
      tries: 1,
      ms,
      evidence,
    });
  });

  it.each([
    [
      'not a name',
      'expected a word or a domain name, got "not a name": only letters, digits and hyphens are allowed, not " "',
    ],
    ['', 'expected a word or a domain name, got "": it has an empty label'],
    ['https://a.dev/b', 'expected a word or a domain name, got "https://a.dev/b": did you mean a.dev?'],
    ['-a.dev', 'expected a word or a domain name, got "-a.dev": a label must begin and end with'],
    ['192.0.2.1', 'expected a word or a domain name, got "192.0.2.1": this is an IP address'],
  ])('for %j, which is no domain name', async (name, reason) => {
    const server = await serve(() => one);
    const result = await probe(name, { servers: [server.address] });
    expect(result).toEqual({
      name,
      word: '',
      tld: '',
      status: 'unknown',
      reason: expect.stringContaining(reason),
      addresses: [],
      tries: 0,
      ms,
      evidence: [],
    });
    expect(server.queries).toEqual([]);
  });
});

describe('the options say', () => {
  it('whom to ask', async () => {
    const [refusing, sound, empty] = [await serve(() => act.refuse), await serve(() => one), await nobody()];
    const servers = [refusing.address, empty.address, `udp://${sound.address}`];
    expect(await probe('x.dev', { servers, canary: false })).toMatchObject({
      status: 'live',
      server: `udp://${sound.address}`,
      tries: 3,
    });
  });

  it('how many seconds a try takes, and how many there are', async () => {
    const { address } = await serve(() => act.silent);
    expect(
      await probe('x.dev', { servers: [address], timeout: 0.02, tries: 3, canary: false }),
    ).toMatchObject({
      status: 'unknown',
      reason: `no reply from udp://${address} in 3 tries`,
      tries: 3,
    });
  });

  it('that getaddrinfo is asked, which knows the hosts file', async () => {
    expect(await probe('localhost', { servers: ['system'] })).toMatchObject({
      status: 'live',
      server: 'system',
      addresses: expect.arrayContaining([expect.stringMatching(/^(127\.0\.0\.1|::1)$/)]),
    });
  });
});
