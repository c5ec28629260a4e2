import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import type { Reported } from '../../src/formats/format.js';
import { ics } from '../../src/formats/ics.js';
import type { ProbeResult } from '../../src/probe/result.js';
import { absent, anyText, common } from './results.js';

const registered: ProbeResult = { ...common, status: 'live', addresses: ['192.0.2.1'] };
const now = () => new Date('2026-11-26T07:30:59.123Z');

/** The calendar of some results. */
async function calendarOf(results: readonly Reported[]): Promise<string> {
  const format = await ics({ color: false, now });
  for (const result of results) format.add(result);
  return format.finish(undefined);
}

/** The events of a calendar, as another program reads them. */
function eventsIn(calendar: string): readonly ICAL.Event[] {
  const component = new ICAL.Component(ICAL.parse(calendar));
  expect(component.name).toBe('vcalendar');
  return component
    .getAllSubcomponents('vevent')
    .map((event) => new ICAL.Event(event, { strictExceptions: true }));
}

/** Whether no character is cut in two. */
const isWellFormed = (text: string): boolean => Buffer.from(text).toString() === text;

describe('the format ics', () => {
  it('has an event of a whole day for each registration that expires', async () => {
    const details = {
      expires: '2026-12-24T22:00:00Z',
      registrar: 'Foo, Inc.',
      statuses: ['active', 'client hold'],
    };
    expect(await calendarOf([{ ...registered, ...details }, absent])).toBe(
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//blogdom//blogdom//EN',
        'BEGIN:VEVENT',
        'UID:blogdom-expiry@is.dev',
        'DTSTAMP:20261126T073059Z',
        'DTSTART;VALUE=DATE:20261224',
        'SUMMARY:is.dev expires',
        'DESCRIPTION:Registrar: Foo\\, Inc.\\nactive\\, client hold',
        'TRANSP:TRANSPARENT',
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\r\n'),
    );
  });

  it('has no event of a name that is not registered, or whose expiry is not known or not a date', async () => {
    const results = [undefined, '', 'soon', '+012026-01-01T00:00:00Z'].map((expires) => ({
      ...registered,
      expires,
    }));
    const calendar = await calendarOf([absent, ...results]);
    expect(eventsIn(calendar)).toEqual([]);
    expect(calendar).toBe(
      'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//blogdom//blogdom//EN\r\nEND:VCALENDAR\r\n',
    );
  });

  it('has the events in the order of their days, and names in Unicode', async () => {
    const results = [
      { ...registered, name: 'xn--bcher-kva.dev', unicode: 'bücher.dev', expires: '2027-02-28T00:00:00Z' },
      { ...registered, expires: '2026-12-31T23:59:59Z' },
    ];
    const events = eventsIn(await calendarOf(results));
    expect(events.map(({ summary, uid }) => [summary, uid])).toEqual([
      ['is.dev expires', 'blogdom-expiry@is.dev'],
      ['bücher.dev expires', 'blogdom-expiry@xn--bcher-kva.dev'],
    ]);
    expect(events.map(({ startDate, endDate }) => `${startDate} ${endDate} ${startDate.isDate}`)).toEqual([
      '2026-12-31 2027-01-01 true',
      '2027-02-28 2027-03-01 true',
    ]);
  });

  it('keeps the identity of an event when its day changes', async () => {
    const calendars = await Promise.all(
      ['2026-12-24', '2027-12-24'].map((day) => calendarOf([{ ...registered, expires: `${day}T00:00:00Z` }])),
    );
    expect(new Set(calendars.flatMap(eventsIn).map(({ uid }) => uid)).size).toBe(1);
  });

  it('has lines of at most 75 octets that end in CRLF, and can be read back, whatever a registry says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(anyText, fc.string({ unit: 'grapheme', minLength: 60 })),
        async (registrar) => {
          const calendar = await calendarOf([{ ...registered, expires: '2026-12-24T00:00:00Z', registrar }]);
          expect(calendar).toMatch(/^(?:[^\r\n]+\r\n)+$/);
          const lines = calendar.split('\r\n');
          for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(lines.every(isWellFormed)).toBe(isWellFormed(registrar));
          const [event] = eventsIn(calendar);
          const shown = `Registrar: ${registrar}`.replace(
            /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu,
            ' ',
          );
          expect(event?.description).toBe(registrar === '' ? null : shown);
        },
      ),
    );
  });
});
