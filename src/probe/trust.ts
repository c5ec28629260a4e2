import type { Ask } from '../dns/resolver/resolver.js';
import type { Candidate } from '../names/candidate.js';
import {
  type AskServer,
  askExistence,
  type Canaries,
  type CanaryOutcome,
  createCanaryStore,
  exists,
} from './canaries.js';
import { doubt, type Finding } from './verdict.js';
import { reviewWildcard } from './wildcard.js';

/** Tests name servers by canaries, and reviews findings in the light of the outcomes. */
export interface Trust {
  /** Sends the canaries of a suffix to all servers, unless that has been done. */
  start(suffix: string): void;
  /**
   * @returns the finding as far as it can be believed, or `ask again` if its server turned out to lie and another one
   * is left.
   */
  review(candidate: Candidate, finding: Finding, ask: Ask): Promise<Reviewed>;
}

/** See `Trust.review`. */
export type Reviewed = Finding | 'ask again';

/** The servers of a run, and the functions that trust calls. */
export interface TrustOptions {
  /** The URLs of the servers that can be tested. */
  readonly servers: readonly string[];
  readonly ask: AskServer;
  /** Stops asking a server if another one is left; returns false if none is. */
  readonly distrust: (server: string) => boolean;
  /** Is told once what a person should know about the network. */
  readonly note: (message: string) => void;
}

/** The most notes in one run. A long list of whole names may have many wrong suffixes, and nobody reads more notes. */
const maximumNotes = 100;

/** Creates the trust in the servers of a run. */
export function createTrust({ servers, ask, distrust, note }: TrustOptions): Trust {
  const canaries = createCanaryStore(ask);
  const roots = new Map<string, Promise<CanaryOutcome>>();
  const noted = new Set<string>();
  const trusted = new Set(servers);

  const noteOnce = (message: string, topic = message) => {
    if (noted.has(topic) || noted.size >= maximumNotes) return;
    noted.add(topic);
    note(message);
  };

  const rootOf = (server: string): Promise<CanaryOutcome> => {
    const root = roots.get(server) ?? askExistence({ name: '', type: 'NS' }, server, ask);
    roots.set(server, root);
    return root;
  };

  const giveUp = (server: string, why: string): boolean => {
    if (!distrust(server)) return false;
    trusted.delete(server);
    noteOnce(`${server} ${why}; it will not be asked again`);
    return true;
  };

  /** Finds another server for which the suffix exists and, if `isHonest`, the random name does not. */
  const otherServer = async (
    suffix: string,
    server: string,
    { isHonest }: { readonly isHonest: boolean },
  ): Promise<string | undefined> => {
    for (const other of trusted) {
      if (other === server) continue;
      const { suffixKnown, randomKnown } = canaries.of(suffix, other);
      if (exists(await suffixKnown) !== true) continue;
      if (!isHonest || exists(await randomKnown) === false) return other;
    }
    return undefined;
  };

  const reviewServer = async (
    candidate: Candidate,
    finding: Finding,
    server: string,
    askAgain: Ask,
  ): Promise<Reviewed> => {
    const { tld } = candidate;
    const shown = canaries.of(tld, server);
    if (passes(shown, finding)) return withEvidence(finding, shown);
    const suffix = await shown.suffixKnown;
    if (exists(suffix) === false) return reviewDenied(tld, withEvidence(finding, shown), server);
    const reviewed = await reviewMadeUp(candidate, finding, server, shown, askAgain);
    if (!('failure' in suffix) || reviewed === 'ask again' || reviewed.verdict.status !== 'absent')
      return reviewed;
    return doubt(reviewed, `whether .${tld} exists is not known: ${suffix.failure}`);
  };

  /** Reviews a finding whose server may make up names. */
  const reviewMadeUp = async (
    candidate: Candidate,
    finding: Finding,
    server: string,
    shown: Canaries,
    askAgain: Ask,
  ): Promise<Reviewed> => {
    if (finding.verdict.status === 'absent') return withEvidence(finding, shown);
    const { tld } = candidate;
    const random = await shown.randomKnown;
    if ('failure' in random) {
      const reason = `whether ${server} makes up names is not known: ${random.failure}`;
      return doubt(withEvidence(finding, shown), reason);
    }
    if (!random.exists) return withEvidence(finding, shown);
    const other = await otherServer(tld, server, { isHonest: true });
    if (other && giveUp(server, `answers for names under .${tld} that do not exist`)) return 'ask again';
    noteOnce(`${server} answers for any name under .${tld}, so the name servers of each name decide`);
    return reviewWildcard(candidate, finding, server, shown, askAgain);
  };

  /** Reviews a finding whose server denies the suffix. */
  const reviewDenied = async (tld: string, finding: Finding, server: string): Promise<Reviewed> => {
    const root = await rootOf(server);
    const knowsNames = exists(root) === true || (await canaries.knowsAny(server));
    const isCutOff = !knowsNames && exists(root) === false;
    if (isCutOff && giveUp(server, `denies .${tld} and the root`)) return 'ask again';
    const other = await otherServer(tld, server, { isHonest: true });
    if (other && giveUp(server, `denies .${tld}, which exists`)) return 'ask again';
    if (isCutOff) {
      const reason = `${server} denies even .${tld} and the root: it is cut off from the names of the internet`;
      noteOnce(reason, server);
      return doubt(finding, reason);
    }
    const reason = await reasonOfDenial(tld, server, knowsNames, root);
    noteOnce(reason);
    return doubt(finding, reason);
  };

  const reasonOfDenial = async (
    tld: string,
    server: string,
    knowsNames: boolean,
    root: CanaryOutcome,
  ): Promise<string> => {
    const other = await otherServer(tld, server, { isHonest: false });
    if (other !== undefined) return `${server} denies .${tld}, which ${other} has`;
    if (!knowsNames && 'failure' in root) return `${server} denies .${tld}: ${root.failure}`;
    return `there is no ${tld.includes('.') ? 'domain ' : 'top-level domain .'}${tld}`;
  };

  return {
    start(suffix) {
      for (const server of trusted) canaries.of(suffix, server);
    },
    async review(candidate, finding, askAgain) {
      let reviewed = finding;
      for (const server of finding.sources) {
        if (!servers.includes(server)) continue;
        const next = await reviewServer(candidate, reviewed, server, askAgain);
        if (next === 'ask again' || next.verdict.status === 'unknown') return next;
        reviewed = next;
      }
      return reviewed;
    },
  };
}

/** Whether the canaries known so far show that a finding can be believed. */
const passes = ({ suffix, random }: Canaries, { verdict }: Finding): boolean =>
  exists(suffix) === true && (verdict.status === 'absent' || exists(random) === false);

/** Adds the outcomes of canaries to a finding; one literal, because this happens to nearly every name. */
const withEvidence = (finding: Finding, { evidence }: Canaries): Finding => ({
  verdict: finding.verdict,
  addresses: finding.addresses,
  rcode: finding.rcode,
  server: finding.server,
  sources: finding.sources,
  evidence: finding.evidence.concat(evidence),
  tries: finding.tries,
});
