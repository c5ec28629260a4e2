/** A date, with a time and an offset (RFC 3339 section 5.6) or without. */
const timestamp = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?( ?Z|[+-]\d{2}:?\d{2})?)?$/i;

/** The last year of four digits (RFC 3339 section 1). */
const lastYear = 9999;

/**
 * Reads the date of an event (RFC 9083 section 4.5).
 *
 * @returns the time in UTC, without fractions of a second; only the day if there is no time, no time zone, or no year of four
 * digits in UTC. Undefined if it is not a date.
 */
export function readDate(value: unknown): string | undefined {
  const match = typeof value === 'string' ? timestamp.exec(value.trim()) : null;
  const [text = '', day = '', zone] = match ?? [];
  // The engine takes 30 February for 2 March.
  if (!isoDate(`${day}T00:00:00Z`).startsWith(day) || day === '') return undefined;
  const isWholeDay = text.length === day.length;
  const time = isoDate(normal(text, zone));
  if (!isWholeDay && time === '') return undefined;
  const isKept = zone !== undefined && Number.parseInt(time, 10) <= lastYear;
  return isKept ? time : day;
}

/** Writes a time as the engine reads it: `2027-01-02 03:04:05+0200` as `2027-01-02T03:04:05+02:00`. */
const normal = (text: string, zone = 'Z'): string =>
  text.slice(0, 'yyyy-mm-ddThh:mm:ss'.length).replace(' ', 'T') +
  zone.trim().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');

/** Converts a time to UTC; returns an empty text if it is not valid. */
function isoDate(text: string): string {
  const time = new Date(text);
  return Number.isNaN(time.getTime())
    ? ''
    : time
        .toISOString()
        .replace(/\.\d+Z$/, 'Z')
        .replace(/^\+0*/, '');
}
