import type { Recorded } from '../formats/format.js';
import { maximumNameLength } from '../names/domain-name.js';
import { type ProbeResult, type Status, statuses } from '../probe/result.js';
import { isObject, parseJson } from '../util/json.js';

/**
 * Parses a line that the format `json` has written. Unknown keys are ignored. Other keys than `name` and `status` may be
 * missing, as in lines of another version.
 *
 * @returns undefined if the line is not a result.
 */
export function parseResult(line: string): Recorded | undefined {
  const value = parseJson(line);
  if (!isObject(value)) return undefined;
  const { name, unicode, word, tld, reason, forSale, addresses, rcode, server, tries, ms, evidence } = value;
  const { registrar, created, expires, statuses: states, lastKnown, lastRegistration } = value;
  const status = statusOf(value['status']);
  const lastStatus = statusOf(lastKnown);
  if (status === undefined || !isString(name) || !isName(name)) return undefined;
  if (lastKnown !== undefined && lastStatus === undefined) return undefined;
  if (!isRegistration(lastRegistration)) return undefined;
  const dot = name.lastIndexOf('.');
  if (!isText(unicode) || !isText(word) || !isText(tld) || !isText(reason)) return undefined;
  if (!isText(rcode) || !isText(server) || !isNumber(tries) || !isNumber(ms)) return undefined;
  if (!isOffer(forSale)) return undefined;
  if (!isTexts(addresses) || !isTexts(evidence)) return undefined;
  if (!isText(registrar) || !isText(created) || !isText(expires) || !isTexts(states)) return undefined;
  const common = {
    name,
    unicode,
    word: word ?? name.slice(0, Math.max(dot, 0)),
    tld: tld ?? name.slice(dot + 1),
    addresses: addresses ?? [],
    ...(forSale && { forSale }),
    rcode,
    server,
    tries: tries ?? 0,
    ms: ms ?? 0,
    evidence: evidence ?? [],
    ...{ registrar, created, expires, statuses: states },
    ...(lastStatus && { lastKnown: lastStatus }),
    ...(lastRegistration && { lastRegistration }),
  };
  return status === 'unknown' ? { ...common, status, reason: reason ?? '' } : { ...common, status, reason };
}

const statusOf = (value: unknown): Status | undefined => statuses.find((known) => known === value);

const isRegistration = (value: unknown): value is Recorded['lastRegistration'] =>
  value === undefined || (isObject(value) && isText(value['state']) && isText(value['expires']));

const isString = (value: unknown): value is string => typeof value === 'string';

/** Names are in their ASCII form. */
const isName = (name: string): boolean => name.length <= maximumNameLength && /^[!-~]+$/.test(name);

const isText = (value: unknown): value is string | undefined =>
  value === undefined || typeof value === 'string';

const isOffer = (value: unknown): value is ProbeResult['forSale'] =>
  value === undefined ||
  (isObject(value) && isText(value['price']) && isText(value['link']) && isText(value['text']));

const isNumber = (value: unknown): value is number | undefined =>
  value === undefined || typeof value === 'number';

const isTexts = (value: unknown): value is readonly string[] | undefined =>
  value === undefined || (Array.isArray(value) && value.every(isString));
