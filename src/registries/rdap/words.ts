import { domainToUnicode } from 'node:url';
import { isObject } from '../../util/json.js';
import { unprintable } from '../../util/printable.js';
import { isAboutName, type Meaning, meaningOf } from '../meanings.js';

type Json = Readonly<Record<string, unknown>>;

/**
 * What the words of an error response mean for the name that was asked for.
 *
 * The meaning is the first of these that one of its sentences has; see `Meaning`. `no answer` is `elsewhere` or `trouble`.
 */
export interface Words {
  readonly meaning: 'no answer' | 'withheld' | 'invalid' | 'premium' | 'other';
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

/** The titles of notices that come with each answer. */
const standingTitle =
  /\b(?:terms|conditions?|copyright|disclaimers?|privacy|status codes?|inaccuracy|complaint|conformance|profile|polic(?:y|ies)|legal|use of|rights reserved)\b/i;
/** What the texts of such notices say. */
const standingText =
  /\b(?:terms (?:of|and|&)|conditions (?:of|for|&)|copyright|disclaimer|privacy|status codes?|inaccuracy|complaint|rights reserved|reserves? (?:the |all )?rights?|by (?:using|querying|submitting|accessing))\b/i;
/** Says that a sentence is about this name, and not about names. */
const thisName = /\b(?:this|the requested|the queried|your) (?:\w+ )?(?:domain|name|label|string)\b/;

/**
 * Reads the words of an error response: its title and description, and notices (RFC 9083 sections 4.3 and 6).
 *
 * @param name the name that was asked for. Texts often repeat it, and it may contain any word.
 * @returns undefined if they say no more than that the name was not found.
 */
export function readWords(document: Json, name: string): Words | undefined {
  const own = textsIn(document).flatMap((text) => clausesOf(text, name));
  const notices = [document['notices'], document['remarks']].flat().slice(0, maximumTexts).filter(isObject);
  const clauses = [...own, ...notices.flatMap((notice) => noticed(textsIn(notice), name))];
  for (const meaning of order) {
    const said = clauses.filter((clause) => clause.meaning === meaning);
    const text = shortened([...new Set(said.map(({ text }) => text))].join('; '));
    if (said.length > 0)
      return {
        meaning: meaning === 'elsewhere' || meaning === 'trouble' ? 'no answer' : meaning,
        text,
        isAboutName: said.some(({ nameless, hasName }) => isAboutName(nameless, hasName)),
      };
  }
  return undefined;
}

/** The meanings that matter, the first of which counts. */
const order = ['elsewhere', 'withheld', 'trouble', 'invalid', 'premium', 'other'] as const;

/** Returns the sentences of a notice that may be about the name. Those about trouble warn everybody. */
function noticed(texts: readonly string[], name: string): readonly Clause[] {
  const [title = ''] = texts;
  const isStanding = standingTitle.test(title) || texts.some((text) => standingText.test(text));
  const clauses = texts.flatMap((text) => clausesOf(text, name));
  return clauses.filter(({ meaning, nameless, hasName }) =>
    isStanding ? meaning === 'withheld' && (hasName || thisName.test(nameless)) : meaning !== 'trouble',
  );
}

/** A sentence. */
interface Clause {
  readonly text: string;
  /** The text in lower case, without the name that was asked for. */
  readonly nameless: string;
  readonly hasName: boolean;
  readonly meaning: Meaning;
}

/** Splits a text into sentences. */
function clausesOf(text: string, name: string): readonly Clause[] {
  const sentences = text.split(/(?<=[.;!])\s+/).map((sentence) => sentence.replace(/[.;]+$/, '').trim());
  return sentences
    .filter((sentence) => sentence !== '')
    .map((text) => {
      const nameless = withoutName(text, name);
      return { text, nameless, hasName: nameless !== text.toLowerCase(), meaning: meaningOf(nameless) };
    });
}

/** Takes the name, or its first label in quotes, out of a text. */
function withoutName(text: string, name: string): string {
  const [label = ''] = name.split('.');
  const forms = [name, domainToUnicode(name), `"${label}"`, `'${label}'`].filter((form) => form !== '');
  return forms.reduce((rest, form) => rest.split(form).join(' '), text.toLowerCase());
}

/** Returns the title and the description of an error or a notice, or what some servers have instead. */
const textsIn = ({ title, description, message }: Json): readonly string[] =>
  [title, description, message]
    .flat(2)
    .slice(0, maximumTexts)
    .flatMap((text) => (typeof text === 'string' ? plain(text) : []));

/** Takes out control characters and invisible ones, and gives letters of full width their usual form. */
const plain = (text: string): string =>
  text
    .slice(0, longestText)
    .replace(unprintable, ' ')
    .replace(/[\p{Cs}\p{Cf}]/gu, '')
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .trim();

function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length <= maximumLength ? text : `${characters.slice(0, maximumLength - 1).join('')}…`;
}
