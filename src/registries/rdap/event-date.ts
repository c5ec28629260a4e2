/** A date, with a time and an offset (RFC 3339 section 5.6) or without; with fewer signs than that (ISO 8601), or with more. */
const timestamp =
  /^(\d{4})([-/]?)(\d{2})\2(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?(?: ?(Z|UTC|GMT)|([+-]\d{2})(?::?(\d{2}))?)?(?:\[[\w/]+\])?)?$/i;

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
  if (match === null) return undefined;
  const [, year, , month, date, hours, minutes, seconds = '00', utc, offset, offsetMinutes = '00'] = match;
  const day = `${year}-${month}-${date}`;
  // The engine takes 30 February for 2 March.
  if (!isoDate(`${day}T00:00:00Z`).startsWith(day)) return undefined;
  if (hours === undefined) return day;
  const zone = utc === undefined && offset !== undefined ? `${offset}:${offsetMinutes}` : 'Z';
  // The engine knows no leap seconds (RFC 3339 section 5.7).
  const time = isoDate(`${day}T${hours}:${minutes}:${seconds.replace('60', '59')}${zone}`);
  if (time === '') return undefined;
  const hasZone = utc !== undefined || offset !== undefined;
  return hasZone && Number.parseInt(time, 10) <= lastYear ? time : day;
}

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
