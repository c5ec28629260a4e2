/**
 * Parses a URL. Both functions that would tell whether a text is one are of no use: Node 20 lacks `URL.parse`, and in Node 22
 * `URL.canParse` refuses letters such as ü after some thousand calls, when it has been compiled.
 *
 * @param base the URL that a relative one is resolved against.
 * @returns undefined if the text is not a URL.
 */
export function parseUrl(text: string, base?: URL): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
