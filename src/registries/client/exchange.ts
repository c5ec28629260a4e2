import { connect } from 'node:net';
import type { HttpFailure, HttpResult } from '../../util/http.js';
import { describeNetworkError, isTransientError } from '../../util/network-failure.js';

/** A server that answers one line of text on each connection, as in WHOIS (RFC 3912). */
export interface TextServer {
  readonly host: string;
  /** A TCP port. */
  readonly port: number;
}

/** What the replies of a kind of server can be. */
export interface ReplyRules {
  /** The octets of a reply at most. */
  readonly maximumSize: number;
  /** Whether a reply says that the server was asked too often. */
  readonly isRefusal: (reply: Buffer) => boolean;
}

/** Asks a server one question; see `exchange`. */
export type Exchange = typeof exchange;

/** The host and the port of a server, as text. */
export const addressOf = ({ host, port }: TextServer): string => `${host}:${port}`;

/**
 * Asks a server one question, on a connection of its own. Does not throw if that fails.
 *
 * @param url identifies the question in results.
 * @param question the line to send.
 * @param signal is this exchange's own, and aborts it; a `TimeoutError` as its reason means that time ran out.
 * @returns the reply in the form of an HTTP response: with status 429 if the server refuses to answer, otherwise 200.
 */
export function exchange(
  { host, port }: TextServer,
  url: string,
  question: string,
  { maximumSize, isRefusal }: ReplyRules,
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
      if (size > maximumSize) fail(`${peer} sends more than ${maximumSize / 1024} KiB`, false);
    });
    socket.on('end', () => {
      if (size === 0) return fail(`connection closed by ${peer}`, true);
      const body = Buffer.concat(chunks);
      end({ url, host: peer, status: isRefusal(body) ? 429 : 200, retryAfter: undefined, body });
    });
    socket.on('error', (error) => fail(describeNetworkError(error, peer), isTransientError(error)));
  });
}
