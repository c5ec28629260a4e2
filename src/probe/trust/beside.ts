import type { Answer, Ask } from '../../dns/resolver/resolver.js';
import type { Reply } from '../../dns/wire/reply.js';
import type { Finding } from '../verdict.js';
import type { Sibling, SiblingQuestion, Siblings } from './siblings.js';
import type { Standing } from './standing.js';
import { restingOn } from './wildcard.js';

/** A question that is asked about a name and about random names beside it. */
export type Inquiry = Pick<SiblingQuestion, 'type' | 'flags' | 'isBelow'>;

/** The answers to a question about a name and about the first random name beside it. */
export interface Pair {
  readonly inquiry: Inquiry;
  readonly own: Answer;
  readonly sibling: Sibling;
}

/** A rule by which replies prove that a name exists. */
export interface Proof {
  /** Whether the reply about the name proves it, as replies about random names beside it are of another kind. */
  readonly isProof: (own: Reply, siblings: readonly Reply[]) => boolean;
  /** The number of random names that must agree. */
  readonly siblings: number;
}

/** A name and the random names beside it, at one server. Keeps the answers that a finding rests on. */
export interface Beside {
  /** Asks about the first random names beside the name. */
  askSiblings(inquiry: Inquiry, count: number): Promise<readonly Answer[]>;
  /** Whether names below these names are not too long to be asked for. */
  readonly hasRoomBelow: boolean;
  /** Asks about the name and the first random name beside it. */
  ask(inquiry: Inquiry): Promise<Pair>;
  /**
   * Finds out whether answers prove that the name exists. More random names are asked for only if the first one does not refute it.
   *
   * @returns why this cannot be found out, if so.
   */
  isProven(pair: Pair, proof: Proof): Promise<boolean | { readonly failure: string }>;
  /** Makes a finding rest on all answers so far, too. */
  resting(finding: Finding): Finding;
}

/** The length of the longest name in text form, and of the longest random label with its dot. */
const longestName = 253;
const longestLabel = 64;

/** The reply in an answer. */
export const replyOf = ({ outcome }: Answer): Reply | undefined =>
  'reply' in outcome ? outcome.reply : undefined;

/** Why there is no reply in an answer. */
export const failureOf = ({ outcome }: Answer): string | undefined =>
  'failure' in outcome ? outcome.failure : undefined;

/** Creates what asks about a name and the random names beside it. */
export function createBeside(
  ask: Ask,
  siblings: Siblings,
  name: string,
  parent: string,
  { server, epoch }: Standing,
  like?: string,
): Beside {
  const { url } = server;
  const since = Math.max(server.changedAt, epoch.rightSince - 1);
  const answers: Answer[] = [];
  let tries = 0;

  const askOwn = async ({ type, flags, isBelow }: Inquiry): Promise<Answer> => {
    const asked = isBelow ? `${siblings.belowLabel}.${name}` : name;
    const answer = await ask({ name: asked, type, flags }, { only: url });
    answers.push(answer);
    tries += answer.tries;
    return answer;
  };

  const askSibling = async (inquiry: Inquiry, index: number): Promise<Sibling> => {
    const sibling = await siblings.ask({ ...inquiry, parent, index, like }, url, since);
    answers.push(sibling.answer);
    return sibling;
  };

  const askSiblings = async (inquiry: Inquiry, count: number): Promise<Answer[]> => {
    const indices = Array.from({ length: count }, (_, index) => index);
    const all = await Promise.all(indices.map((index) => askSibling(inquiry, index)));
    return all.map(({ answer }) => answer);
  };

  return {
    hasRoomBelow: Math.max(name.length, parent.length + longestLabel) <= longestName - longestLabel,
    askSiblings,
    async ask(inquiry) {
      const [own, sibling] = await Promise.all([askOwn(inquiry), askSibling(inquiry, 0)]);
      return { inquiry, own, sibling };
    },
    async isProven({ inquiry, own, sibling }, { isProof, siblings: count }) {
      const [reply, first] = [replyOf(own), replyOf(sibling.answer)];
      const failure = failureOf(own) ?? failureOf(sibling.answer);
      // A server that answers neither question answers none of this kind.
      if (reply === undefined && first === undefined) return false;
      if (reply === undefined || first === undefined) return { failure: failure ?? '' };
      if (!isProof(reply, [first])) return false;
      const others = await askSiblings(inquiry, count);
      const failed = others.find((answer) => failureOf(answer) !== undefined);
      if (failed) return { failure: failureOf(failed) ?? '' };
      return isProof(
        reply,
        others.flatMap((answer) => replyOf(answer) ?? []),
      );
    },
    resting: (finding) => restingOn(finding, answers, tries),
  };
}
