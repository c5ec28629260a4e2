import type { Action } from './action.js';
import { content } from './replies.js';

/** Suffixes with the base URL, or URLs, of their registry. */
export type Services = Readonly<Record<string, string | readonly string[]>>;

/** The text of a bootstrap file in IANA's format (RFC 9224 section 4): suffixes of the same URLs stand together. */
export function bootstrapFor(services: Services, publication = '2026-01-01T00:00:00Z'): string {
  const suffixesOf = new Map<string, { suffixes: string[]; urls: readonly string[] }>();
  for (const [suffix, value] of Object.entries(services)) {
    const urls = typeof value === 'string' ? [value] : value;
    const entry = suffixesOf.get(urls.join(' ')) ?? { suffixes: [], urls };
    suffixesOf.set(urls.join(' '), entry);
    entry.suffixes.push(suffix);
  }
  const entries = [...suffixesOf.values()].map(({ suffixes, urls }) => [suffixes, urls]);
  const description = 'RDAP bootstrap file of a test';
  return JSON.stringify({ version: '1.0', publication, description, services: entries }, undefined, 2);
}

/** Sends a bootstrap file; a URL such as `/` or `/rdap/` is one of the server that is asked. */
export function bootstrap(services: Services): Action {
  return (request, client) => {
    const resolve = (url: string) => new URL(url, request.url).href;
    const resolved = Object.entries(services).map(([suffix, value]) => [suffix, [value].flat().map(resolve)]);
    content(bootstrapFor(Object.fromEntries(resolved)), { type: 'application/json' })(request, client);
  };
}
