import { parseName } from '../names/domain-name.js';
import { isObject } from './bootstrap.js';
import type { HttpAnswer } from './get.js';

/** What a registry says of a name. */
export type RegistryAnswer =
  | { readonly registered: true; readonly state: string | undefined }
  | { readonly registered: false }
  | { readonly failure: string };

/** The states that explain why the DNS does not have a registered name (RFC 8056 section 2), gravest first. */
const states = [
  'redemption period',
  'pending delete',
  'pending restore',
  'client hold',
  'server hold',
  'pending create',
  'inactive',
];

/** Reads the answer to an RDAP domain query (RFC 9083 sections 5.3 and 6) for a name in its ASCII form. */
export function readRegistryAnswer(answer: HttpAnswer, name: string): RegistryAnswer {
  if ('failure' in answer) return answer;
  const { status, body } = answer;
  const document = parse(body);
  if (status === 404) {
    const fromRegistry = body.trim() === '' || (isObject(document) && isError(document));
    return fromRegistry
      ? { registered: false }
      : { failure: 'a page that is no RDAP answer, with status 404' };
  }
  if (status !== 200) return { failure: `status ${status}` };
  if (!isObject(document) || document['objectClassName'] !== 'domain') return { failure: 'no RDAP answer' };
  if (nameOf(document) !== name) return { failure: "another name's registration" };
  return { registered: true, state: stateOf(document['status']) };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** An error response (RFC 9083 section 6), and no object beside it. */
const isError = ({
  errorCode,
  rdapConformance,
  objectClassName,
}: Readonly<Record<string, unknown>>): boolean =>
  objectClassName === undefined &&
  (errorCode === 404 || (errorCode === undefined && Array.isArray(rdapConformance)));

function nameOf({ ldhName, unicodeName }: Readonly<Record<string, unknown>>): string | undefined {
  const given = typeof ldhName === 'string' ? ldhName : unicodeName;
  if (typeof given !== 'string') return undefined;
  const parsed = parseName(given);
  return 'name' in parsed ? parsed.name : undefined;
}

/** Only states that are known are passed on: what else a server sends is not for the terminal. */
function stateOf(given: unknown): string | undefined {
  const said = Array.isArray(given) ? given.map((state) => String(state).toLowerCase()) : [];
  return states.find((state) => said.includes(state));
}
