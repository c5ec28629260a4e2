import type { Answer } from '../../dns/resolver/resolver.js';
import { isWithin } from '../../dns/wire/name.js';
import type { Reply } from '../../dns/wire/reply.js';
import { absent, doubt, type Finding, type Verdict } from '../verdict.js';

/** Whether a name is a zone of its own; a made-up name is none. */
type Delegation = 'own zone' | 'none' | 'unclear';

/** A name, and the answer to the query for its name servers. */
export interface Delegated {
  readonly name: string;
  readonly nameServers: Answer;
}

/**
 * Decides whether a name exists under a parent that answers for every name. A made-up name has neither name servers nor
 * a zone of its own.
 *
 * @param random a random name under the parent.
 * @param answersAnything whether the server answers even for names that cannot exist. If so, it may also say of a real name that
 * it has no name servers.
 */
export function reviewWildcard(
  finding: Finding,
  parent: string,
  own: Delegated,
  random: Delegated,
  answersAnything: boolean,
): Finding {
  const everyName = everyNameUnder(parent);
  const [ownOutcome, randomOutcome] = [own.nameServers.outcome, random.nameServers.outcome];
  const failed = [ownOutcome, randomOutcome].find((outcome) => 'failure' in outcome);
  if (failed && 'failure' in failed)
    return doubt(finding, `${everyName}, and name servers are not known: ${failed.failure}`);
  if (!('reply' in ownOutcome && 'reply' in randomOutcome)) return finding;
  if (delegation(randomOutcome.reply, random.name, parent) === 'own zone') {
    return doubt(finding, `${everyName}, with name servers: real and made-up names look the same`);
  }
  const { reply } = ownOutcome;
  // A server that makes up nothing but addresses denies the random name here, and tells the truth about others.
  const deniesRandom = randomOutcome.reply.rcode === 'NXDOMAIN';
  const isReal = deniesRandom && reply.rcode === 'NOERROR' && reply.alias === undefined;
  // A name with an alias has no other records (RFC 2181 section 10.1).
  const areAliases = reply.alias !== undefined && randomOutcome.reply.alias !== undefined;
  const found = isReal ? 'exists' : areAliases ? 'none' : delegation(reply, own.name, parent);
  if (found === 'unclear')
    return doubt(finding, `${everyName}, and whether this one has name servers is not clear`);
  if (found === 'none' && answersAnything && !deniesRandom)
    return doubt(finding, 'the server answers for any name, even for one that cannot exist');
  const evidence = [...finding.evidence, `NS: ${found}`];
  if (found !== 'none') return { ...finding, evidence };
  const isDenied = reply.rcode === 'NXDOMAIN' && !areAliases;
  const verdict: Verdict = isDenied ? absent : { status: 'absent', reason: everyName };
  return { ...finding, verdict, addresses: [], rcode: reply.rcode, evidence };
}

/** Says that a parent has a wildcard, or a server that answers as if it had one. */
export const everyNameUnder = (parent: string): string => `any name under .${parent} is answered`;

/** Makes a finding rest on more answers, too. */
export const restingOn = (finding: Finding, answers: readonly Answer[], tries = 0): Finding => ({
  ...finding,
  tries: finding.tries + tries,
  first: Math.min(finding.first, ...answers.map(({ sent }) => sent)),
  last: Math.max(finding.last, ...answers.map(({ sent }) => sent)),
  received: Math.max(finding.received, ...answers.map(({ received }) => received)),
});

function delegation(
  { rcode, alias, nameServers, referral, zone }: Reply,
  name: string,
  parent: string,
): Delegation {
  if (alias !== undefined) return 'unclear';
  if (rcode === 'NXDOMAIN') return 'none';
  if (nameServers || referral === name || zone?.endsWith(`.${parent}`)) return 'own zone';
  // The SOA of the parent, or of a parent of it, shows that there is no zone in between (RFC 2308 section 3).
  return zone !== undefined && isWithin(parent, zone) ? 'none' : 'unclear';
}
