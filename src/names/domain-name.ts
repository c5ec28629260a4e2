import { domainToASCII, domainToUnicode } from 'node:url';
import { parseUrl } from '../util/parse-url.js';
import { quoted } from '../util/printable.js';

/** A valid domain name. */
export interface DomainName {
  /** Lower case, in its ASCII form. */
  readonly name: string;
  /** The same name in Unicode, if that differs. */
  readonly unicode?: string | undefined;
}

/** The reason why a text was rejected. */
export interface Problem {
  /** One line: what was expected, what was got, and what is wrong with it. */
  readonly problem: string;
}

/** Maximum number of octets in a name, without the root's dot (RFC 1035 section 2.3.4). */
export const maximumNameLength = 253;
/** Maximum number of octets in a label (RFC 1035 section 2.3.4). */
export const maximumLabelLength = 63;

/** A non-numeric suffix keeps the URL parser from reading an IPv4 address. */
const suffix = '.invalid';

/** A trailing dot, or one of its IDNA equivalents (UTS #46 section 4, RFC 3490 section 3.1). */
const trailingDot = /[.\u3002\uff0e\uff61]$/u;

/** Matches nearly all names that need no conversion: plain labels, the last of which begins with a letter. */
const plainName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9]{0,62})$/;

/** The ASCII characters that no name contains; some of them would start or end another part of a URL. */
const forbidden = /[\0-,/:-@[-`{-\x7f]/;

/**
 * Lower-cases a word or a domain name, converts it to its ASCII form (IDNA, as in UTS #46 and the WHATWG URL Standard)
 * and checks it as a host name (RFC 952, RFC 1123 section 2.1, RFC 5891 section 4.2.3.1). One trailing dot is dropped.
 */
export function parseName(text: string): DomainName | Problem {
  if (plainName.test(text) && text.length <= maximumNameLength && !text.includes('--')) {
    return { name: text, unicode: undefined };
  }
  const undotted = text.replace(trailingDot, '');
  const checked = check(undotted);
  if (typeof checked === 'object') return checked;
  const why = (forbidden.test(undotted) ? meantBy(undotted) : undefined) ?? checked;
  return { problem: `expected a word or a domain name, got ${quoted(text)}: ${why}` };
}

/** Returns the name, or what is wrong with it. */
function check(text: string): DomainName | string {
  const name = toASCII(text);
  if (name === undefined) return conversionError(text);
  const error = nameError(name);
  if (error !== undefined) return error;
  if (!name.includes('xn--')) return { name, unicode: undefined };
  const unicode = toUnicode(name);
  return unicodeError(name, unicode) ?? { name, unicode: unicode === name ? undefined : unicode };
}

function toASCII(text: string): string | undefined {
  const lower = text.toLowerCase();
  if (/^[a-z0-9.-]*$/.test(lower) && !lower.includes('xn--')) return lower;
  if (forbidden.test(lower)) return undefined;
  const converted = domainToASCII(text + suffix);
  return converted.endsWith(suffix) ? converted.slice(0, -suffix.length) : undefined;
}

const toUnicode = (name: string): string => domainToUnicode(name + suffix).slice(0, -suffix.length);

const notInternationalized = 'it is not a valid internationalized name (IDNA)';
const onlyAllowed = 'only letters, digits and hyphens are allowed';

function conversionError(text: string): string {
  const character = forbidden.exec(text)?.[0];
  return character === undefined ? notInternationalized : `${onlyAllowed}, not ${quoted(character)}`;
}

const isName = (text: string): boolean => typeof check(text.trim()) === 'object';

/** Says what a text with characters that no name has probably means; undefined if nothing is likely. */
function meantBy(text: string): string | undefined {
  const host = hostOf(text);
  if (host !== undefined) return `did you mean ${host}?`;
  if (text.startsWith('*.') && isName(text.slice(2)))
    return `"*." stands for all names below ${text.slice(2)}: did you mean ${text.slice(2)}?`;
  const columns = text.split(/[,;\t]/);
  return columns.length > 1 && columns.every(isName)
    ? `it has ${columns.length} columns: expected one name`
    : undefined;
}

/** The host in a pasted URL, or in a host name with a user, port or path. */
function hostOf(text: string): string | undefined {
  const url = parseUrl(text.includes('://') ? text : `http://${text}`);
  if (url === undefined) return undefined;
  const checked = check(url.hostname.replace(trailingDot, ''));
  return typeof checked === 'object' && checked.name.includes('.') ? checked.name : undefined;
}

function nameError(name: string): string | undefined {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return 'this is an IP address';
  if (name.length > maximumNameLength) {
    return `it is ${name.length} octets long, and a name may have at most ${maximumNameLength}`;
  }
  return firstError(name, labelError);
}

/** Rejects Punycode that does not convert to Unicode and back to itself. The rules for hyphens also apply in Unicode. */
function unicodeError(name: string, unicode: string): string | undefined {
  // Node 24 and later leave labels as they are that they cannot convert.
  const isConverted = toASCII(unicode) === name && !/(?:^|\.)xn--/.test(unicode);
  return isConverted ? firstError(unicode, hyphenError) : notInternationalized;
}

function firstError(name: string, errorOf: (label: string) => string | undefined): string | undefined {
  return name
    .split('.')
    .map(errorOf)
    .find((error) => error !== undefined);
}

function labelError(label: string): string | undefined {
  if (label === '') return 'it has an empty label';
  if (label.length > maximumLabelLength) {
    return `one label is ${label.length} octets long, and a label may have at most ${maximumLabelLength}`;
  }
  if (/[^a-z0-9-]/.test(label)) return onlyAllowed;
  if (label === 'xn--') return notInternationalized;
  return hyphenError(label);
}

function hyphenError(label: string): string | undefined {
  if (label.startsWith('-') || label.endsWith('-'))
    return 'a label must begin and end with a letter or a digit';
  if (label.startsWith('--', 2) && !label.startsWith('xn')) {
    return 'the third and fourth characters of a label may be "--" only after "xn"';
  }
  return undefined;
}
