/**
 * Makes untrusted text safe to print: spells out the characters that a terminal would obey rather than show, those that it might
 * take for the end of a line, and those that nobody can see.
 */

/** Cc is C0, DEL and C1; Zl and Zp are the separators of lines and paragraphs (Unicode Standard, section 4.5). */
export const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** A character that joins others: it is visible by what it does in emoji and in the scripts that need it, and only there. */
const joined = '(?<!(?!\\p{Script=Latin})[\\p{L}\\p{M}\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])';
/** Those with the property Default_Ignorable_Code_Point (Unicode Standard, section 5.21), such as U+200B, U+00AD and tags. */
const invisible = `(?![\\u200c\\u200d\\ufe00-\\ufe0f])\\p{Default_Ignorable_Code_Point}|${joined}[\\u200c\\u200d\\ufe00-\\ufe0f]`;
/** What a terminal obeys, or shows to nobody. */
const hidden = new RegExp(`${unprintable.source}|${invisible}`, 'gu');

/** Text without such characters, as most text is: it is told at once. */
const plain = /^[ -~]*$/;

/** The most characters that `quoted` puts between the quotes. */
const maximumQuoted = 80;

/**
 * Spells out control characters, line and paragraph separators, bidi controls and invisible characters: ESC becomes the four
 * characters `\x1b`, U+202E becomes `\u{202e}`. All other text is unchanged, backslashes included, so the result is for people
 * and cannot be decoded.
 */
export function printable(text: string): string {
  return plain.test(text) ? text : text.replace(hidden, spelledOut);
}

/** Escapes the same characters in a text in JSON, which does not require it (RFC 8259 section 7). */
export const printableJson = (json: string): string =>
  plain.test(json) ? json : json.replace(hidden, escaped);

/** Escapes each of the UTF-16 code units of a character. */
const escaped = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

/**
 * A text in double quotes, for messages, with its characters spelled out as `printable` does. If that is longer than 80
 * characters, only its beginning and end are shown, with `…` between them: 80 characters in all.
 */
export function quoted(text: string): string {
  // A character has at most two code units, so the part between these ends cannot be shown.
  const units = 2 * maximumQuoted;
  const ends = text.length > 2 * units ? text.slice(0, units) + text.slice(-units) : text;

  const characters = Array.from(ends, (character) => printable(character));
  const whole = firstFitting(characters, maximumQuoted);
  if (whole.length === characters.length) return `"${whole.join('')}"`;

  const head = firstFitting(characters, maximumQuoted / 2);
  const tail = firstFitting(characters.toReversed(), maximumQuoted / 2 - 1).toReversed();
  return `"${head.join('')}…${tail.join('')}"`;
}

/** As many of the first characters as fit. A character that is spelled out is never cut in two. */
function firstFitting(characters: readonly string[], room: number): readonly string[] {
  let used = 0;
  const end = characters.findIndex((character) => {
    used += [...character].length;
    return used > room;
  });
  return end === -1 ? characters : characters.slice(0, end);
}

function spelledOut(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  return code > 0xff ? `\\u{${digits}}` : `\\x${digits.padStart(2, '0')}`;
}
