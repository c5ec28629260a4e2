/**
 * Text that is not ours, made safe to show: what a terminal would obey instead of showing, or what
 * would pass for the end of a line, is spelled out.
 */

// Cc is C0, DEL and C1; Zl and Zp are the separators of lines and paragraphs (Unicode Standard, section 4.5).
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

const longest = 80;

/**
 * Spells out control characters, line and paragraph separators and bidi controls: ESC becomes the
 * four characters `\x1b`, U+202E becomes `\u{202e}`. All other text comes back as it is, backslashes
 * included, so the result is to be read by people and can't be turned back.
 */
export function printable(text: string): string {
  return text.replace(unprintable, spelledOut);
}

/**
 * The printable text in double quotes, to name in a message what was got. Of more than 80 characters
 * only both ends are shown, with `…` between them, 80 in all.
 */
export function quoted(text: string): string {
  // Twice, because a character has up to two code units: no more than this can be shown of an end.
  const end = 2 * longest;
  const ends = text.length > 2 * end ? text.slice(0, end) + text.slice(-end) : text;

  const characters = Array.from(ends, (character) => printable(character));
  const whole = within(characters, longest);
  if (whole.length === characters.length) return `"${whole.join('')}"`;

  const head = within(characters, longest / 2);
  const tail = within(characters.toReversed(), longest / 2 - 1).toReversed();
  return `"${head.join('')}…${tail.join('')}"`;
}

/** The first of the characters, as many as have room; one that is spelled out is never cut in two. */
function within(characters: readonly string[], room: number): readonly string[] {
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
