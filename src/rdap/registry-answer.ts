import { parseName } from '../names/domain-name.js';
import type { HttpResult } from '../util/http.js';
import { isObject } from './bootstrap.js';

/** A registry's answer about a name, or the reason why there is none. */
export type RegistryAnswer =
  | {
      readonly registered: true;
      /** Why the name is absent from the DNS, if the registry says so. */
      readonly state: string | undefined;
    }
  | { readonly registered: false }
  | { readonly failure: string };

/**
 * The states that explain why a registered name is absent from the DNS (RFC 8056 section 2), the most serious
 * first.
 */
const states = [
  'redemption period',
  'pending delete',
  'pending restore',
  'client hold',
  'server hold',
  'pending create',
  'inactive',
];

/**
 * Reads the response to an RDAP domain query (RFC 9083 sections 5.3 and 6).
 *
 * @param name the name that was asked for, in its ASCII form.
 */
export function readRegistryAnswer(result: HttpResult, name: string): RegistryAnswer {
  if ('failure' in result) return { failure: result.failure };
  const { status } = result;
  const body = result.body.toString();
  const document = parse(body);
  if (status === 404) {
    const isFromRegistry = body.trim() === '' || (isObject(document) && isError(document));
    return isFromRegistry ? { registered: false } : { failure: 'status 404 with a page that is not RDAP' };
  }
  if (status !== 200) return { failure: `status ${status}` };
  if (!isObject(document) || document['objectClassName'] !== 'domain')
    return { failure: 'not an RDAP answer' };
  if (nameOf(document) !== name) return { failure: 'an answer about another name' };
  return { registered: true, state: stateOf(document['status']) };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Whether a document is an error response (RFC 9083 section 6) and not a domain or another object. */
const isError = ({
  errorCode,
  rdapConformance,
  objectClassName,
}: Readonly<Record<string, unknown>>): boolean =>
  objectClassName === undefined &&
  (errorCode === 404 || (errorCode === undefined && Array.isArray(rdapConformance)));

function nameOf({ ldhName, unicodeName }: Readonly<Record<string, unknown>>): string | undefined {
  const text = typeof ldhName === 'string' ? ldhName : unicodeName;
  if (typeof text !== 'string') return undefined;
  const parsed = parseName(text);
  return 'name' in parsed ? parsed.name : undefined;
}

/** Returns only known states, because any other text from a server could contain control characters. */
function stateOf(status: unknown): string | undefined {
  const given = Array.isArray(status) ? status.map((state) => String(state).toLowerCase()) : [];
  return states.find((state) => given.includes(state));
}
