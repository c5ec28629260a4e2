/** A request without a usable response. */
export interface HttpFailure {
  /** The reason in words, with the name of the host. */
  readonly failure: string;
  /** Whether the same request may succeed later. */
  readonly transient: boolean;
  /** Whether a response began, a redirect included. */
  readonly responded: boolean;
}

/**
 * Sends one request, and follows no redirect.
 *
 * @returns the response, or a failure.
 * @throws what `fetch` throws, or the reason of the signal.
 */
export type SendRequest = (
  url: URL,
  init: { readonly headers: Readonly<Record<string, string>>; readonly signal: AbortSignal },
) => Promise<Response | HttpFailure>;

/** Sends a request with `fetch`. */
export const sendDirectly: SendRequest = (url, init) => fetch(url, { redirect: 'manual', ...init });
