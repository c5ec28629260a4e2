import { addressInUrl, kindOfAddress } from '../../util/address-kind.js';
import type { Failed, Outcome } from '../transport/transport.js';
import { isWithin } from '../wire/name.js';
import type { Question } from '../wire/query.js';
import type { Reply } from '../wire/reply.js';

/** The end of the message if something between here and the server of a zone has replied for it. */
export const interception = 'is intercepted';

/** Turns a reply into a failure if it only says that the server will not or cannot answer. */
export function withoutRefusals(outcome: Outcome, question: Question): Outcome {
  if ('failure' in outcome) return outcome;
  const { reply, server } = outcome;
  const { rcode, alias, referral, extendedErrors } = reply;
  const zone = question.flags?.zone;
  if (zone !== undefined && isFromElsewhere(reply)) {
    const notAuthoritative = `is not authoritative for ${zone === '' ? 'the root' : `.${zone}`}`;
    const failure = isInOwnNetwork(server) ? notAuthoritative : interception;
    return { ...failedAt(server, `${server} ${failure}`), isPermanent: true };
  }
  if (rcode !== undefined && rcode !== 'NOERROR' && rcode !== 'NXDOMAIN')
    return {
      ...failedAt(server, `${rcode} from ${server}`),
      ...{ rcode, ...(alias !== undefined && { alias }), ...(extendedErrors && { extendedErrors }) },
    };
  if (referral !== undefined && referral !== question.name && !isBelow(referral, zone))
    return failedAt(server, `${server} refers only to the name servers of ${referral || 'the root'}`);
  return outcome;
}

/** Whether a reply is not from a server of the zone: it offers recursion, or is neither authoritative nor a referral. */
function isFromElsewhere({ rcode, referral, isAuthoritative, offersRecursion }: Reply): boolean {
  if (offersRecursion) return true;
  const isAnswer = rcode === 'NOERROR' || rcode === 'NXDOMAIN';
  return isAnswer && !isAuthoritative && referral === undefined;
}

/** Whether a server is in the same network. Then nothing is assumed to have replied for it. */
function isInOwnNetwork(server: string): boolean {
  const address = addressInUrl(server);
  return address !== undefined && kindOfAddress(address) !== 'public';
}

/** Whether a referral leads to a zone below. */
const isBelow = (referral: string, zone: string | undefined): boolean =>
  zone !== undefined && referral !== zone && isWithin(referral, zone);

const failedAt = (server: string, failure: string): Failed => ({ failure, server, hasReplied: true });
