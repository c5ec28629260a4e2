import type { Answer, Ask } from '../../dns/resolver/resolver.js';
import type { Reply } from '../../dns/wire/reply.js';
import type { Candidate } from '../../names/candidate.js';
import { doubt, type Finding } from '../verdict.js';
import { type Beside, createBeside, failureOf, replyOf } from './beside.js';
import { isAnswered } from './comparison.js';
import { decideExistence } from './existence.js';
import type { Siblings } from './siblings.js';
import type { Standing } from './standing.js';

/** Finds out whether a name exists where any name may be answered. */
export interface Wildcards {
  /**
   * Compares a name with random names beside it.
   *
   * @param isKnown whether it is known that any name beside it is answered.
   */
  compare(candidate: Candidate, finding: Finding, standing: Standing, isKnown: boolean): Promise<Compared>;
}

/** What is known of a name that has been compared with others. */
export interface Compared {
  readonly finding: Finding;
  /** Whether any name beside it is answered, so that the finding rests on differences alone. */
  readonly isWildcard: boolean;
}

/** A top-level domain that will never exist (RFC 6761 section 6.4): only a server that answers for anything answers below it. */
const madeUpDomain = 'invalid';
/** The random names that show that long ones are denied, and those without an address that show that an address comes from no wildcard. */
const few = 3;
const many = 12;

/** The name without its first label. */
const parentOf = ({ name }: Candidate): string => name.slice(name.indexOf('.') + 1);

/** Whether a name may exist only because any name under its parent is answered, though not under its suffix. */
export const mayHaveTwin = ({ word }: Candidate, { verdict }: Finding): boolean =>
  (verdict.status === 'live' || verdict.status === 'taken') && word.includes('.');

/** Creates a way to find out whether names exist where any name is answered. */
export function createWildcards(ask: Ask, siblings: Siblings, note: (message: string) => void): Wildcards {
  /** @param isByForm whether the random names have the form of the name, as the server denies long ones. */
  const compare = async (
    candidate: Candidate,
    before: Finding,
    standing: Standing,
    isKnown: boolean,
    isByForm: boolean,
  ): Promise<Compared> => {
    const { name } = candidate;
    const parent = isByForm ? standing.suffixName : parentOf(candidate);
    const { url, changedAt } = standing.server;
    const like = isByForm ? name : undefined;
    const beside = createBeside(ask, siblings, name, parent, standing, like);
    const sibling = await testSibling(beside, before, isKnown, isByForm);
    if (sibling === 'by form') return compare(candidate, before, standing, isKnown, true);
    if (sibling === 'unlike') return { finding: beside.resting(before), isWildcard: isKnown };
    if ('failure' in sibling) {
      const reason = `cannot tell whether any name under .${parent} is answered: ${sibling.failure}`;
      return { finding: doubt(beside.resting(before), reason), isWildcard: isKnown };
    }
    note(`${url} answers for any name under .${parent}, so each name is compared with made-up ones`);
    const finding = await decideExistence({
      beside,
      before,
      name,
      parent,
      isAlike: hasAddressesOf(sibling.reply, before),
      async answersAnything() {
        const { answer } = await siblings.ask({ parent: madeUpDomain, type: 'A' }, url, changedAt);
        return (replyOf(answer)?.addresses.length ?? 0) > 0;
      },
    });
    return { finding: beside.resting(finding), isWildcard: true };
  };

  return {
    compare: (candidate, before, standing, isKnown) =>
      compare(candidate, before, standing, isKnown, standing.isByForm),
  };
}

/**
 * Tests by random names beside a name whether it may exist only because any name there is answered: it may not if they are denied, or
 * if they have no address and it has one.
 *
 * @returns `by form` if long random names are denied, although it is known that some names are answered.
 */
async function testSibling(
  beside: Beside,
  { verdict, type }: Finding,
  isKnown: boolean,
  isByForm: boolean,
): Promise<'unlike' | 'by form' | { readonly reply: Reply } | { readonly failure: string }> {
  const isLive = verdict.status === 'live';
  const inquiry = { type: isLive ? type : 'A' } as const;
  const [first] = await beside.askSiblings(inquiry, 1);
  const reply = first && replyOf(first);
  if (reply === undefined) return { failure: (first && failureOf(first)) ?? '' };
  if (!isAnswered(reply)) {
    if (isKnown && !isByForm) return 'by form';
    const others = isByForm ? await beside.askSiblings(inquiry, few) : [];
    const answered = others.map(replyOf).find((other) => other !== undefined && isAnswered(other));
    return answered ? { reply: answered } : 'unlike';
  }
  if (!isLive || reply.addresses.length > 0) return { reply };
  const others = await beside.askSiblings(inquiry, many);
  return others.every(isWithoutAddress) ? 'unlike' : { reply };
}

const isWithoutAddress = (answer: Answer): boolean => {
  const reply = replyOf(answer);
  return reply !== undefined && isAnswered(reply) && reply.addresses.length === 0;
};

/** Whether a name has no other addresses than a random name beside it. */
const hasAddressesOf = ({ addresses }: Reply, finding: Finding): boolean =>
  finding.verdict.status === 'live' && finding.addresses.every((address) => addresses.includes(address));
