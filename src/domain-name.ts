import { domainToASCII, domainToUnicode } from 'node:url';
import { quoted } from './printable.js';

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

/**
 * Lower-cases a word or a domain name, converts it to its ASCII form (IDNA, as UTS #46 and the WHATWG URL
 * Standard have it) and checks it as a host name (RFC 952, RFC 1123 section 2.1, RFC 5891 section 4.2.3.1).
 * One dot at the very end is dropped.
 */
export function parseName(text: string): ParsedName {
  const typed = text.endsWith('.') ? text.slice(0, -1) : text;
  const name = toASCII(typed);
  const fault = name === undefined ? forbidden(typed) : faultOf(name);
  if (name === undefined || fault !== undefined) {
    return { problem: `expected a word or a domain name, got ${quoted(text)}: ${fault}` };
  }
  if (!name.includes('xn--')) return { name, unicode: undefined };
  const unicode = domainToUnicode(name + guard).slice(0, -guard.length);
  return { name, unicode: unicode === name ? undefined : unicode };
}

function toASCII(text: string): string | undefined {
  const lower = text.toLowerCase();
  if (/^[a-z0-9.-]*$/.test(lower) && !lower.includes('xn--')) return lower;
  // What ends or begins another part of a URL would cut the name short.
  if (/[\0-,/:-@[-`{-\x7f]/.test(lower)) return undefined;
  const converted = domainToASCII(text + guard);
  return converted.endsWith(guard) ? converted.slice(0, -guard.length) : undefined;
}

function forbidden(text: string): string {
  const host = hostOf(text);
  if (host !== undefined) return `did you mean ${host}?`;
  const character = /[\0-,/:-@[-`{-\x7f]/.exec(text)?.[0];
  if (character !== undefined)
    return `a name has no ${quoted(character)} in it, only letters, digits and hyphens`;
  return 'it has no ASCII form (IDNA)';
}

/** The host of what may be a pasted URL or an address with an @. */
function hostOf(text: string): string | undefined {
  if (!/[/:@]/.test(text)) return undefined;
  const url = text.includes('://') ? text : `http://${text}`;
  if (!URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  return hostname.includes('.') && faultOf(hostname) === undefined ? hostname : undefined;
}

function faultOf(name: string): string | undefined {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return 'this is an address';
  if (name.length > maximumNameLength)
    return `it has ${name.length} octets, a name at most ${maximumNameLength}`;
  for (const label of name.split('.')) {
    const fault = labelFault(label);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function labelFault(label: string): string | undefined {
  if (label === '') return 'there is nothing in it where a label is needed';
  if (label.length > maximumLabelLength) {
    return `a label of it has ${label.length} octets, at most ${maximumLabelLength} are possible`;
  }
  if (label.startsWith('-') || label.endsWith('-')) return 'a label begins and ends with a letter or a digit';
  if (label.startsWith('--', 2) && !label.startsWith('xn'))
    return '"--" in third place stands only behind "xn"';
  return /[^a-z0-9-]/.test(label) ? 'a name has only letters, digits and hyphens' : undefined;
}
