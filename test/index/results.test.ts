import { describe, expect, it } from 'vitest';
import { probe, probeAll } from '../../src/index.js';
import * as act from '../helpers/name-server.js';
import { serve } from '../helpers/serve.js';

const zone = {
  'live.dev': { A: ['192.0.2.1', '192.0.2.2'] },
  'xn--bcher-kva.example': { AAAA: ['2001:db8::1'] },
  'alias.dev': { CNAME: 'gone.example' },
  'refused.dev': act.refuse,
  'taken.co.uk': {},
};

describe('a result has the fields of the JSON format', () => {
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

  it('for an alias to nowhere', async () => {
    const { address } = await serve(zone);
    expect(await probe('alias.dev', { servers: [address] })).toMatchObject({
      status: 'taken',
      reason: 'alias of gone.example, which does not exist',
      addresses: [],
      rcode: 'NXDOMAIN',
    });
  });

  it('for an absent name', async () => {
    const { address } = await serve(zone);
    const result = await probe('www.absent.co.uk.', { servers: [address] });
    expect(result).toMatchObject({ name: 'www.absent.co.uk', word: 'www.absent.co', tld: 'uk' });
    expect(result).toMatchObject({ status: 'absent', addresses: [], rcode: 'NXDOMAIN', tries: 1 });
    expect(result.reason).toBeUndefined();
  });

  it('for a name without an answer', async () => {
    const { address } = await serve(zone);
    expect(await probe('refused.dev', { servers: [address], tries: 2 })).toEqual({
      name: 'refused.dev',
      word: 'refused',
      tld: 'dev',
      status: 'unknown',
      reason: `REFUSED from udp://${address}`,
      addresses: [],
      rcode: 'REFUSED',
      server: `udp://${address}`,
      tries: 3,
      ms,
      evidence,
    });
  });

  it('for something that is not a domain name', async () => {
    expect(await probe('https://a.dev/b', { servers: ['127.0.0.1'] })).toEqual({
      name: 'https://a.dev/b',
      word: '',
      tld: '',
      status: 'unknown',
      reason: expect.stringContaining('got "https://a.dev/b": did you mean a.dev?'),
      addresses: [],
      tries: 0,
      ms,
      evidence: [],
    });
  });
});

describe('a name that is not a string', () => {
  it.each([
    ['a number', 5, '5'],
    ['undefined', undefined, 'undefined'],
    ['a symbol', Symbol('x'), 'Symbol(x)'],
    ['an object without a string form', Object.create(null), 'an object'],
  ])('is unknown, and nobody is asked (%s)', async (_what, name: unknown, got) => {
    const results = [await probe(name as string)];
    for await (const result of probeAll([name as string])) results.push(result);
    const reason = `expected a string, got ${got}`;
    const expected = { status: 'unknown', name: expect.any(String), reason, tries: 0 };
    expect(results).toEqual([expect.objectContaining(expected), expect.objectContaining(expected)]);
  });
});
