import { domainToUnicode } from 'node:url';
import { isObject } from '../../util/json.js';
import { unprintable } from '../../util/printable.js';

type Json = Readonly<Record<string, unknown>>;

/**
 * What the words of an error response mean for the name that was asked for.
 *
 * - `withheld`: nobody can register it, because it is reserved or blocked.
 * - `premium`: it can be registered at a price of its own.
 * - `elsewhere`: this server knows nothing of the suffix, or has trouble; that is no answer.
 * - `other`: none of these; a person has to read it.
 */
export interface Words {
  readonly meaning: 'withheld' | 'premium' | 'elsewhere' | 'other';
  /** The words that matter, safe to print: at most 200 characters. */
  readonly text: string;
  /** Whether they are about the name, and not about whoever asks. */
  readonly isAboutName: boolean;
}

/** The characters of the words at most. */
const maximumLength = 200;
/** The characters of one text that are read, and the number of texts and of notices. */
const longestText = 1000;
const maximumTexts = 20;

/** Notices that come with each answer. */
const boilerplate =
  /\b(?:terms|conditions?|copyright|disclaimers?|privacy|status codes?|inaccuracy|complaint|conformance|profile|polic(?:y|ies)|legal|use of|rights reserved|reserves? the right)\b/i;

/** Says that the server does not know the suffix, or has trouble. */
const elsewhere = [
  /\b(?:invalid|unknown|unsupported|wrong|bad)\b.{0,30}\b(?:tld|gtld|top.level|zone|suffix|extension)\b/i,
  /\b(?:tld|zone|suffix|extension|top.level domain)\b.{0,40}\b(?:not|unknown|unsupported|invalid)\b/i,
  /\bnot\b.{0,10}\b(?:my|our|this)\b.{0,15}\b(?:tld|zone|suffix|extension|registry|responsibility)\b/i,
  /\bnot (?:authoritative|responsible|supported|served|managed|hosted)\b/i,
  /\b(?:does|do) not (?:serve|support|manage|host|handle)\b/i,
  /\b(?:too many|rate limit|quota|internal (?:server )?error|maintenance|try again|temporar(?:y|ily)|time.?out)\b/i,
];

