import { describe, expect, it } from 'vitest';
import { type ProbeOptions, probe, probeAll } from '../../src/index.js';
import { serverForms } from '../../src/probe/servers.js';

const refused: readonly (readonly [ProbeOptions, string])[] = [
  ...[0, -1, 1.5, 10_001, Number.NaN, Number.POSITIVE_INFINITY].map(
    (concurrency) =>
      [
        { concurrency },
        `Expected \`concurrency\` to be a whole number from 1 to 10000, got ${concurrency}`,
      ] as const,
  ),
  ...[0, -1, 2.5, 101, Number.NaN].map(
    (tries) => [{ tries }, `Expected \`tries\` to be a whole number from 1 to 100, got ${tries}`] as const,
  ),
  ...[0, -0.1, 3600.5, Number.NaN, Number.POSITIVE_INFINITY].map(
    (timeout) => [{ timeout }, `Expected \`timeout\` to be above 0, up to 3600, got ${timeout}`] as const,
  ),
  [{ servers: [] }, 'Expected `servers` to be at least one server, got none'],
  ...['', 'localhost', '127.0.0.1:0', '127.0.0.1:65536', '[127.0.0.1]:53', 'ftp://127.0.0.1'].map(
    (server) =>
      [
        { servers: ['127.0.0.1', server] },
        `Expected \`servers\` to be ${serverForms}, got ${server}`,
      ] as const,
  ),
];

describe.each(refused)('%j', (options, message) => {
  it('is refused by probeAll at once, before a name is taken', () => {
    const taken: string[] = [];
    const names = (function* () {
      taken.push('x.dev');
      yield 'x.dev';
    })();
    expect(() => probeAll(names, options)).toThrow(new RangeError(message));
    expect(taken).toEqual([]);
  });

  it('is refused by probe', async () => {
    await expect(probe('x.dev', options)).rejects.toThrow(new RangeError(message));
  });
});

it.each([
  { concurrency: 1, tries: 1, timeout: 0.001 },
  { concurrency: 10_000, tries: 100, timeout: 3600 },
  { canary: false },
  { canary: true },
  { servers: ['127.0.0.1', '[::1]:5353', '::1', 'udp://127.0.0.1:5353', 'tcp://127.0.0.1', 'system'] },
  { servers: ['tls://127.0.0.1', 'https://dns.example/dns-query', 'cloudflare', 'google', 'quad9'] },
])('%j is in range', async (options) => {
  const results = probeAll([], options);
  expect(await results.next()).toEqual({ done: true, value: undefined });
});
