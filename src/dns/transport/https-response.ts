import { type ClientHttp2Stream, constants } from 'node:http2';
import type { Clock } from '../../util/clock.js';
import { readRetryAfter } from '../../util/retry-after.js';
import type { Question } from '../wire/query.js';
import { isReplyTo } from '../wire/reply.js';
import { readOutcome } from './connection/outcome.js';
import type { Failed, Outcome } from './transport.js';

/** The media type of a DNS message (RFC 8484 section 6). */
export const mediaType = 'application/dns-message';

/** The id of every query, so that HTTP caches recognize a repeated question (RFC 8484 section 4.1). */
export const cacheableId = 0;

/** Length of the longest DNS message in octets (RFC 8484 section 6). */
const maximumLength = 0xffff;

/** The context in which a response is read. */
interface ResponseContext {
  /** The URL of the server, which outcomes contain. */
  readonly server: string;
  readonly clock: Clock;
  /** Whether the connection of the stream has ended. */
  readonly isConnectionClosed: () => boolean;
}

/**
 * Reads the response to a query (RFC 8484 section 4.2). A response that is not a DNS message fails the query
 * permanently, unless its status says that the server is overloaded or out of order.
 *
 * @param settle called once; with undefined if the stream ended before the response was complete.
 */
export function readResponse(
  stream: ClientHttp2Stream,
  question: Question,
  { server, clock, isConnectionClosed }: ResponseContext,
  settle: (outcome: Outcome | undefined) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  let failed: Failed | undefined;
  let hasHeaders = false;

  const fail = (reason: string, details: Partial<Failed> = {}) => {
    failed = { failure: `${reason} from ${server}`, server, hasReplied: true, ...details };
    stream.close(constants.NGHTTP2_CANCEL);
  };

  stream.on('response', (headers) => {
    hasHeaders = true;
    const { ':status': status = 0, 'content-type': contentType = '' } = headers;
    const [type] = /^[\w.+-]{1,64}\/[\w.+-]{1,64}(?=\s*(;|$))/.exec(contentType) ?? [
      'an unreadable content type',
    ];
    // Any status of success comes with a DNS message (RFC 8484 section 4.2.1).
    if (status < 200 || status > 299)
      fail(`HTTP status ${status}`, meaningOf(status, headers['retry-after'], clock));
    else if (type.toLowerCase() !== mediaType)
      fail(`${type} instead of a DNS message`, { isPermanent: true });
  });
  stream.on('data', (chunk: Buffer) => {
    length += chunk.length;
    chunks.push(chunk);
    if (length > maximumLength) fail('reply longer than 65,535 octets');
  });
  // An error is always followed by 'close', which is handled below.
  stream.on('error', () => {});
  stream.on('close', () => {
    if (failed !== undefined) return settle(failed);
    if (!hasHeaders) return settle(undefined);
    const outcome = decode(Buffer.concat(chunks), question, server);
    // When a session ends after a GOAWAY, Node closes incomplete streams as if they were complete.
    const isComplete = stream.rstCode === constants.NGHTTP2_NO_ERROR && !isConnectionClosed();
    settle(isComplete || 'reply' in outcome ? outcome : undefined);
  });
}

/** Statuses of the classes 3xx and 4xx that are transient. */
const transientStatuses: ReadonlySet<number> = new Set([408, 421, 425, 429]);

/** Tells whether another try may help after a status other than those of success (RFC 9110 section 15, RFC 6585 section 4). */
function meaningOf(status: number, retryAfter: string | undefined, clock: Clock): Partial<Failed> {
  if (status === 429 || status === 503) return { retryAfter: readRetryAfter(retryAfter, clock.date()) ?? 0 };
  return status >= 300 && status < 500 && !transientStatuses.has(status) ? { isPermanent: true } : {};
}

function decode(message: Buffer, question: Question, server: string): Outcome {
  if (!isReplyTo(cacheableId, question, message))
    return { failure: `reply to a different question from ${server}`, server, hasReplied: true };
  return readOutcome(message, question, server, true);
}
