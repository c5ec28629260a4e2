import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv } from '../../src/formats/csv.js';
import { printable } from '../../src/util/printable.js';
import { absent, anyResult, live, moved, print, unknown } from './results.js';

describe('the csv format', () => {
  const header = 'name,word,tld,status,reason,addresses,rcode,server,tries,ms\n';

  it('prints a header, and an empty field for a missing value', async () => {
    expect(await print('csv', [live, absent])).toBe(
      `${header}xn--bcher-kva.dev,xn--bcher-kva,dev,live,an alias,192.0.2.7 2001:db8::7,` +
        'NOERROR,udp://192.0.2.1:53,3,12.5\n' +
        'is.dev,is,dev,absent,,,NXDOMAIN,,1,2\n',
    );
  });

  it('has the columns was and at if results are compared, and compared again and again', async () => {
    const at = new Date(Date.UTC(2026, 10, 6, 7, 30));
    const since = await print('csv', [{ ...absent, was: 'live' }, absent], { compared: true });
    expect(since.replaceAll(/(,[^,\n]*){5}$/gm, '')).toBe(
      'name,word,tld,status,was,reason\nis.dev,is,dev,absent,live,\nis.dev,is,dev,absent,,\n',
    );
    const watched = await print('csv', [{ ...absent, was: 'live', at }, absent], {
      compared: true,
      timed: true,
    });
    expect(watched.replaceAll(/(,[^,\n]*){5}$/gm, '')).toBe(
      'name,word,tld,status,was,at,reason\n' +
        'is.dev,is,dev,absent,live,2026-11-06T07:30:00.000Z,\nis.dev,is,dev,absent,,,\n',
    );
  });

  it('has the column changes if registrations are compared', async () => {
    const printed = await print('csv', [moved, absent], { compared: true, registrationsCompared: true });
    expect(printed.replaceAll(/(,[^,\n]*){5}$/gm, '')).toBe(
      'name,word,tld,status,was,changes,reason\n' +
        'is.dev,is,dev,taken,,registered -> redemption period; expires 2026-12-24 -> 2027-12-24,\n' +
        'is.dev,is,dev,absent,,,\n',
    );
  });

  it.each([
    ['quotes a field with a comma', 'no reply, 3 tries', '"no reply, 3 tries"'],
    ['quotes a field with a quote', 'said "no"', '"said ""no"""'],
    ['spells out what a terminal would obey', 'a\nb\x1b', 'a\\x0ab\\x1b'],
    ['puts a quote before what a spreadsheet would calculate', '=1+1', "'=1+1"],
    ['does not quote any other field', " it's; a=b ", " it's; a=b "],
  ])('%s', async (_, reason, field) => {
    expect(await print('csv', [{ ...unknown, reason }])).toBe(
      `${header}is.dev,is,dev,unknown,${field},,,,1,2\n`,
    );
  });

  it('prints records from which the results can be parsed', async () => {
    const format = await csv({ color: true });
    fc.assert(
      fc.property(fc.array(anyResult, { maxLength: 3 }), (results) => {
        const records = readCsv(format.header + results.map((result) => format.line(result)).join(''));
        expect(records).toEqual([
          header.trimEnd().split(','),
          ...results.map((result) => [
            ...[result.name, result.word, result.tld, result.status, result.reason ?? ''].map(shown),
            result.addresses.join(' '),
            shown(result.rcode ?? ''),
            shown(result.server ?? ''),
            `${result.tries}`,
            `${result.ms}`,
          ]),
        ]);
      }),
    );
  });
});

const shown = (text: string): string => printable(text).replace(/^(?=[=+@-])/, "'");

/** Parses records as in RFC 4180 section 2, but with LF for CRLF; throws if the text does not follow its grammar. */
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
