import type { Answer } from '../dns/resolver/resolver.js';
import type { Reply } from '../dns/wire/reply.js';
import { suspicionOf } from './suspicion.js';
import { describeReply, type Finding, taken, unknown, verdictOf, withoutAddress } from './verdict.js';

/** The finding from the A query alone; undefined if the name exists without an A record. */
export function findingOf(
  name: string,
  { outcome, asked, tries, sent, received }: Answer,
): Finding | undefined {
  const { server } = outcome;
  if ('failure' in outcome) {
    const { failure, rcode, alias, silentSince } = outcome;
    const isFailing = rcode === 'SERVFAIL' && alias === undefined;
    const isSilent = !isFailing && silentSince !== undefined;
    return {
      // The response code is about the end of the alias chain; the name that has an alias exists (RFC 6604 section 3).
      verdict: alias === undefined ? unknown(failure) : taken(`alias of ${alias}: ${failure}`),
      addresses: [],
      rcode,
      server,
      sources: alias === undefined ? [] : [asked],
      type: 'A',
      zone: undefined,
      first: isSilent ? silentSince : sent,
      last: sent,
      received,
      evidence: [failure],
      tries,
      failure: isFailing ? 'failing' : isSilent ? 'silent' : undefined,
    };
  }
  const { reply } = outcome;
  const suspicion = suspicionOf(name, reply, server);
  const verdict = verdictOf(reply, name) ?? (suspicion === undefined ? undefined : taken());
  if (verdict === undefined) return undefined;
  const { addresses, rcode, zone, alias, isAuthoritative } = reply;
  const evidence = [describeReply('A', reply)];
  // Written out: a spread would cost processor time for nearly every name.
  return {
    verdict,
    addresses,
    rcode,
    server,
    sources: [asked],
    type: 'A',
    zone,
    offersRecursion: isDenial(reply) ? reply.offersRecursion : undefined,
    alias,
    isAuthoritative,
    suspicion,
    first: sent,
    last: sent,
    received,
    evidence,
    tries,
  };
}

/** Whether a reply denies a name or its records. */
const isDenial = ({ addresses, alias, referral }: Reply): boolean =>
  addresses.length === 0 && alias === undefined && referral === undefined;

/** The finding from the A query and the AAAA query together. */
export function joinFindings(name: string, first: Answer, second: Answer): Finding {
  const { outcome, asked } = second;
  const firstReply = 'reply' in first.outcome ? first.outcome.reply : undefined;
  const rcode = firstReply?.rcode;
  const firstEvidence = firstReply ? describeReply('A', firstReply) : '';
  const common = {
    server: outcome.server,
    type: 'AAAA',
    zone: undefined,
    first: Math.min(first.sent, second.sent),
    last: Math.max(first.sent, second.sent),
    received: Math.max(first.received, second.received),
    tries: first.tries + second.tries,
  } as const;
  if ('failure' in outcome) {
    const verdict = taken(`no A record, AAAA not answered: ${outcome.failure}`);
    const evidence = [firstEvidence, `AAAA: ${outcome.failure}`];
    return { verdict, addresses: [], rcode, sources: [first.asked], evidence, ...common };
  }
  const { reply } = outcome;
  const verdict = verdictOf(reply, name) ?? withoutAddress(reply);
  // The A query has just shown that the name exists.
  const isContradicted = verdict.status === 'absent';
  return {
    ...common,
    verdict: isContradicted ? taken('no A record, NXDOMAIN for AAAA') : verdict,
    addresses: reply.addresses,
    rcode: isContradicted ? rcode : reply.rcode,
    sources: asked === first.asked ? [asked] : [first.asked, asked],
    evidence: [firstEvidence, describeReply('AAAA', reply)],
    zone: firstReply?.zone === undefined ? undefined : reply.zone,
    offersRecursion: isDenial(reply) ? reply.offersRecursion : undefined,
    alias: reply.alias,
    isAuthoritative: reply.isAuthoritative,
    suspicion: suspicionOf(name, reply, outcome.server),
  };
}
