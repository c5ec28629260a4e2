import { httpGet } from '../util/http-get.js';

/** What a registry's server answered to a request over HTTP, or why there is no answer. */
export type HttpAnswer =
  | {
      readonly status: number;
      /** Milliseconds to wait before the next request, where the server said so (RFC 9110 section 10.2.3). */
      readonly retryAfter: number | undefined;
      /** At most 1 MiB, in UTF-8. */
      readonly body: string;
    }
  | { readonly failure: string };

/**
 * Gets a document as text, as `httpGet` does.
 *
 * @param accept the media types that are wanted (RFC 9110 section 12.5.1).
 * @param signal ends it, with a failure.
 */
export async function get(url: string, accept: string, signal: AbortSignal): Promise<HttpAnswer> {
  const answer = await httpGet(url, accept, signal);
  if ('refusal' in answer) return { failure: answer.refusal };
  if ('failure' in answer) return { failure: `${answer.host}: ${answer.failure}` };
  const { status, retryAfter, body } = answer;
  return { status, retryAfter, body: body.toString() };
}
