import { maximumNameLength, parseName } from '../../names/domain-name.js';
import { notableStates } from '../../probe/registration-state.js';
import { describeStatus, type HttpResponse } from '../../util/http.js';
import { isObject, parseJson } from '../../util/json.js';
import type { RegistryAnswer } from '../registry-answer.js';
import { readRegistration, statusesIn } from './registration.js';
import { readWords, type Words } from './words.js';

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
    if (!isObject(document) || !isError(document, status))
      return { failure: `${describeStatus(response)}, with a page that is not RDAP` };
    return isReserved(document) ? { ...reserved, hasNoRecord: true } : readDenial(readWords(document, name));
  }
  if (status !== 200) {
    const words = wordsAboutName(response, name);
    if (words === undefined) return { failure: describeStatus(response) };
    const answer = readDenial(words);
    return 'withheld' in answer ? answer : { failure: `its registry says: ${words.text}` };
  }
  if (!isObject(document) || !isDomain(document)) return { failure: `${host} did not answer in RDAP` };
  if (nameOf(document) !== name) return { failure: `${host} answered about another name` };
  if (isReserved(document)) return reserved;
  return { registered: true, state: stateOf(document['status']), registration: readRegistration(document) };
}

const reserved = { registered: false, withheld: 'reserved' } as const;

const isReserved = ({ status }: Readonly<Record<string, unknown>>): boolean =>
  statusesIn(status).includes('reserved');

/** What a 404 says, by its words: RFC 9083 section 6 has a title and a description for people. */
function readDenial(words: Words | undefined): RegistryAnswer {
  if (words === undefined) return { registered: false };
  const { meaning, text } = words;
  if (meaning === 'no answer' || meaning === 'invalid') return { failure: `its registry says: ${text}` };
  return meaning === 'withheld'
    ? { registered: false, withheld: text, hasNoRecord: true }
    : { registered: false, words: text };
}

/** The statuses whose words may concern the name. */
const refusals = [400, 401, 403, 451];

/** Returns the words of an error response that concern the name, and not whoever asks; undefined if there are none. */
export function wordsAboutName({ status, body }: HttpResponse, name: string): Words | undefined {
  const document = refusals.includes(status) ? parseJson(body.toString()) : undefined;
  if (!isObject(document) || !isError(document, status)) return undefined;
  const words = readWords(document, name);
  return words?.isAboutName && words.meaning !== 'no answer' ? words : undefined;
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

const isDomain = ({ objectClassName }: Readonly<Record<string, unknown>>): boolean =>
  typeof objectClassName === 'string' && objectClassName.toLowerCase() === 'domain';

/** Whether a document is an error response of this status (RFC 9083 section 6) and not a domain or another object. */
const isError = (
  { errorCode, rdapConformance, objectClassName }: Readonly<Record<string, unknown>>,
  status: number,
): boolean =>
  objectClassName === undefined &&
  (isNumber(errorCode, status) || (errorCode === undefined && Array.isArray(rdapConformance)));

/** Whether a value is this number, or the same in a text. */
const isNumber = (value: unknown, number: number): boolean => value === number || value === String(number);

function nameOf({ ldhName, unicodeName }: Readonly<Record<string, unknown>>): string | undefined {
  const text = typeof ldhName === 'string' ? ldhName : unicodeName;
  // The conversion to ASCII takes seconds for a text of a megabyte.
  if (typeof text !== 'string' || text.length > maximumCharacters) return undefined;
  const parsed = parseName(text.trim());
  return 'name' in parsed ? parsed.name : undefined;
}

function stateOf(status: unknown): string | undefined {
  const given = statusesIn(status);
  return notableStates.find((state) => given.includes(state));
}
