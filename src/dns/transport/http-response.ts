import { type ClientHttp2Stream, constants } from 'node:http2';
import type { Question } from '../wire/query.js';
import { decodeReply, isReplyTo } from '../wire/reply.js';
import type { Outcome } from './transport.js';

/** The media type of a DNS message (RFC 8484 section 6). */
export const mediaType = 'application/dns-message';

/** The id of every query, so that caches know the same question again (RFC 8484 section 4.1). */
export const cacheableId = 0;

/** Octets of the largest DNS message (RFC 8484 section 6). */
const maximumLength = 0xffff;

/**
 * Reads the response to a query (RFC 8484 section 4.2).
 *
 * @param server the URL that outcomes name.
 * @param isCut tells whether the stream's connection has ended.
 * @param settle is called once, with nothing where the stream ended before the response did.
 */
export function readResponse(
  stream: ClientHttp2Stream,
  question: Question,
  server: string,
  isCut: () => boolean,
  settle: (outcome: Outcome | undefined) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  let failure: string | undefined;
  let answered = false;

  const fail = (why: string) => {
    failure = `${why} from ${server}`;
    stream.close(constants.NGHTTP2_CANCEL);
  };

  stream.on('response', ({ ':status': status, 'content-type': contentType = '' }) => {
    answered = true;
    const [type] = /^[\w.+-]{1,64}\/[\w.+-]{1,64}(?=\s*(;|$))/.exec(contentType) ?? [
      'an unknown content type',
    ];
    if (status !== 200) fail(`status ${status}`);
    else if (type.toLowerCase() !== mediaType) fail(`${type} in place of a reply`);
  });
  stream.on('data', (chunk: Buffer) => {
    length += chunk.length;
    chunks.push(chunk);
    if (length > maximumLength) fail('reply of more than 65,535 octets');
  });
  // The stream is closed behind it, which is what counts.
  stream.on('error', () => {});
  stream.on('close', () => {
    const outcome =
      failure === undefined ? answered && read(Buffer.concat(chunks), question, server) : { failure, server };
    // Node ends a stream as if it were whole where its session ends behind a GOAWAY.
    const whole = stream.rstCode === constants.NGHTTP2_NO_ERROR && !isCut();
    settle(outcome && (whole || failure !== undefined || 'reply' in outcome) ? outcome : undefined);
  });
}

function read(message: Buffer, question: Question, server: string): Outcome {
  if (!isReplyTo(cacheableId, question, message))
    return { failure: `reply to another question from ${server}`, server };
  const reply = decodeReply(message, question);
  if (reply === undefined || reply.truncated) return { failure: `unreadable reply from ${server}`, server };
  return { reply, server };
}
