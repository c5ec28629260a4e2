import { setTimeout as sleep } from 'node:timers/promises';
import { describeStatus, type HttpResult, httpGet, isTransient } from '../../util/http.js';
import { isGif, isWholeGif } from './gif.js';

/** A flag, or the reason why there is none, in plain words. */
export type Download = { readonly picture: Uint8Array } | { readonly reason: string };

/** The settings of a download. */
export interface DownloadOptions {
  /** The URL of the folder that holds the flags, without a trailing slash. */
  readonly baseUrl: string;
  /** Time limit for one try, in milliseconds. */
  readonly timeout: number;
}

/** Milliseconds before the second and the third try, if the server does not name a delay. */
const delays = [200, 800];

/**
 * Downloads the flag of a country. After a transient failure, such as a time-out or half a picture, it tries
 * again.
 *
 * @param code a country code: two letters.
 * @param signal cancels the download.
 */
export async function download(
  code: string,
  { baseUrl, timeout }: DownloadOptions,
  signal: AbortSignal,
): Promise<Download> {
  const name = code.toLowerCase();
  for (let tries = 0; ; tries++) {
    const result = await withTimeout(timeout, signal, (combined) =>
      httpGet(`${baseUrl}/${name}/${name}.gif`, 'image/gif', combined),
    );
    const delay = delays[tries];
    const mayPass = isTransient(result) || isCutShort(result);
    if (delay === undefined || signal.aborted || !mayPass) return readPicture(result);
    const requested = 'retryAfter' in result ? result.retryAfter : undefined;
    // The server may name another delay, but the user's time-out limits it.
    await sleep(Math.min(requested ?? delay, Math.max(delay, timeout)), undefined, { signal }).catch(
      () => {},
    );
  }
}

/**
 * Runs a task with a signal that aborts when the given one does, or after some milliseconds with a `TimeoutError`.
 */
async function withTimeout<Result>(
  milliseconds: number,
  signal: AbortSignal,
  task: (combined: AbortSignal) => Promise<Result>,
): Promise<Result> {
  // Node 20 may lose the time-out of AbortSignal.any([signal, AbortSignal.timeout()]) in a garbage collection.
  const combined = new AbortController();
  const stop = () => combined.abort(signal.reason);
  const timer = setTimeout(
    () => combined.abort(new DOMException('Time ran out', 'TimeoutError')),
    milliseconds,
  );
  signal.addEventListener('abort', stop);
  try {
    return await task(combined.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

function readPicture(result: HttpResult): Download {
  if ('failure' in result) return { reason: result.failure };
  const { status, host, body } = result;
  if (status === 404 || status === 410) return { reason: `not found (${describeStatus(result)})` };
  if (status !== 200) return { reason: describeStatus(result) };
  if (isWholeGif(body)) return { picture: body };
  return { reason: `${isGif(body) ? 'incomplete' : 'not a'} GIF picture from ${host}` };
}

/** Whether a connection that ended early, or damage on the way, may have cost a part of the picture. */
const isCutShort = (result: HttpResult): boolean =>
  'body' in result && result.status === 200 && isGif(result.body) && !isWholeGif(result.body);
