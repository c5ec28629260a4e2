import type { Registration } from '../../probe/result.js';
import { isObject } from '../../util/json.js';
import { printable } from '../../util/printable.js';

type Json = Readonly<Record<string, unknown>>;

/** The values of the type `status` in IANA's registry "RDAP JSON Values" (RFC 9083 section 10.2.2). */
const knownStatuses: ReadonlySet<unknown> = new Set([
  ...['validated', 'renew prohibited', 'update prohibited', 'transfer prohibited', 'delete prohibited'],
  ...['proxy', 'private', 'removed', 'obscured', 'associated', 'active', 'inactive', 'locked'],
  ...['pending create', 'pending renew', 'pending transfer', 'pending update', 'pending delete'],
  ...['add period', 'auto renew period', 'renew period', 'transfer period', 'redemption period'],
  ...['client delete prohibited', 'client hold', 'client renew prohibited', 'client transfer prohibited'],
  ...['client update prohibited', 'pending restore', 'server delete prohibited', 'server renew prohibited'],
  ...['server transfer prohibited', 'server update prohibited', 'server hold', 'administrative', 'reserved'],
]);

/** The characters of the name of a registrar at most. */
const maximumNameLength = 200;

/** Reads what a domain object says about the registration (RFC 9083 section 5.3). Leaves out what makes no sense. */
export function readRegistration({ entities, events, status }: Json): Registration {
  const statuses = statusesIn(status);
  return {
    registrar: registrarIn(entities),
    created: dateOf('registration', events),
    expires: dateOf('expiration', events),
    statuses: statuses.length > 0 ? statuses : undefined,
  };
}

/**
 * Returns the known states, in lower case, each of them once. Any other text from a server could contain control
 * characters.
 */
export function statusesIn(status: unknown): readonly string[] {
  const texts = itemsOf(status).flatMap((value) => (typeof value === 'string' ? [value.toLowerCase()] : []));
  return [...new Set(texts)].filter((text) => knownStatuses.has(text));
}

/** Returns the date of the first event with this action (RFC 9083 section 4.5). */
function dateOf(action: string, events: unknown): string | undefined {
  const event = objectsIn(events).find(({ eventAction }) => eventAction === action);
  return event && utcDate(event['eventDate']);
}

/** A date and a time with an offset (RFC 3339 section 5.6). */
const timestamp = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/i;

/** Converts a time to UTC, without fractions of a second. */
function utcDate(value: unknown): string | undefined {
  const [text, day] = (typeof value === 'string' && timestamp.exec(value)) || [];
  if (text === undefined || day === undefined) return undefined;
  const time = new Date(text);
  // The engine takes 30 February for 2 March.
  const isReal = isoDate(new Date(`${day}T00:00:00Z`)).startsWith(day);
  return isReal && isoDate(time) !== '' ? isoDate(time) : undefined;
}

/** Returns an empty text for a date that is not valid. */
const isoDate = (time: Date): string =>
  Number.isNaN(time.getTime()) ? '' : time.toISOString().replace(/\.\d+Z$/, 'Z');

/** Returns the name of the first entity that is the registrar (RFC 9083 section 5.1). */
function registrarIn(entities: unknown): string | undefined {
  const registrar = objectsIn(entities).find(({ roles }) => itemsOf(roles).includes('registrar'));
  return registrar && formattedName(registrar['vcardArray']);
}

/** Returns the property `fn` of a vCard in JSON: `["vcard", [["fn", {}, "text", "Name"]]]` (RFC 7095 section 3.3). */
function formattedName(vcard: unknown): string | undefined {
  const [, properties] = itemsOf(vcard);
  const property = itemsOf(properties)
    .map(itemsOf)
    .find(([name]) => name === 'fn');
  const text = property?.[3];
  if (typeof text !== 'string') return undefined;
  const name = Array.from(printable(text.slice(0, maximumNameLength).replace(/\s+/g, ' ').trim()));
  return name.length > 0 ? name.slice(0, maximumNameLength).join('') : undefined;
}

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const objectsIn = (value: unknown): readonly Json[] => itemsOf(value).filter(isObject);
