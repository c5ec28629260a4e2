import { maximumNameLength, parseName } from '../../names/domain-name.js';
import { meaningOf } from '../meanings.js';

/** No name has more characters than this, in ASCII or in Unicode. */
const maximumCharacters = 4 * maximumNameLength;

/** Longer lines are terms of use, which speak of much. */
const longestStatement = 100;

/** A line that names the domain, in most registries' words. */
const naming = /^\W{0,3}(?:domain(?: ?name)?|query|object|complete name|dn)\W{0,3}[.:\]]\W*(\S+)$/i;

/** Lines that a reply about a name without a registration does not have, whatever the registry. */
const statements = [
  // A state, or a part of a registration.
  /^(?:(?:domain|registration|query) )?(?:status|state)\b[^:]*:/i,
  /^(?:creat(?:ed|ion)|regist(?:ered|ration|rar)|expir(?:y|es|ation)|renewal|paid-till|name ?servers?|nserver|holder|registrant|sponsoring)\b[^:]{0,30}:\s*\S/i,
  // Another server that is said to know more.
  /^\W{0,3}(?:refer|referralserver|whois ?server)\s*:/i,
  // A page of the web.
  /^<[!/]?[a-z]|^HTTP\/\d/i,
  // A refusal of whoever asks, or a fault.
  /\b(?:you|your|this) (?:have |are |ip|address|host|client|network)\b.{0,60}\b(?:blocked|denied|banned|black.?listed)\b/i,
  /^\W{0,3}(?:whois )?(?:access|connections?|quer(?:y|ies)|requests?|service)\b.{0,40}\b(?:denied|refused|rejected|disabled|blocked|not permitted)\b/i,
  /\b(?:internal|server|database|system|processing|unexpected) (?:error|failure)\b|\btry again\b/i,
  /\bmaintenance\b|\b(?:database|service|server|system|registry|whois) (?:is )?(?:\w+ )?(?:unavailable|down|offline)\b/i,
];

/**
 * Whether a line of a reply speaks against the line that there is no registration: it names a part of one, or says that the
 * name is withheld, or that the server could not or would not look.
 */
export function contradicts(line: string): boolean {
  if (line.length > longestStatement) return false;
  if (statements.some((statement) => statement.test(line))) return true;
  // A line that begins with a small letter, or is a comment, is probably the middle of a sentence of the terms of use.
  return (
    /^[^\p{Ll}%#]/u.test(line) && ['withheld', 'elsewhere', 'premium'].includes(meaningOf(line.toLowerCase()))
  );
}

/** Whether a line names a domain that is not this one. */
export function namesAnother(line: string, name: string): boolean {
  const [, domain] = naming.exec(line) ?? [];
  return domain?.includes('.') === true && !isName(domain, name);
}

/** Whether a text is this name, in ASCII or in Unicode. The conversion takes seconds for a very long text. */
export function isName(text: string, name: string | undefined): boolean {
  if (text.length > maximumCharacters) return false;
  const parsed = parseName(text);
  return 'name' in parsed && parsed.name === name;
}
