/** What a server answered to a request over HTTP, or why there is no answer. */
export type HttpAnswer =
  | {
      /** The host that answered, with its port where that is not the usual one. */
      readonly host: string;
      readonly status: number;
      /** Milliseconds to wait before the next request, where the server said so (RFC 9110 section 10.2.3). */
      readonly retryAfter: number | undefined;
      /** At most 1 MiB. */
      readonly body: Buffer;
    }
  /** Why the answer was not taken, in a sentence that begins with the host. */
  | { readonly refusal: string }
  /** What broke off the exchange: the code of an error, or words where it has none. */
  | { readonly host: string; readonly failure: string };

/** What `failure` is where the time was over. */
export const outOfTime = 'no answer in time';

/** What `failure` is where an error has no code. */
export const brokenOff = 'the answer broke off';

const maximumRedirects = 5;
const maximumBody = 1024 * 1024;
const redirects = new Set([301, 302, 303, 307, 308]);

/**
 * Gets a document, by way of redirects, of which none leads from https to http. Certificates are verified.
 *
 * @param accept the media types that are wanted (RFC 9110 section 12.5.1).
 * @param signal ends it, with a failure.
 */
export async function httpGet(url: string, accept: string, signal: AbortSignal): Promise<HttpAnswer> {
  let target = new URL(url);
  try {
    for (let redirected = 0; redirected <= maximumRedirects; redirected++) {
      const response = await fetch(target, { redirect: 'manual', headers: { accept }, signal });
      const location = redirects.has(response.status) ? response.headers.get('location') : null;
      if (location === null) return await readAnswer(response, target);
      await response.body?.cancel();
      const next = URL.canParse(location, target.href) ? new URL(location, target) : undefined;
      const safe = next?.protocol === 'https:' || (next?.protocol === 'http:' && target.protocol === 'http:');
      if (next === undefined || !safe)
        return { refusal: `${target.host} redirects to where nothing may be asked` };
      target = next;
    }
    return { refusal: `${target.host} redirects more than ${maximumRedirects} times` };
  } catch (error) {
    return { host: target.host, failure: reasonOf(error) };
  }
}

async function readAnswer(response: Response, { host }: URL): Promise<HttpAnswer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > maximumBody) return { refusal: `${host} sends more than 1 MiB` };
    chunks.push(chunk);
  }
  const { status, headers } = response;
  return { host, status, retryAfter: delayOf(headers.get('retry-after')), body: Buffer.concat(chunks) };
}

function delayOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  const delay = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - Date.now();
  return Number.isNaN(delay) ? undefined : Math.max(delay, 0);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  if (error.name === 'TimeoutError') return outOfTime;
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  return code ?? brokenOff;
}
