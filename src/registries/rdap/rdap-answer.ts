import { maximumNameLength, parseName } from '../../names/domain-name.js';
import { notableStates } from '../../probe/registration-state.js';
import { describeStatus, type HttpResponse } from '../../util/http.js';
import { isObject, parseJson } from '../../util/json.js';
import type { RegistryAnswer } from '../registry-answer.js';
import { readRegistration, statusesIn } from './registration.js';

/** No name has more characters than this, in ASCII or in Unicode. */
const maximumCharacters = 4 * maximumNameLength;

/**
 * Reads the response to an RDAP domain query (RFC 9083 sections 5.3 and 6).
 *
 * @param name the name that was asked for, in its ASCII form.
 * @returns undefined for a 404 without a body (RFC 7480 section 5.3). It does not show that the server speaks RDAP.
 */
export function readRdapAnswer(response: HttpResponse, name: string): RegistryAnswer | undefined {
  const { status, host } = response;
  const body = response.body.toString();
  const document = parseJson(body);
  if (status === 404) {
    if (body.trim() === '') return undefined;
    return isObject(document) && isError(document)
      ? { registered: false }
      : { failure: `${describeStatus(response)}, with a page that is not RDAP` };
  }
  if (status !== 200) return { failure: describeStatus(response) };
  if (!isObject(document) || document['objectClassName'] !== 'domain')
    return { failure: `${host} did not answer in RDAP` };
  if (nameOf(document) !== name) return { failure: `${host} answered about another name` };
  return { registered: true, state: stateOf(document['status']), registration: readRegistration(document) };
}

/** Whether this is the response to a help query (RFC 9083 sections 4.1 and 7), which only a server that speaks RDAP sends. */
export function isHelp({ status, body }: HttpResponse): boolean {
  if (status !== 200) return false;
  const document = parseJson(body.toString());
  if (!isObject(document) || document['objectClassName'] !== undefined) return false;
  const { rdapConformance, errorCode } = document;
  return (
    errorCode === undefined &&
    Array.isArray(rdapConformance) &&
    rdapConformance.some(
      (identifier) => typeof identifier === 'string' && /^rdap_level_\d+$/.test(identifier),
    )
  );
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
  // The conversion to ASCII takes seconds for a text of a megabyte.
  if (typeof text !== 'string' || text.length > maximumCharacters) return undefined;
  const parsed = parseName(text);
  return 'name' in parsed ? parsed.name : undefined;
}

function stateOf(status: unknown): string | undefined {
  const given = statusesIn(status);
  return notableStates.find((state) => given.includes(state));
}
