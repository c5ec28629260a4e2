/** What begins an item of a list: a bullet, or a number or letter with a dot or parenthesis; after it, perhaps a check box. */
const bullet =
  /^(?:[-*+•◦‣▪●○·–—>]\s+|\(?(?:\d+|[a-z])\)\s*|(?:\d+|[a-z])\.\s+|\d\ufe0f?\u20e3\s*)(?:\[[ x]\]\s+)?/iu;

/** A remark after a name, and what is between items of a list that was written in one line. */
const remark = /\s+#.*$/su;
const separator = /\s*[,;]$/u;

/** A description after an item of a list, such as ` – short and friendly` or ` (5 letters)`. */
const description = /(?:\s+[-–—]\s+\S.*|\s+\([^()]*\))$/su;

/** Pairs of marks around a name, after which anything may follow that is not a part of it. */
const pairs: readonly RegExp[] = [
  /^\*\*\*([^*]+?):?\*\*\*(?:[\s:].*)?$/su,
  /^\*\*([^*]+?):?\*\*(?:[\s:].*)?$/su,
  /^__([^_]+?):?__(?:[\s:].*)?$/su,
  /^`([^`]+)`(?:[\s:].*)?$/su,
  /^"([^"]+)"(?:[\s:].*)?$/su,
  /^“([^”]+)”(?:[\s:].*)?$/su,
  /^„([^“”]+)[“”](?:[\s:].*)?$/su,
  /^«\s?([^»]+?)\s?»(?:[\s:].*)?$/su,
  /^'([^']+)'$/su,
  /^‘([^’]+)’$/su,
  /^\*([^*]+)\*$/su,
  /^_([^_]+)_$/su,
  /^~~([^~]+)~~$/su,
  // A link of Markdown.
  /^\[([^\]]+)\]\([^()]*\)$/su,
];

/**
 * Whether a text begins with a quotation mark that is not ASCII. The mapping of IDNA (UTS #46) lets it pass, but punctuation
 * cannot be registered (RFC 5892 section 3).
 */
export const isQuoted = (text: string): boolean => /^[“„«‘]/u.test(text);

/**
 * Returns the word in a line of a list as people and chatbots write it, such as `1. pasta`, `- "udon",`, `**soba** – short` or
 * `x.org # note`. It may still not be a name.
 */
export function withoutMarkup(line: string): string {
  const text = line.trim().replace(remark, '');
  const item = text.replace(bullet, '');
  const plain = (item === text ? text : item.replace(description, '')).replace(separator, '');
  return withinMarks(plain);
}

function withinMarks(text: string): string {
  for (const pair of pairs) {
    const [, inner] = pair.exec(text) ?? [];
    if (inner !== undefined) return withinMarks(inner.replace(separator, ''));
  }
  return text;
}
