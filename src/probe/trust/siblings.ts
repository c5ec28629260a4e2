import type { Answer } from '../../dns/resolver/resolver.js';
import type { QueryFlags } from '../../dns/wire/query.js';
import type { RecordType } from '../../dns/wire/record-types.js';
import type { Random } from '../../util/random.js';
import type { AskServer } from './asking.js';
import { formOf, randomNameUnder, similarName } from './canary.js';

/** Random names beside other names, which show whether any name there is answered. */
export interface Siblings {
  /** A random label: names with it below siblings are compared with names with it below other names. */
  readonly belowLabel: string;
  /**
   * Asks for the records of a random name under a parent, once for each question.
   *
   * @param since the place in the run's order of events after which the query must have been sent for its answer to count.
   */
  ask(question: SiblingQuestion, server: string, since: number): Promise<Sibling>;
}

/** A question about a random name. */
export interface SiblingQuestion {
  readonly parent: string;
  readonly type: RecordType;
  readonly flags?: QueryFlags | undefined;
  /** Which of several random names is asked for, from 0. */
  readonly index?: number | undefined;
  /** The name under the parent whose form the random names have; long ones by default. */
  readonly like?: string | undefined;
  /** Whether a name below the random name is asked for. */
  readonly isBelow?: boolean | undefined;
}

/** A random name, and what the server says about it. */
export interface Sibling {
  readonly name: string;
  readonly answer: Answer;
}

/** The most random names that are remembered. */
const maximumSiblings = 10_000;
/** The most names that are made up until one is another name than that whose form it has. */
const maximumTurns = 20;

/** Creates siblings; none has been asked for. */
export function createSiblings(askServer: AskServer, random: Random): Siblings {
  const known = new Map<string, Promise<Sibling>>();
  const [belowLabel = ''] = randomNameUnder('below', random).split('.');

  const anotherLike = (like: string, parent: string): string => {
    const word = like.slice(0, -parent.length - 1);
    for (let turn = 1; ; turn++) {
      const name = similarName(word, parent, random);
      if (name !== like || turn === maximumTurns) return name;
    }
  };

  const ask = async (
    { parent, type, flags, like, isBelow }: SiblingQuestion,
    server: string,
  ): Promise<Sibling> => {
    const sibling = like === undefined ? randomNameUnder(parent, random) : anotherLike(like, parent);
    const name = isBelow ? `${belowLabel}.${sibling}` : sibling;
    return { name, answer: await askServer({ name, type, flags }, server) };
  };

  return {
    belowLabel,
    async ask(question, server, since) {
      const { parent, type, flags, like, index = 0, isBelow } = question;
      const form = like === undefined ? '' : formOf(like.slice(0, -parent.length - 1));
      const key = `${type} ${index} ${isBelow ? 'below ' : ''}${flags ? 'DNSSEC ' : ''}${form} ${parent} ${server}`;
      const found = known.get(key);
      const sibling = await found;
      if (
        sibling &&
        sibling.name !== like &&
        'reply' in sibling.answer.outcome &&
        sibling.answer.sent > since
      )
        return sibling;
      // Another call may have asked in the meantime.
      const present = known.get(key);
      if (present !== undefined && present !== found) return present;
      const asked = ask(question, server);
      known.set(key, asked);
      const [oldest] = known.size > maximumSiblings ? known.keys() : [];
      if (oldest !== undefined) known.delete(oldest);
      return asked;
    },
  };
}
