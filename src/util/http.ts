import { describeNetworkError, isTransientError } from './network-failure.js';
import { parseUrl } from './parse-url.js';
import { readRetryAfter } from './retry-after.js';
import { type HttpFailure, type SendRequest, sendDirectly } from './send-request.js';
import { userAgent } from './user-agent.js';

export type { HttpFailure } from './send-request.js';

/** A server's response to an HTTP request, or the reason why there is none. */
export type HttpResult = HttpResponse | HttpFailure;

/** A complete response, whatever its status. */
export interface HttpResponse {
  /** The URL that was answered: after redirects, the last one. */
  readonly url: string;
  /** The host of that URL, with its port unless it is the default port. */
  readonly host: string;
  readonly status: number;
  /**
   * Milliseconds to wait before the next request, if the server named a delay or a date (RFC 9110 section 10.2.3).
   */
  readonly retryAfter: number | undefined;
  /** At most 1 MiB. */
  readonly body: Buffer;
}

const maximumRedirects = 5;
const maximumBodySize = 1024 * 1024;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);

/**
 * Gets a document. Follows up to 5 redirects, but none from https to http. Verifies certificates. Does not throw if the
 * request fails.
 *
 * @param accept the media types that are wanted (RFC 9110 section 12.5.1).
 * @param signal aborts the request; a `TimeoutError` as its reason means that time ran out.
 * @param send sends one request; by default, directly.
 */
export async function httpGet(
  url: string,
  accept: string,
  signal: AbortSignal,
  send: SendRequest = sendDirectly,
): Promise<HttpResult> {
  let target = new URL(url);
  const headers = { accept, 'user-agent': userAgent };
  let responded = false;
  try {
    for (let redirects = 0; redirects <= maximumRedirects; redirects++) {
      const response = await send(target, { headers, signal });
      signal.throwIfAborted();
      if ('failure' in response) return { ...response, responded };
      responded = true;
      const location = redirectStatuses.has(response.status) ? response.headers.get('location') : null;
      if (location === null) return await readResponse(response, target);
      await response.body?.cancel();
      const next = redirectTarget(location, target);
      if (next === undefined) return unusable(`${target.host} redirects to an unsafe or invalid URL`);
      target = next;
    }
    return unusable(`${target.host} redirects more than ${maximumRedirects} times`);
  } catch (error) {
    return failureOf(signal.aborted ? signal.reason : error, target.host, responded);
  }
}

/**
 * Whether the same request may have a different result later: after status 5xx, 429 or 408, or a transient failure.
 */
export function isTransient(result: HttpResult): boolean {
  if ('failure' in result) return result.transient;
  return result.status >= 500 || result.status === 429 || result.status === 408;
}

/** Says in words with which status a server answered. */
export const describeStatus = ({ status, host }: Pick<HttpResponse, 'status' | 'host'>): string =>
  `HTTP status ${status} from ${host}`;

function redirectTarget(location: string, from: URL): URL | undefined {
  const target = parseUrl(location, from);
  if (target === undefined) return undefined;
  const isSafe = target.protocol === 'https:' || (target.protocol === 'http:' && from.protocol === 'http:');
  // `fetch` refuses a URL with a user name or a password.
  return isSafe && target.username === '' && target.password === '' ? target : undefined;
}

async function readResponse(response: Response, { href, host }: URL): Promise<HttpResult> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maximumBodySize) return unusable(`${host} sends more than 1 MiB`);
    chunks.push(chunk);
  }
  const { status, headers } = response;
  return {
    url: href,
    host,
    status,
    retryAfter: readRetryAfter(headers.get('retry-after')),
    body: Buffer.concat(chunks),
  };
}

/** A response that is of no use, and would be the same the next time. */
const unusable = (failure: string): HttpFailure => ({ failure, transient: false, responded: true });

/** Describes what `fetch` threw: a `TypeError` whose cause is the network error, or the signal's reason. */
function failureOf(error: unknown, host: string, responded: boolean): HttpFailure {
  if (error instanceof Error && error.name === 'TimeoutError')
    return { failure: `no answer in time from ${host}`, transient: true, responded };
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error))
    return { failure: `connection closed by ${host}`, transient: true, responded };
  return { failure: describeNetworkError(cause, host), transient: isTransientError(cause), responded };
}
