import type { Answer } from '../../dns/resolver/resolver.js';
import type { RecordType } from '../../dns/wire/record-types.js';
import { type AskServer, randomNameUnder } from './canary-query.js';

/** A random name that a server may answer for. */
export interface RandomName {
  readonly name: string;
  /** Asks for its name servers, once if there is an answer. */
  nameServers(): Promise<Answer>;
}

/** A random name under the parent of another name, and what the server says about it. */
export interface Sibling extends RandomName {
  readonly answer: Promise<Answer>;
}

/** Creates a random name whose name servers have not been asked for. */
export function createRandomName(name: string, server: string, ask: AskServer): RandomName {
  let nameServers: Promise<Answer> | undefined;
  return {
    name,
    async nameServers() {
      nameServers ??= ask({ name, type: 'NS' }, server);
      const known = await nameServers;
      if ('failure' in known.outcome) nameServers = undefined;
      return known;
    },
  };
}

/** Random names under the parents of names with three or more labels, which show whether any name there is answered. */
export interface Siblings {
  /**
   * @param since an answer to a query sent before this time counts no longer: milliseconds, on the clock of
   * `performance.now`.
   */
  of(parent: string, type: RecordType, server: string, since: number): Promise<Sibling>;
}

/** The number of random names that are remembered. */
const maximumSiblings = 10_000;

/** Creates siblings; none has been asked for. */
export function createSiblings(ask: AskServer): Siblings {
  const siblings = new Map<string, Sibling>();

  const create = (parent: string, type: RecordType, server: string): Sibling => {
    const name = randomNameUnder(parent);
    return { ...createRandomName(name, server, ask), answer: ask({ name, type }, server) };
  };

  return {
    async of(parent, type, server, since) {
      const key = `${type} ${parent} ${server}`;
      for (;;) {
        const known = siblings.get(key);
        const sibling = known ?? create(parent, type, server);
        if (known === undefined) siblings.set(key, sibling);
        const [oldest] = siblings.size > maximumSiblings ? siblings.keys() : [];
        if (oldest !== undefined) siblings.delete(oldest);
        const { sentAt, outcome } = await sibling.answer;
        if (known === undefined || ('reply' in outcome && sentAt > since)) return sibling;
        if (siblings.get(key) === known) siblings.delete(key);
      }
    },
  };
}
