import type { Answer } from '../../dns/resolver/resolver.js';
import type { RecordType } from '../../dns/wire/record-types.js';
import type { Random } from '../../util/random.js';
import type { AskServer } from './canaries.js';
import { randomNameUnder } from './canary.js';

/** Random names beside other names, which show whether any name there is answered. */
export interface Siblings {
  /**
   * Asks for the records of a random name under a parent, once for each parent and type.
   *
   * @param since the place in the run's order of events after which the query must have been sent for its answer to count.
   */
  ask(parent: string, type: RecordType, server: string, since: number): Promise<Sibling>;
}

/** A random name, and what the server says about it. */
export interface Sibling {
  readonly name: string;
  readonly answer: Answer;
}

/** The most random names that are remembered. */
const maximumSiblings = 10_000;

/** Creates siblings; none has been asked for. */
export function createSiblings(askServer: AskServer, random: Random): Siblings {
  const known = new Map<string, Promise<Sibling>>();

  const ask = async (parent: string, type: RecordType, server: string): Promise<Sibling> => {
    const name = randomNameUnder(parent, random);
    return { name, answer: await askServer({ name, type }, server) };
  };

  return {
    async ask(parent, type, server, since) {
      const key = `${type} ${parent} ${server}`;
      const found = known.get(key);
      const sibling = await found;
      if (sibling && 'reply' in sibling.answer.outcome && sibling.answer.sent > since) return sibling;
      // Another call may have asked in the meantime.
      const present = known.get(key);
      if (present !== undefined && present !== found) return present;
      const asked = ask(parent, type, server);
      known.set(key, asked);
      const [oldest] = known.size > maximumSiblings ? known.keys() : [];
      if (oldest !== undefined) known.delete(oldest);
      return asked;
    },
  };
}
