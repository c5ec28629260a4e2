import { unprintable } from '../util/printable.js';
import type { CreateFormat, PictureFormat, Reported } from './format.js';

/**
 * A calendar (RFC 5545) with an event on the day on which each registration expires. Its events have fixed identities, so a
 * calendar that is imported again replaces them.
 */
export const ics: CreateFormat<PictureFormat> = async ({ now = () => new Date() }) => {
  const expiring: Expiring[] = [];
  return {
    expect() {},
    leaveOut() {},
    add(result) {
      const day = dayOf(result.expires);
      if (day !== undefined) expiring.push({ ...eventOf(result), day });
    },
    finish() {
      const stamp = now()
        .toISOString()
        .replace(/[-:]|\.\d+/g, '');
      const events = expiring.toSorted((one, other) => Number(one.day) - Number(other.day));
      const lines = events.flatMap((event) => drawEvent(event, stamp));
      return [...head, ...lines, 'END:VCALENDAR'].map((line) => `${folded(line)}\r\n`).join('');
    },
  };
};

const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//blogdom//blogdom//EN'];

/** The texts of an event. */
interface EventTexts {
  /** The name in its ASCII form. */
  readonly name: string;
  readonly summary: string;
  /** Empty if there is nothing to say. */
  readonly description: string;
}

/** A registration, and the day on which it expires, as `20261224`. */
interface Expiring extends EventTexts {
  readonly day: string;
}

function eventOf({ name, unicode, registrar, statuses = [] }: Reported): EventTexts {
  const details = [registrar && `Registrar: ${registrar}`, statuses.join(', ')];
  return { name, summary: `${unicode ?? name} expires`, description: details.filter(Boolean).join('\n') };
}

function drawEvent({ name, day, summary, description }: Expiring, stamp: string): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:blogdom-expiry@${escaped(name)}`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${day}`,
    `SUMMARY:${escaped(summary)}`,
    ...(description === '' ? [] : [`DESCRIPTION:${escaped(description)}`]),
    // Nobody is busy on that day.
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

/** Returns the day of a time in UTC, as `20261224`; undefined if there is none, or it is not valid. */
function dayOf(time: string | undefined): string | undefined {
  const date = new Date(time ?? '');
  const [day] = (!Number.isNaN(date.getTime()) && /^\d{4}-\d\d-\d\d/.exec(date.toISOString())) || [];
  return day?.replaceAll('-', '');
}

/** Escapes a text (RFC 5545 section 3.3.11). Characters that it cannot have become spaces. */
const escaped = (text: string): string =>
  text
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replace(unprintable, ' ');

/** The most octets in a line, without its end. */
const maximumLine = 75;

/** Folds a line into several; each but the first begins with a space (RFC 5545 section 3.1). No character is cut in two. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const length = Buffer.byteLength(character);
    if (octets + length > maximumLine) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += length;
  }
  return [...parts, part].join('\r\n');
}
