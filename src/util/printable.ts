/**
 * Makes untrusted text safe to print: spells out the characters that a terminal would obey rather than show, and those
 * that it might take for the end of a line.
 */

/** Cc is C0, DEL and C1; Zl and Zp are the separators of lines and paragraphs (Unicode Standard, section 4.5). */
export const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** The most characters that `quoted` puts between the quotes. */
const maximumQuoted = 80;

/**
 * Spells out control characters, line and paragraph separators and bidi controls: ESC becomes the four characters
 * `\x1b`, U+202E becomes `\u{202e}`. All other text is unchanged, backslashes included, so the result is for people
 * and cannot be decoded.
 */
export function printable(text: string): string {
  return text.replace(unprintable, spelledOut);
}

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
  const code = character.charCodeAt(0);
  const digits = code.toString(16);
  return code > 0xff ? `\\u{${digits}}` : `\\x${digits.padStart(2, '0')}`;
}
