import { absent, doubt, type Finding, type Verdict, withEvidence } from '../verdict.js';
import { type Beside, type Inquiry, type Pair, type Proof, replyOf } from './beside.js';
import { hasContent, isBlocking, isUnlike, readCompactDenial } from './comparison.js';
import { everyNameUnder, reviewWildcard } from './wildcard.js';

/** A name that may exist only because any name beside it is answered. */
export interface Case {
  readonly beside: Beside;
  readonly before: Finding;
  readonly name: string;
  readonly parent: string;
  /** Whether it is live, and has only addresses that a random name has, too. */
  readonly isAlike: boolean;
  /** Whether the server answers even for names that cannot exist. */
  readonly answersAnything: () => Promise<boolean>;
}

/** Asks with the DO bit. The type does not matter: the name has no record of it. */
const compactDenial: Inquiry = { type: 'A', flags: { wantsDnssec: true } };

/** The random names that show what is denied below them. */
const few = 3;
/** A wildcard of several addresses may give other ones to each name, and one of them rarely, so many random names must agree. */
const unlike: Proof = { isProof: isUnlike, siblings: 12 };
const otherAddress: Proof = { isProof: isUnlike, siblings: 48 };
const proofFor = ({ sibling }: Pair): Proof =>
  replyOf(sibling.answer)?.addresses.length ? otherAddress : unlike;

/** What a step has found out: the finding, if it is decided; and otherwise why a comparison has failed, if so. */
interface Step {
  readonly decided?: Finding | undefined;
  readonly failure?: string | undefined;
}

/**
 * Decides whether a name exists where any name is answered: it does if it differs from random names beside it in what is below it
 * (RFC 4592 section 2.2.1), in its name servers, or in its records. If not, it is absent; if it has no records at all, compact denial
 * (RFC 9824) decides.
 */
export async function decideExistence(each: Case): Promise<Finding> {
  const { beside, before, name, parent } = each;
  const below = beside.hasRoomBelow ? [await beside.ask({ type: 'A', isBelow: true })] : [];
  const blocking = await prove(each, below, () => ({ isProof: isBlocking(name), siblings: few }));
  if (blocking.decided) return blocking.decided;
  const [nameServers, answersAnything] = await Promise.all([
    beside.ask({ type: 'NS' }),
    each.answersAnything(),
  ]);
  const { own, sibling } = nameServers;
  const random = { name: sibling.name, nameServers: sibling.answer };
  const found = reviewWildcard(before, parent, { name, nameServers: own }, random, answersAnything);
  if (found.verdict.status === before.verdict.status) return found;
  const compared = await prove(each, [nameServers], proofFor);
  if (compared.decided) return compared.decided;
  // A name with an alias has no other records (RFC 2181 section 10.1).
  const areAliases = [own, sibling.answer].every((answer) => replyOf(answer)?.alias !== undefined);
  const records: Step = areAliases ? {} : await compareRecords(each, found);
  if (records.decided) return records.decided;
  const failure = blocking.failure ?? compared.failure ?? records.failure;
  if (failure === undefined || found.verdict.status === 'unknown') return found;
  return doubt(found, `${everyNameUnder(parent)}, and not all is known of this one: ${failure}`);
}

/** Looks for a pair of answers that proves that the name exists. */
async function prove(
  { beside, before }: Case,
  pairs: readonly Pair[],
  proofOf: (pair: Pair) => Proof,
): Promise<Step> {
  const results = await Promise.all(pairs.map((pair) => beside.isProven(pair, proofOf(pair))));
  const proven = pairs[results.indexOf(true)];
  if (proven) return { decided: withEvidence(before, [`${wordsFor(proven)}: unlike random names`]) };
  const failed = results.find((result) => typeof result === 'object');
  return { failure: typeof failed === 'object' ? failed.failure : undefined };
}

const wordsFor = ({ inquiry: { type, isBelow } }: Pair): string => (isBelow ? 'a name below' : type);

/** Compares the types of records that the name has. */
async function compareRecords(each: Case, found: Finding): Promise<Step> {
  const isLive = each.before.verdict.status === 'live';
  const addresses = (['A', 'AAAA'] as const).filter((type) => !each.isAlike || type !== each.before.type);
  const types = isLive ? [...addresses, 'MX' as const] : addresses;
  const compared = await compareTypes(each, types);
  const { decided, pairs } = compared;
  const isDenied = found.verdict.status === 'absent' && found.verdict.reason === undefined;
  if (decided || isLive || isDenied || pairs.some(haveContent)) return compared;
  return decideEmpty(each, compared.failure);
}

async function compareTypes(
  each: Case,
  types: readonly Inquiry['type'][],
): Promise<Step & { readonly pairs: readonly Pair[] }> {
  const pairs = await Promise.all(types.map((type) => each.beside.ask({ type })));
  return { ...(await prove(each, pairs, proofFor)), pairs };
}

/** Whether the name and the random name beside it both have an alias or records of a type. */
const haveContent = ({ own, sibling }: Pair): boolean =>
  [own, sibling.answer].every((answer) => {
    const reply = replyOf(answer);
    return reply !== undefined && hasContent(reply);
  });

/** Decides about a name without an address where random names have none either. */
async function decideEmpty(each: Case, failure: string | undefined): Promise<Step> {
  const { beside, before, parent } = each;
  const denial = await beside.ask(compactDenial);
  const [own, sibling] = [replyOf(denial.own), replyOf(denial.sibling.answer)];
  const shown = own && sibling && readCompactDenial(own, sibling);
  const withShown = withEvidence(before, [`NSEC: ${shown}`]);
  if (shown === 'exists') return { decided: withShown };
  if (shown === 'nonexistent') return { decided: { ...withShown, verdict: absent, rcode: own?.rcode } };
  const others = await compareTypes(each, ['MX', 'TXT']);
  if (others.decided) return others;
  const everyName = everyNameUnder(parent);
  const failed = failure ?? others.failure;
  if (failed !== undefined) return { failure: failed };
  const made: Verdict = { status: 'absent', reason: everyName };
  if (others.pairs.some(haveContent)) return { decided: { ...before, verdict: made } };
  return { decided: doubt(before, `${everyName}, without an address: real and made-up names look the same`) };
}
