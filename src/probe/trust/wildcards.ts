import type { Answer, Ask } from '../../dns/resolver/resolver.js';
import type { Candidate } from '../../names/candidate.js';
import type { Finding } from '../verdict.js';
import type { Siblings } from './siblings.js';
import type { Standing } from './standing.js';
import { reviewWildcard } from './wildcard.js';

/** Finds out whether a name exists where any name is answered. */
export interface Wildcards {
  /** Asks for a random name beside a name, with the type that its finding rests on. */
  askSibling(candidate: Candidate, finding: Finding, standing: Standing): Promise<Answer>;
  /** Finds out by its name servers whether a name exists, as any name under a parent of it is answered. */
  askNameServers(
    candidate: Candidate,
    finding: Finding,
    standing: Standing,
    parent: string,
  ): Promise<Finding>;
}

/** A top-level domain that will never exist (RFC 6761 section 6.4): only a server that answers for anything answers below it. */
const madeUpDomain = 'invalid';

/** The name without its first label. */
export const parentOf = ({ name }: Candidate): string => name.slice(name.indexOf('.') + 1);

/** Whether a name may exist only because any name under its parent is answered. */
export const mayHaveTwin = ({ word }: Candidate, { verdict }: Finding): boolean =>
  verdict.status === 'live' && word.includes('.');

/** Whether a name has an address. */
export const hasAddress = ({ outcome }: Answer): boolean =>
  'reply' in outcome && outcome.reply.addresses.length > 0;

/** Creates a way to find out whether names exist where any name is answered. */
export function createWildcards(ask: Ask, siblings: Siblings, note: (message: string) => void): Wildcards {
  return {
    async askSibling(candidate, { type }, { server }) {
      return (await siblings.ask(parentOf(candidate), type, server.url, server.changedAt)).answer;
    },
    async askNameServers({ name }, finding, { server: { url, changedAt } }, parent) {
      note(`${url} answers for any name under .${parent}, so the name servers of each name decide`);
      const [nameServers, random, elsewhere] = await Promise.all([
        ask({ name, type: 'NS' }, { only: url }),
        siblings.ask(parent, 'NS', url, changedAt),
        siblings.ask(madeUpDomain, 'A', url, changedAt),
      ]);
      const own = { name, nameServers };
      const made = { name: random.name, nameServers: random.answer };
      return reviewWildcard(finding, parent, own, made, hasAddress(elsewhere.answer));
    },
  };
}
