import { describe, expect, it } from 'vitest';
import { type ProbeOptions, probe, probeAll } from '../../src/index.js';
import { findKnownHost } from '../helpers/hosts-file.js';
import * as act from '../helpers/name-server.js';
import { serve } from '../helpers/serve.js';

const host = findKnownHost();

const rejected: readonly (readonly [name: string, got: unknown, options: ProbeOptions, expected: string])[] =
  [
    ...[0, -1, 1.5, 10_001, Number.NaN, Number.POSITIVE_INFINITY].map(
      (concurrency) =>
        ['concurrency', concurrency, { concurrency }, 'a whole number from 1 to 10000'] as const,
    ),
    ...[0, -1, 2.5, 101, Number.NaN].map(
      (tries) => ['tries', tries, { tries }, 'a whole number from 1 to 100'] as const,
    ),
    ...[0, -0.1, 3600.5, Number.NaN, Number.POSITIVE_INFINITY].map(
      (timeout) => ['timeout', timeout, { timeout }, 'above 0, up to 3600'] as const,
    ),
    ['servers', 'none', { servers: [] }, 'at least one server'],
    [
      'servers',
      '"localhost": did you mean 127.0.0.1?',
      { servers: ['127.0.0.1', 'localhost'] },
      'an IP address',
    ],
  ];

describe.each(rejected)('the option %s with the value %s', (name, got, options, expected) => {
  const error = new RangeError(`Expected \`${name}\` to be ${expected}, got ${got}`);

  it('makes probeAll throw before it pulls a name', () => {
    const pulled: string[] = [];
    const names = (function* () {
      pulled.push('x.dev');
      yield 'x.dev';
    })();
    expect(() => probeAll(names, options)).toThrow(error);
    expect(pulled).toEqual([]);
  });

  it('makes probe reject', async () => {
    await expect(probe('x.dev', options)).rejects.toThrow(error);
  });
});

const wrongTypes: readonly (readonly [name: string, got: string, options: unknown, expected: string])[] = [
  ['concurrency', '"5"', { concurrency: '5' }, 'a number'],
  ['concurrency', '5', { concurrency: 5n }, 'a number'],
  ['timeout', 'null', { timeout: null }, 'a number'],
  ['tries', 'an array', { tries: [3] }, 'a number'],
  ['canary', 'null', { canary: null }, 'true or false'],
  ['canary', '0', { canary: 0 }, 'true or false'],
  ['forSale', '"yes"', { forSale: 'yes' }, 'true or false'],
  ['servers', '"x"', { servers: 'x' }, 'an array of strings'],
  ['servers', 'null', { servers: null }, 'an array of strings'],
  ['servers', 'one that contains 5', { servers: [5] }, 'an array of strings'],
  ['servers', 'one that contains an object', { servers: ['127.0.0.1', {}] }, 'an array of strings'],
  ['confirm', '"some"', { confirm: 'some' }, "true, false or 'all'"],
  ['confirm', '1', { confirm: 1 }, "true, false or 'all'"],
  ['rdapBootstrap', 'an object', { confirm: true, rdapBootstrap: new URL('file:///x') }, 'a string'],
  ['signal', 'an object', { signal: {} }, 'an AbortSignal'],
  ['signal', 'an object', { signal: new AbortController() }, 'an AbortSignal'],
  ['signal', 'null', { signal: null }, 'an AbortSignal'],
  ['options', 'null', null, 'an object'],
  ['options', '5', 5, 'an object'],
  ['options', '"127.0.0.1"', '127.0.0.1', 'an object'],
  ['options', 'an array', [], 'an object'],
  ['options', 'a function', () => {}, 'an object'],
];

describe.each(wrongTypes)('a value of the wrong type for %s, %s,', (name, got, options, expected) => {
  const error = new TypeError(`Expected \`${name}\` to be ${expected}, got ${got}`);
  const values = options as ProbeOptions;

  it('makes probeAll throw', () => {
    expect(() => probeAll([], values)).toThrow(error);
  });

  it('makes probe reject', async () => {
    await expect(probe('x.dev', values)).rejects.toThrow(error);
  });
});

describe.each([
  [{ server: ['192.0.2.1'] }, '`server`: did you mean `servers`?'],
  [{ timeOut: 3, confirm: true }, '`timeOut`: did you mean `timeout`?'],
  [{ rdapbootstrap: undefined }, '`rdapbootstrap`: did you mean `rdapBootstrap`?'],
  [{ '\x1b[2J': 1 }, expect.stringContaining('`\\x1b[2J`, which is none of servers, concurrency,')],
])('an option that is not known, as in %j,', (options, got) => {
  const values: ProbeOptions = options as object;
  const message = typeof got === 'string' ? `Expected options of blogdom, got ${got}` : got;
  const error = expect.objectContaining({ name: 'TypeError', message });

  it('makes probeAll throw', () => {
    expect(() => probeAll([], values)).toThrow(error);
  });

  it('makes probe reject', async () => {
    await expect(probe('x.dev', values)).rejects.toEqual(error);
  });
});

describe('names of the wrong type', () => {
  it.each([
    ['a string', 'x.dev', '"x.dev"'],
    ['null', null, 'null'],
    ['undefined', undefined, 'undefined'],
    ['a number', 5, '5'],
    ['an object', {}, 'an object'],
    ['a function', () => [], 'a function'],
  ])('make probeAll throw (%s)', (_what, names, got) => {
    expect(() => probeAll(names as unknown as string[])).toThrow(
      new TypeError(`Expected \`names\` to be an iterable or async iterable of names, got ${got}`),
    );
  });
});

describe('the options', () => {
  it.each<ProbeOptions>([
    { concurrency: 1, tries: 1, timeout: 0.001 },
    { concurrency: 10_000, tries: 100, timeout: 3600 },
    { canary: true },
    { confirm: false },
    { confirm: 'all', rdapBootstrap: 'https://rdap.example/dns.json' },
    {
      concurrency: undefined,
      servers: undefined,
      canary: undefined,
      signal: undefined,
    } as unknown as ProbeOptions,
    { servers: ['127.0.0.1', '[::1]:5353', 'tls://127.0.0.1', 'quad9', 'system'] },
  ])('can be %j', (options) => {
    expect(() => probeAll([], options)).not.toThrow();
  });

  it('limit the tries of one question with `timeout` and `tries`', async () => {
    const { address } = await serve(() => act.silent);
    const options = { servers: [address], timeout: 0.02, tries: 3, canary: false };
    expect(await probe('x.dev', options)).toMatchObject({
      status: 'unknown',
      reason: `no reply from udp://${address} in 3 tries`,
      tries: 3,
    });
  });

  it.runIf(host)('select getaddrinfo, which knows the hosts file, with `servers: [system]`', async () => {
    expect(await probe(`${host?.name}.`, { servers: ['system'] })).toMatchObject({
      status: 'live',
      server: 'system',
      addresses: expect.arrayContaining([host?.address]),
    });
  });
});
