import type { Outcome } from '../transport/transport.js';
import type { Question } from '../wire/query.js';

/** Turns a reply in which a server only says that it will not or cannot answer into a failure. */
export function withoutRefusals(outcome: Outcome, question: Question): Outcome {
  if ('failure' in outcome) return outcome;
  const { reply, server } = outcome;
  const { rcode, referral } = reply;
  if (rcode !== undefined && rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') {
    return { failure: `${rcode} from ${server}`, server, rcode };
  }
  if (referral !== undefined && referral !== question.name) {
    return { failure: `${server} only refers to the name servers of ${referral || 'the root'}`, server };
  }
  return outcome;
}
