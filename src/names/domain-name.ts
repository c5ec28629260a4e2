import { domainToASCII, domainToUnicode } from 'node:url';
import { quoted } from '../util/printable.js';

/** A name that can be asked for, or what is wrong with the text. */
export type ParsedName =
  | {
      /** Lower-case, in its ASCII form. */
      readonly name: string;
      /** The same in Unicode, where it differs. */
      readonly unicode?: string | undefined;
    }
  | {
      /** One line: what was expected and what was got. */
      readonly problem: string;
    };

const maximumNameLength = 253;
const maximumLabelLength = 63;

/** Behind a suffix that is no number nothing is taken for an IPv4 address, as WHATWG's host parser would. */
const guard = '.invalid';

/** What stands for a dot in IDNA (UTS #46 section 4, RFC 3490 section 3.1). */
const finalDot = /[.\u3002\uff0e\uff61]$/u;

/** What nearly every text is, and needs no more looking at: plain labels, the last of which begins with a letter. */
const usual = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9]{0,62})$/;

/** Characters of ASCII that no name has; some would end or begin another part of a URL. */
const foreign = /[\0-,/:-@[-`{-\x7f]/;

/**
 * Lower-cases a word or a domain name, converts it to its ASCII form (IDNA, as UTS #46 and the WHATWG URL
 * Standard have it) and checks it as a host name (RFC 952, RFC 1123 section 2.1, RFC 5891 section 4.2.3.1).
 * One dot at the very end is dropped.
 */
export function parseName(text: string): ParsedName {
  if (usual.test(text) && text.length <= maximumNameLength && !text.includes('--'))
    return { name: text, unicode: undefined };
  const typed = text.replace(finalDot, '');
  const { name, unicode, fault } = examine(typed);
  if (name !== undefined && fault === undefined) return { name, unicode };
  const host = foreign.test(typed) ? hostOf(typed) : undefined;
  const why = host === undefined ? fault : `did you mean ${host}?`;
  return { problem: `expected a word or a domain name, got ${quoted(text)}: ${why}` };
}

/** The forms of a text, as far as it has any, and what is wrong with them. */
function examine(text: string): { name?: string; unicode?: string | undefined; fault?: string | undefined } {
  const name = toASCII(text);
  if (name === undefined) return { fault: faultOfText(text) };
  const fault = faultOf(name);
  if (fault !== undefined || !name.includes('xn--')) return { name, unicode: undefined, fault };
  const unicode = toUnicode(name);
  return { name, unicode: unicode === name ? undefined : unicode, fault: faultOfUnicode(name, unicode) };
}

function toASCII(text: string): string | undefined {
  const lower = text.toLowerCase();
  if (/^[a-z0-9.-]*$/.test(lower) && !lower.includes('xn--')) return lower;
  if (foreign.test(lower)) return undefined;
  const converted = domainToASCII(text + guard);
  return converted.endsWith(guard) ? converted.slice(0, -guard.length) : undefined;
}

const toUnicode = (name: string): string => domainToUnicode(name + guard).slice(0, -guard.length);

function faultOfText(text: string): string {
  const character = foreign.exec(text)?.[0];
  if (character === undefined) return 'it has no ASCII form (IDNA)';
  return `a name has no ${quoted(character)} in it, only letters, digits and hyphens`;
}

/** The host of what may be a pasted URL, or a host with a port, a path or a user before or behind it. */
function hostOf(text: string): string | undefined {
  const url = text.includes('://') ? text : `http://${text}`;
  if (!URL.canParse(url)) return undefined;
  const { name, fault } = examine(new URL(url).hostname.replace(finalDot, ''));
  return fault === undefined && name?.includes('.') ? name : undefined;
}

function faultOf(name: string): string | undefined {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return 'this is an address';
  if (name.length > maximumNameLength)
    return `it has ${name.length} octets, a name at most ${maximumNameLength}`;
  return firstFault(name, labelFault);
}

/** Punycode that stands for nothing has another ASCII form, or none; the rules for hyphens hold in Unicode, too. */
function faultOfUnicode(name: string, unicode: string): string | undefined {
  if (toASCII(unicode) !== name) return 'it has no Unicode form (IDNA)';
  return firstFault(unicode, hyphenFault);
}

function firstFault(name: string, faultOfLabel: (label: string) => string | undefined): string | undefined {
  for (const label of name.split('.')) {
    const fault = faultOfLabel(label);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function labelFault(label: string): string | undefined {
  if (label === '') return 'there is nothing in it where a label is needed';
  if (label.length > maximumLabelLength) {
    return `a label of it has ${label.length} octets, at most ${maximumLabelLength} are possible`;
  }
  if (/[^a-z0-9-]/.test(label)) return 'a name has only letters, digits and hyphens';
  return hyphenFault(label);
}

function hyphenFault(label: string): string | undefined {
  if (label.startsWith('-') || label.endsWith('-')) return 'a label begins and ends with a letter or a digit';
  if (label.startsWith('--', 2) && !label.startsWith('xn'))
    return '"--" in third place stands only behind "xn"';
  return undefined;
}
