/**
 * Reads a Retry-After header (RFC 9110 section 10.2.3), which names a number of seconds or a date.
 *
 * @param now the time of day.
 * @returns milliseconds from now, at least 0; undefined if there is no header or it cannot be read.
 */
export function readRetryAfter(header: string | null | undefined, now = new Date()): number | undefined {
  if (header === null || header === undefined) return undefined;
  const text = header.trim();
  const delay = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime();
  return Number.isNaN(delay) ? undefined : Math.max(delay, 0);
}
