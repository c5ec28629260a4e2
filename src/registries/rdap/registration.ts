import type { Registration } from '../../probe/result.js';
import { isObject } from '../../util/json.js';
import { readDate } from './event-date.js';
import { registrarIn } from './registrar.js';

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

/**
 * Other names of these: EPP's (RFC 8056 section 2). Its others differ only in their spelling.
 */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['ok', 'active'],
  ['linked', 'associated'],
]);

/** The characters of a state at most, with the URL that some registries add. */
const longestStatus = 200;

/** The actions of events (RFC 9083 section 10.2.3), with what some servers write instead, in lower case. */
const actions = {
  registration: ['registration', 'registered', 'created', 'record created'],
  expiration: ['expiration', 'expires', 'expiry', 'record expires'],
} as const satisfies Record<string, readonly string[]>;

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
 * Returns the known states, in the words of RDAP, each of them once. Any other text from a server could contain control
 * characters.
 */
export function statusesIn(status: unknown): readonly string[] {
  const given = typeof status === 'string' ? [status] : itemsOf(status);
  const texts = given.flatMap((value) => (typeof value === 'string' ? [stateOf(value)] : []));
  return [...new Set(texts)].filter((text) => knownStatuses.has(text));
}

/** `redemptionPeriod`, `Redemption Period` and `redemptionPeriod https://icann.org/epp#redemptionPeriod` as RDAP has it. */
function stateOf(text: string): string {
  const [words = ''] = text.slice(0, longestStatus).split(/\s*\(?https?:/, 1);
  const state = words
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_-]/g, ' ')
    .toLowerCase();
  return otherNames.get(state) ?? state;
}

/** Returns the date of the first event with this action (RFC 9083 section 4.5). */
function dateOf(action: keyof typeof actions, events: unknown): string | undefined {
  const names: readonly string[] = actions[action];
  const isNamed = ({ eventAction }: Json) =>
    typeof eventAction === 'string' && names.includes(eventAction.trim().toLowerCase());
  const event = objectsIn(events).find(isNamed);
  return event && readDate(event['eventDate']);
}

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const objectsIn = (value: unknown): readonly Json[] => itemsOf(value).filter(isObject);