/** Says that nobody can register the name. */
const withheld = [
  /\breserv(?:ed|ation|ado|ada|ato|iert)\b|réservé|保留/i,
  /\bnot\b.{0,20}\b(?:available|eligible|open|permitted|allowed|possible|released)\b.{0,20}\bregist/i,
  /\b(?:can ?not|can't|can not|may not|must not|never) be (?:\w+ )?registered\b/i,
  /\b(?:unregist(?:e?r)able|not registrable|dpml|globalblock\+?|adultblock\+?|trademark|sunrise|withheld|banned|embargo(?:ed)?)\b/i,
  /\b(?:domain|name|label|string|word|term)s?\b.{0,40}\b(?:blocked|prohibited|restricted|forbidden|disallowed|unavailable|not available|not allowed)\b/i,
  /\b(?:blocked|prohibited|restricted|forbidden|disallowed|unavailable)\b.{0,20}\b(?:domain|name|label|string|word|term)s?\b/i,
  /^(?:(?:it|this) )?(?:is )?(?:blocked|prohibited|restricted|unavailable|not available|not allowed|disallowed)\W*$/i,
];

/** Says something of whoever asks, or of the service, and so nothing of the name. */
const aboutAsker =
  /\b(?:ip|address(?:es)?|your?|client|user|agent|requests?|quer(?:y|ies)|access|rate|bots?|firewall|network|country|service|server|page|information|data|details)\b/i;

/** Says something of the name, whoever else it speaks of. */
const certain = /\breserved\b|\b(?:for|be) (?:\w+ )?regist(?:ration|ered)\b|\b(?:dpml|globalblock)\b/i;

/** Speaks of the name. */
const naming = /\b(?:domains?|names?|labels?|sld|premium)\b/i;

const premium = /\bpremium\b|\bpric(?:e|ed|ing)\b|\bfor sale\b|\baftermarket\b|\bregistration fee\b/i;

/** Says only that there is no registration, or repeats the status. */
const notFound = [
  /\bnot(?: been)? (?:found|exist|registered|known|assigned|allocated|delegated|present)\b|n['’]t exist\b/i,
  /\bnot (?:in|on) (?:the|our|this)\b|\bunregistered\b|\bunknown (?:domain|object|name)\b|\bnothing\b/i,
  /\bno (?:\w+ )?(?:such|match|matching|data|entry|entries|object|records?|results?|domain|information|registration)\b/i,
  /\bavailable\b|\bis free\b|\b[45]\d\d\b/i,
  /^[\s\p{P}]*(?:error|bad request|forbidden|unauthori[sz]ed|the|domain|name|object|resource)?[\s\p{P}]*$/iu,
];

/**
 * Reads the words of an error response: its title and description, and notices (RFC 9083 sections 4.3 and 6).
 *
 * @param name the name that was asked for. Texts often repeat it, and it may contain any word.
 * @returns undefined if they say no more than that the name was not found.
 */
export function readWords(document: Json, name: string): Words | undefined {
  const own = textsIn(document);
  const notices = itemsOf(document['notices']).slice(0, maximumTexts).filter(isObject).map(textsIn);
  const special = notices.filter((texts) => !boilerplate.test(texts.join(' ')));
  const clauses = [...own, ...special.flat()].flatMap((text) => clausesOf(text, name));
  for (const meaning of ['elsewhere', 'withheld', 'premium', 'other'] as const) {
    const said = clauses.filter(({ nameless }) => meaningOf(nameless) === meaning);
    const text = shortened([...new Set(said.map(({ text }) => text))].join('; '));
    if (said.length > 0) return { meaning, text, isAboutName: said.some(isAboutName) };
  }
  return undefined;
}

const isAboutName = ({ text, nameless }: Clause): boolean =>
  certain.test(nameless) ||
  (!aboutAsker.test(nameless) && (naming.test(nameless) || text.toLowerCase() !== nameless));

type Meaning = Words['meaning'] | 'not found';

function meaningOf(text: string): Meaning {
  if (elsewhere.some((pattern) => pattern.test(text))) return 'elsewhere';
  const mayBeName = certain.test(text) || !aboutAsker.test(text);
  const isNegated = /\bnot (?:an? )?(?:reserved|blocked|premium|restricted)\b/i.test(text);
  if (!isNegated && mayBeName && withheld.some((pattern) => pattern.test(text))) return 'withheld';
  if (!isNegated && premium.test(text)) return 'premium';
  return notFound.some((pattern) => pattern.test(text)) ? 'not found' : 'other';
}

interface Clause {
  readonly text: string;
  /** The text without the name that was asked for. */
  readonly nameless: string;
}

/** Splits a text into sentences. */
function clausesOf(text: string, name: string): readonly Clause[] {
  const sentences = text.split(/(?<=[.;!])\s+/).map((sentence) => sentence.replace(/[.;]+$/, '').trim());
  return sentences
    .filter((sentence) => sentence !== '')
    .map((sentence) => ({ text: sentence, nameless: withoutName(sentence, name) }));
}

/** Takes the name, or its first label in quotes, out of a text. */
function withoutName(text: string, name: string): string {
  const [label = ''] = name.split('.');
  const forms = [name, domainToUnicode(name), `"${label}"`, `'${label}'`].filter((form) => form !== '');
  return forms.reduce((rest, form) => rest.split(form).join(' '), text.toLowerCase());
}

/** Returns the title and the description of an error or a notice, without control characters. */
const textsIn = ({ title, description }: Json): readonly string[] =>
  [title, ...(Array.isArray(description) ? description : [description])]
    .slice(0, maximumTexts)
    .flatMap((text) => (typeof text === 'string' ? plain(text) : []));

const plain = (text: string): string =>
  text
    .slice(0, longestText)
    .replace(unprintable, ' ')
    .replace(/\p{Cs}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();

function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length <= maximumLength ? text : `${characters.slice(0, maximumLength - 1).join('')}…`;
}

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
