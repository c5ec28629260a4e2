import type { Registration } from '../../probe/result.js';
import { isObject } from '../../util/json.js';
import { readDate } from './event-date.js';
import { registrarIn } from './registrar.js';

type Json = Readonly<Record<string, unknown>>;

/** The values of the type `status` in IANA's registry "RDAP JSON Values" (RFC 9083 section 10.2.2). */
const knownStatuses = [
  ...['validated', 'renew prohibited', 'update prohibited', 'transfer prohibited', 'delete prohibited'],
  ...['proxy', 'private', 'removed', 'obscured', 'associated', 'active', 'inactive', 'locked'],
  ...['pending create', 'pending renew', 'pending transfer', 'pending update', 'pending delete'],
  ...['add period', 'auto renew period', 'renew period', 'transfer period', 'redemption period'],
  ...['client delete prohibited', 'client hold', 'client renew prohibited', 'client transfer prohibited'],
  ...['client update prohibited', 'pending restore', 'server delete prohibited', 'server renew prohibited'],
  ...['server transfer prohibited', 'server update prohibited', 'server hold', 'administrative', 'reserved'],
];

/** The letters of a text, in lower case: `clientHold`, `Client Hold` and `client_hold` have the same. */
const lettersOf = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '');

/** The known statuses by their letters, and two that EPP calls otherwise (RFC 8056 section 2). */
const statusesByLetters: ReadonlyMap<string, string> = new Map([
  ...knownStatuses.map((status) => [lettersOf(status), status] as const),
  ['ok', 'active'],
  ['linked', 'associated'],
]);

/** The characters of a state at most, with the URL that some registries add. */
const longestStatus = 200;

/** The actions of events (RFC 9083 section 10.2.3), with what some servers write instead; see `actionOf`. */
const actions = {
  registration: ['registration', 'registered', 'created', 'creation'],
  expiration: ['expiration', 'expires', 'expiry'],
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
  const texts = [status].flat(2).flatMap((value) => (typeof value === 'string' ? value.split(/[,;]/) : []));
  return [...new Set(texts.flatMap((text) => stateOf(text) ?? []))];
}

/**
 * Reads a state: `redemptionPeriod`, `Redemption Period`, `redemptionPeriod https://icann.org/epp#redemptionPeriod` or the URL
 * alone. One such as `Reserved by the registry` is `reserved`.
 */
function stateOf(text: string): string | undefined {
  const [words = '', ...urls] = text.slice(0, longestStatus).split(/\(?https?:/);
  const letters = lettersOf(words) || lettersOf(urls.join('').replace(/^.*#/, ''));
  return statusesByLetters.get(letters) ?? (/(?<!un)reserved/.test(letters) ? 'reserved' : undefined);
}

/** Returns the first valid date of an event with this action (RFC 9083 section 4.5). */
function dateOf(action: keyof typeof actions, events: unknown): string | undefined {
  const names: readonly string[] = actions[action];
  const dated = objectsIn(events).filter(({ eventAction }) => names.includes(actionOf(eventAction)));
  const [date] = dated.flatMap(({ eventDate }) => readDate(eventDate) ?? []);
  return date;
}

/** Returns `expires` for `Record expires`, and `expiry` for `expiry_date`. */
const actionOf = (action: unknown): string =>
  typeof action === 'string' ? lettersOf(action).replace(/^record|date$/g, '') : '';

const objectsIn = (value: unknown): readonly Json[] => [value].flat().filter(isObject);
