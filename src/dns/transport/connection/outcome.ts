import type { Question } from '../../wire/query.js';
import { decodeReply } from '../../wire/reply.js';
import type { Outcome } from '../transport.js';

/**
 * Reads the outcome of a query from a message that replies to it.
 *
 * @param server the server's URL, which outcomes contain.
 * @param isStream whether the message came over a stream, where none needs to be truncated. If one is, an address or an alias in it
 * still counts (RFC 8484 section 6).
 */
export function readOutcome(
  message: Uint8Array,
  question: Question,
  server: string,
  isStream: boolean,
): Outcome {
  const reply = decodeReply(message, question, isStream);
  const failed = (what: string) => ({ failure: `${what} from ${server}`, server, hasReplied: true }) as const;
  if (reply === undefined) return failed('unreadable reply');
  if (reply.truncated) return { ...failed('truncated reply'), ...(!isStream && { isTruncated: true }) };
  return reply.lacksQuestion ? failed('reply without a question') : { reply, server };
}
