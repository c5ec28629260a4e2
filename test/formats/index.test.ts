import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type FormatName, formatNames, formats } from '../../src/formats/index.js';
import type { ProbeResult } from '../../src/probe/result.js';

const asked = { word: 'is', tld: 'dev', name: 'is.dev', addresses: [], tries: 1, ms: 2, evidence: [] };
const live: ProbeResult = {
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
const taken: ProbeResult = { ...asked, status: 'taken', reason: 'an alias to nowhere' };
const absent: ProbeResult = { ...asked, status: 'absent', rcode: 'NXDOMAIN' };
const unknown: ProbeResult = { ...asked, status: 'unknown', reason: 'no reply, 3 tries' };

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(',', '"', '\n', '\r', ' ', 'a', '\x1b', '\u202e') }),
);
const anyResult: fc.Arbitrary<ProbeResult> = fc.record(
  {
    name: anyText,
    unicode: anyText,
    word: anyText,
    tld: anyText,
    status: fc.constantFrom('live', 'taken', 'absent', 'unknown'),
    reason: anyText,
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

async function lines(name: FormatName, results: readonly ProbeResult[], color = false): Promise<string> {
  const format = await formats[name]({ color });
  return format.header + results.map((result) => format.line(result)).join('');
}

test('the formats are those of the contract, the default first', () => {
  expect(formatNames).toEqual(['text', 'names', 'json', 'csv']);
});

describe('text', () => {
  afterEach(() => {
    vi.doUnmock('chalk');
    vi.resetModules();
  });

  test('is the mark, the name and the reason where there is one', async () => {
    expect(await lines('text', [live, taken, absent, unknown])).toBe(
      '+ xn--bcher-kva.dev  an alias\n' +
        '~ is.dev  an alias to nowhere\n' +
        '  is.dev\n' +
        '? is.dev  no reply, 3 tries\n',
    );
  });

  test('leaves no room for an empty reason', async () => {
    expect(await lines('text', [{ ...live, reason: '' }])).toBe('+ xn--bcher-kva.dev\n');
  });

  test('with color, paints the name by its status and leaves the mark to grep', async () => {
    expect(await lines('text', [live, taken, absent, unknown], true)).toBe(
      '+ \x1b[32mxn--bcher-kva.dev\x1b[39m  an alias\n' +
        '~ \x1b[33mis.dev\x1b[39m  an alias to nowhere\n' +
        '  \x1b[2mis.dev\x1b[22m\n' +
        '? \x1b[31mis.dev\x1b[39m  no reply, 3 tries\n',
    );
  });

  test('without its color codes, is the same text', async () => {
    const results = [live, taken, absent, unknown];
    expect(stripVTControlCharacters(await lines('text', results, true))).toBe(await lines('text', results));
  });

  test('loads chalk for color only', async () => {
    vi.doMock('chalk', () => {
      throw new Error('chalk is loaded');
    });
    vi.resetModules();
    const { text } = await import('../../src/formats/text.js');
    await expect(text({ color: false })).resolves.toBeDefined();
    await expect(text({ color: true })).rejects.toThrow();
  });

  test('shows control characters of a reason and does not send them', async () => {
    expect(await lines('text', [{ ...unknown, reason: 'said\n+ is.dev\x1b[2K\u202e' }])).toBe(
      '? is.dev  said\\x0a+ is.dev\\x1b[2K\\u{202e}\n',
    );
  });

  test('is one line of printable characters, whatever the reason', async () => {
    const format = await formats.text({ color: false });
    fc.assert(
      fc.property(anyText, (reason) => {
        expect(format.line({ ...unknown, reason })).toMatch(
          /^[^\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]*\n$/u,
        );
      }),
    );
  });
});

describe('names', () => {
  test('is the name alone, colored never', async () => {
    expect(await lines('names', [live, absent], true)).toBe('xn--bcher-kva.dev\nis.dev\n');
  });
});

describe('json', () => {
  test('has its keys in one order, whatever the order in the result', async () => {
    expect(await lines('json', [live])).toBe(
      '{"name":"xn--bcher-kva.dev","unicode":"bücher.dev","word":"xn--bcher-kva","tld":"dev",' +
        '"status":"live","reason":"an alias","addresses":["192.0.2.7","2001:db8::7"],' +
        '"rcode":"NOERROR","server":"udp://192.0.2.1:53","tries":3,"ms":12.5,"evidence":["A: NOERROR, address","dev exists"]}\n',
    );
  });

  test('leaves out keys without a value, but never the addresses or the evidence', async () => {
    expect(await lines('json', [{ ...asked, status: 'absent' }])).toBe(
      '{"name":"is.dev","word":"is","tld":"dev","status":"absent","addresses":[],"tries":1,"ms":2,"evidence":[]}\n',
    );
  });

  test('gives back what it was given, on one line', async () => {
    const format = await formats.json({ color: true });
    fc.assert(
      fc.property(anyResult, (result) => {
        const line = format.line(result);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(JSON.parse(line)).toEqual(result);
      }),
    );
  });
});

describe('csv', () => {
  const header = 'name,word,tld,status,reason,addresses,rcode,server,tries,ms\n';

  test('has a header, and an empty field where there is no value', async () => {
    expect(await lines('csv', [live, absent])).toBe(
      `${header}xn--bcher-kva.dev,xn--bcher-kva,dev,live,an alias,192.0.2.7 2001:db8::7,` +
        'NOERROR,udp://192.0.2.1:53,3,12.5\n' +
        'is.dev,is,dev,absent,,,NXDOMAIN,,1,2\n',
    );
  });

  test.each([
    ['a comma', 'no reply, 3 tries', '"no reply, 3 tries"'],
    ['a quote', 'said "no"', '"said ""no"""'],
    ['a line feed', 'a\nb', '"a\nb"'],
    ['a carriage return', 'a\rb', '"a\rb"'],
    ['none of these', " it's; a\tb ", " it's; a\tb "],
  ])('quotes a field only where it must: %s', async (_, reason, field) => {
    expect(await lines('csv', [{ ...unknown, reason }])).toBe(
      `${header}is.dev,is,dev,unknown,${field},,,,1,2\n`,
    );
  });

  test('gives back what it was given', async () => {
    const format = await formats.csv({ color: true });
    fc.assert(
      fc.property(fc.array(anyResult, { maxLength: 3 }), (results) => {
        const records = readCsv(format.header + results.map((result) => format.line(result)).join(''));
        expect(records).toEqual([
          header.trimEnd().split(','),
          ...results.map((result) => [
            result.name,
            result.word,
            result.tld,
            result.status,
            result.reason ?? '',
            result.addresses.join(' '),
            result.rcode ?? '',
            result.server ?? '',
            `${result.tries}`,
            `${result.ms}`,
          ]),
        ]);
      }),
    );
  });
});

/** Reads the records of RFC 4180 section 2, with LF for CRLF; throws on all that its grammar does not know. */
function readCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let position = 0;
  while (position < text.length) {
    const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))([,\n])/y;
    field.lastIndex = position;
    const found = field.exec(text);
    if (!found) throw new Error(`no field at ${position}`);
    record.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === '\n') {
      records.push(record);
      record = [];
    }
    position = field.lastIndex;
  }
  if (record.length > 0) throw new Error('the last line does not end');
  return records;
}
