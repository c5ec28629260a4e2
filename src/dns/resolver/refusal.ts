import { addressInUrl, kindOfAddress } from '../../util/address-kind.js';
import type { Failed, Outcome } from '../transport/transport.js';
import { isWithin } from '../wire/name.js';
import type { Question } from '../wire/query.js';
import type { Reply } from '../wire/reply.js';

/** The end of the message if something else has answered for the server of a zone. */
export const interception = 'is answered for by something in between';

/** Turns a reply into a failure if it only says that the server will not or cannot answer. */
export function withoutRefusals(outcome: Outcome, question: Question): Outcome {
  if ('failure' in outcome) return outcome;
  const { reply, server } = outcome;
  const { rcode, referral, extendedErrors } = reply;
  const zone = question.flags?.zone;
  const failed = (failure: string): Failed => ({ failure, server, hasReplied: true });
  if (zone !== undefined && isFromElsewhere(reply)) {
    const failure = isInOwnNetwork(server)
      ? `does not speak for ${zone === '' ? 'the root' : `.${zone}`}`
      : interception;
    return { ...failed(`${server} ${failure}`), isPermanent: true };
  }
  if (rcode !== undefined && rcode !== 'NOERROR' && rcode !== 'NXDOMAIN')
    return { ...failed(`${rcode} from ${server}`), rcode, ...(extendedErrors && { extendedErrors }) };
  if (referral !== undefined && referral !== question.name && !isBelow(referral, zone))
    return failed(`${server} only refers to the name servers of ${referral || 'the root'}`);
  return outcome;
}

/**
 * Whether a reply cannot come from a server of the zone, because it offers recursion, or is neither authoritative nor a
 * referral.
 */
function isFromElsewhere({ rcode, referral, isAuthoritative, offersRecursion }: Reply): boolean {
  if (offersRecursion) return true;
  const isAnswer = rcode === 'NOERROR' || rcode === 'NXDOMAIN';
  return isAnswer && !isAuthoritative && referral === undefined;
}

/** Whether a server is in the own network: what it replies is its own fault. */
function isInOwnNetwork(server: string): boolean {
  const address = addressInUrl(server);
  return address !== undefined && kindOfAddress(address) !== 'public';
}

/** Whether a referral leads to a zone below. */
const isBelow = (referral: string, zone: string | undefined): boolean =>
  zone !== undefined && referral !== zone && isWithin(referral, zone);
