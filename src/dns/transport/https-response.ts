import { type ClientHttp2Stream, constants } from 'node:http2';
import type { Question } from '../wire/query.js';
import { decodeReply, isReplyTo } from '../wire/reply.js';
import type { Outcome } from './transport.js';

/** The media type of a DNS message (RFC 8484 section 6). */
export const mediaType = 'application/dns-message';

/** The id of every query, so that HTTP caches recognize a repeated question (RFC 8484 section 4.1). */
export const cacheableId = 0;

/** Length of the longest DNS message in octets (RFC 8484 section 6). */
const maximumLength = 0xffff;

/**
 * Reads the response to a query (RFC 8484 section 4.2).
 *
 * @param server the server's URL, which outcomes contain.
 * @param isConnectionClosed whether the stream's connection has ended.
 * @param settle called once; with undefined if the stream ended before the response was complete.
 */
export function readResponse(
  stream: ClientHttp2Stream,
  question: Question,
  server: string,
  isConnectionClosed: () => boolean,
  settle: (outcome: Outcome | undefined) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  let failure: string | undefined;
  let hasHeaders = false;

  const fail = (reason: string) => {
    failure = `${reason} from ${server}`;
    stream.close(constants.NGHTTP2_CANCEL);
  };

  stream.on('response', ({ ':status': status, 'content-type': contentType = '' }) => {
    hasHeaders = true;
    const [type] = /^[\w.+-]{1,64}\/[\w.+-]{1,64}(?=\s*(;|$))/.exec(contentType) ?? [
      'an unreadable content type',
    ];
    if (status !== 200) fail(`HTTP status ${status}`);
    else if (type.toLowerCase() !== mediaType) fail(`${type} instead of a DNS message`);
  });
  stream.on('data', (chunk: Buffer) => {
    length += chunk.length;
    chunks.push(chunk);
    if (length > maximumLength) fail('reply longer than 65,535 octets');
  });
  // An error is always followed by 'close', which is handled below.
  stream.on('error', () => {});
  stream.on('close', () => {
    if (failure !== undefined) return settle({ failure, server });
    if (!hasHeaders) return settle(undefined);
    const outcome = decode(Buffer.concat(chunks), question, server);
    // When a session ends after a GOAWAY, Node closes incomplete streams as if they were complete.
    const isComplete = stream.rstCode === constants.NGHTTP2_NO_ERROR && !isConnectionClosed();
    settle(isComplete || 'reply' in outcome ? outcome : undefined);
  });
}

function decode(message: Buffer, question: Question, server: string): Outcome {
  if (!isReplyTo(cacheableId, question, message))
    return { failure: `reply to a different question from ${server}`, server };
  const reply = decodeReply(message, question);
  if (reply === undefined || reply.truncated) return { failure: `unreadable reply from ${server}`, server };
  return { reply, server };
}
