import { setTimeout as wait } from 'node:timers/promises';
import { brokenOff, type HttpAnswer, httpGet, outOfTime } from '../../util/http-get.js';
import { socketFailure } from '../../util/network-failure.js';

/** A flag, or why there is none, in plain words. */
export type Download = { readonly picture: Uint8Array } | { readonly reason: string };

/** How flags are downloaded. */
export interface DownloadOptions {
  /** Where they are, without a slash at its end. */
  readonly baseUrl: string;
  /** Milliseconds that one try may take. */
  readonly timeout: number;
}

/** Milliseconds before the second and the third try, where the server does not say how long. */
const pauses = [200, 800];

/**
 * Downloads the flag of a country; what may pass, such as a time-out, is tried again.
 *
 * @param code of two letters.
 * @param signal ends it.
 */
export async function download(
  code: string,
  { baseUrl, timeout }: DownloadOptions,
  signal: AbortSignal,
): Promise<Download> {
  const name = code.toLowerCase();
  for (let tries = 0; ; tries++) {
    const answer = await withTimeout(timeout, signal, (either) =>
      httpGet(`${baseUrl}/${name}/${name}.gif`, 'image/gif', either),
    );
    const pause = pauses[tries];
    if (pause === undefined || signal.aborted || !mayPass(answer)) return pictureIn(answer);
    const asked = 'retryAfter' in answer ? answer.retryAfter : undefined;
    // A server may not ask for more patience than the user has.
    await wait(Math.min(asked ?? pause, Math.max(pause, timeout)), undefined, { signal }).catch(() => {});
  }
}

/** Does what a signal ends, be it the one given or one that the time is over. */
async function withTimeout<Result>(
  milliseconds: number,
  signal: AbortSignal,
  task: (either: AbortSignal) => Promise<Result>,
): Promise<Result> {
  // Node 20 forgets the time-out of AbortSignal.any([signal, AbortSignal.timeout()]) when it collects garbage.
  const either = new AbortController();
  const stop = () => either.abort(signal.reason);
  const timer = setTimeout(
    () => either.abort(new DOMException('The time is over', 'TimeoutError')),
    milliseconds,
  );
  signal.addEventListener('abort', stop);
  try {
    return await task(either.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

const failuresThatPass = /^(?:EAI_AGAIN|ECONN\w+|E\w+UNREACH|EPIPE|ETIMEDOUT|UND_ERR_\w+)$/;

function mayPass(answer: HttpAnswer): boolean {
  if ('refusal' in answer) return false;
  if ('status' in answer) return answer.status >= 500 || answer.status === 429 || answer.status === 408;
  const { failure } = answer;
  return failure === outOfTime || failure === brokenOff || failuresThatPass.test(failure);
}

function pictureIn(answer: HttpAnswer): Download {
  if ('refusal' in answer) return { reason: answer.refusal };
  if ('failure' in answer) return { reason: inWords(answer) };
  const { status, host, body } = answer;
  if (status === 404 || status === 410) return { reason: `not there (${status} from ${host})` };
  if (status !== 200) return { reason: `${status} from ${host}` };
  return isGif(body) ? { picture: body } : { reason: `no GIF picture from ${host}` };
}

function inWords({ failure, host }: { readonly failure: string; readonly host: string }): string {
  if (failure === outOfTime) return `${failure} from ${host}`;
  if (failure === 'UND_ERR_CONNECT_TIMEOUT') return `no connection to ${host}`;
  if (failure === brokenOff || failure.startsWith('UND_ERR_')) return `broken off by ${host}`;
  if (failure.startsWith('HPE_')) return `no HTTP from ${host}`;
  return socketFailure({ code: failure, message: failure }, { url: host });
}

/** By its first octets, as servers give any type to a page that says that something is wrong. */
function isGif(body: Buffer): boolean {
  return /^GIF8[79]a$/.test(body.toString('latin1', 0, 6));
}
