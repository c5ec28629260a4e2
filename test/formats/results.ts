import fc from 'fast-check';
import type { FormatOptions, Reported } from '../../src/formats/format.js';
import { type FormatName, formats } from '../../src/formats/index.js';
import type { ProbeResult } from '../../src/probe/result.js';
import { anyString } from '../helpers/any-string.js';

/** A result without the fields that depend on the status. */
export const common = {
  word: 'is',
  tld: 'dev',
  name: 'is.dev',
  addresses: [],
  tries: 1,
  ms: 2,
  evidence: [],
};

/** A result with every field. Its keys are in an order that no format has. */
export const live: ProbeResult = {
  evidence: ['A: NOERROR, address', 'dev exists'],
  ms: 12.5,
  tries: 3,
  server: 'udp://192.0.2.1:53',
  rcode: 'NOERROR',
  addresses: ['192.0.2.7', '2001:db8::7'],
  reason: 'an alias',
  status: 'live',
  tld: 'dev',
  word: 'xn--bcher-kva',
  unicode: 'bücher.dev',
  name: 'xn--bcher-kva.dev',
};
export const absent: ProbeResult = { ...common, status: 'absent', rcode: 'NXDOMAIN' };
export const unknown: ProbeResult = { ...common, status: 'unknown', reason: 'no reply, 3 tries' };

/** A result that differs from an earlier one, and when that was seen: at half past seven in the morning, local time. */
export const changed: Reported = { ...live, was: 'absent', at: new Date(2026, 10, 6, 7, 30, 59) };

/** A name whose registration differs from an earlier one. */
export const moved: Reported = {
  ...common,
  status: 'taken',
  changes: {
    registration: { was: 'registered', is: 'redemption period' },
    expires: { was: '2026-12-24', is: '2027-12-24' },
  },
};

/** Any text, often with characters that a format has to quote or spell out. */
export const anyText = fc.oneof(
  anyString(),
  fc.string({ unit: fc.constantFrom(',', '"', '\n', '\r', ' ', 'a', '\x1b', '\u202e') }),
);

export const anyResult: fc.Arbitrary<ProbeResult> = fc.record(
  {
    name: anyText,
    unicode: anyText,
    word: anyText,
    tld: anyText,
    status: fc.constantFrom('live', 'taken', 'absent', 'unknown'),
    reason: anyText,
    registrar: anyText,
    created: anyText,
    expires: anyText,
    statuses: fc.array(anyText),
    addresses: fc.array(fc.oneof(fc.ipV4(), fc.ipV6())),
    rcode: anyText,
    server: anyText,
    tries: fc.nat(),
    ms: fc.double({ min: 0, max: 1e6, noNaN: true }),
    evidence: fc.array(anyText),
  },
  {
    requiredKeys: ['name', 'word', 'tld', 'status', 'reason', 'addresses', 'tries', 'ms', 'evidence'],
    noNullPrototype: true,
  },
);

/** Everything that a format prints for some results. */
export async function print(
  name: FormatName,
  results: readonly Reported[],
  options: Partial<FormatOptions> = {},
): Promise<string> {
  const format = await formats[name]({ color: false, ...options });
  if (!('line' in format)) throw new Error(`Expected a format of lines, got ${name}`);
  return format.header + results.map((result) => format.line(result)).join('');
}
