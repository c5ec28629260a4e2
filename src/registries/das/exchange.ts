import { connect } from 'node:net';
import type { HttpFailure, HttpResult } from '../../util/http.js';
import { describeNetworkError, isTransientError } from '../../util/network-failure.js';
import { addressOf, type DasService } from './services.js';

/** The octets of a reply at most. A reply of a few lines has some hundred. */
const maximumReply = 4096;

/**
 * What a service says if it was asked too often or has blocked the address (DNS Belgium: "RC" is -2 or -3). The replies
 * of EURid have the same form.
 */
const refusal = /^[% ]*RC *[=:] *-[23]\b/im;

/**
 * Asks a service one question, on a connection of its own. Does not throw if that fails.
 *
 * @param url identifies the question in results.
 * @param question the line to send.
 * @param signal is this exchange's own, and aborts it; a `TimeoutError` as its reason means that time ran out.
 * @returns the reply in the form of an HTTP response: with status 429 if the service refuses to answer, otherwise 200.
 */
export function exchange(
  { host, port }: Pick<DasService, 'host' | 'port'>,
  url: string,
  question: string,
  signal: AbortSignal,
): Promise<HttpResult> {
  const peer = addressOf({ host, port });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const socket = connect({ host, port });

    const end = (result: HttpResult) => {
      socket.destroy();
      resolve(result);
    };
    const fail = (failure: string, transient: boolean) =>
      end({ failure, transient, responded: size > 0 } satisfies HttpFailure);
    const abort = () => fail(`no answer in time from ${peer}`, true);

    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort);
    socket.on('connect', () => socket.write(question));
    socket.on('data', (chunk) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > maximumReply) fail(`${peer} sends more than ${maximumReply / 1024} KiB`, false);
    });
    socket.on('end', () => {
      if (size === 0) return fail(`connection closed by ${peer}`, true);
      const body = Buffer.concat(chunks);
      const status = refusal.test(body.toString()) ? 429 : 200;
      end({ url, host: peer, status, retryAfter: undefined, body });
    });
    socket.on('error', (error) => fail(describeNetworkError(error, peer), isTransientError(error)));
  });
}
