import type { Ask } from '../dns/resolver/resolver.js';
import type { Reply } from '../dns/wire/reply.js';
import type { Candidate } from '../names/candidate.js';
import type { Canaries } from './canaries.js';
import { absent, doubt, type Finding } from './verdict.js';

/** Whether a name is a zone of its own, which a made-up name is not. */
type Delegation = 'own zone' | 'none' | 'unclear';

/**
 * Decides whether a name exists under a suffix that answers for every name. A made-up name has neither name servers nor
 * a zone of its own.
 */
export async function reviewWildcard(
  { name, tld }: Candidate,
  before: Finding,
  server: string,
  canaries: Canaries,
  ask: Ask,
): Promise<Finding> {
  canaries.randomNameServers ??= ask({ name: canaries.randomName, type: 'NS' }, { only: server });
  const [own, random] = await Promise.all([
    ask({ name, type: 'NS' }, { only: server }),
    canaries.randomNameServers,
  ]);
  const finding = { ...before, tries: before.tries + own.tries };
  const everyName = `any name under .${tld} is answered`;
  const failed = [own.outcome, random.outcome].find((outcome) => 'failure' in outcome);
  if (failed && 'failure' in failed)
    return doubt(finding, `${everyName}, and name servers are not known: ${failed.failure}`);
  if (!('reply' in own.outcome && 'reply' in random.outcome)) return finding;
  if (delegation(random.outcome.reply, canaries.randomName, tld) === 'own zone') {
    return doubt(finding, `${everyName}, with name servers: real and made-up names look the same`);
  }
  const { reply } = own.outcome;
  // A server that makes up nothing but addresses denies the random name here, and tells the truth about others.
  const deniesRandom = random.outcome.reply.rcode === 'NXDOMAIN';
  const isReal = deniesRandom && reply.rcode === 'NOERROR' && reply.alias === undefined;
  const found = isReal ? 'exists' : delegation(reply, name, tld);
  if (found === 'unclear')
    return doubt(finding, `${everyName}, and whether this one has name servers is not clear`);
  const evidence = [...finding.evidence, ...canaries.evidence, `NS: ${found}`];
  if (found !== 'none') return { ...finding, evidence };
  return { ...finding, verdict: absent, addresses: [], rcode: reply.rcode, evidence };
}

function delegation(
  { rcode, alias, nameServers, referral, zone }: Reply,
  name: string,
  suffix: string,
): Delegation {
  if (alias !== undefined) return 'unclear';
  if (rcode === 'NXDOMAIN') return 'none';
  if (nameServers || referral === name || zone?.endsWith(`.${suffix}`)) return 'own zone';
  // The SOA of the suffix, or of a parent of it, shows that there is no zone in between (RFC 2308 section 3).
  return zone !== undefined && `.${suffix}`.endsWith(zone === '' ? '' : `.${zone}`) ? 'none' : 'unclear';
}
