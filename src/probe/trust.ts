import type { Candidate } from '../names/candidate.js';
import { type AskServer, type Canaries, type Canary, existence, exists, keepCanaries } from './canaries.js';
import type { Ask } from './probe.js';
import { doubt, type Finding } from './verdict.js';
import { reviewWildcard } from './wildcard.js';

/** Tests name servers, and reviews what they said in that light. */
export interface Trust {
  /** Sends the canaries of a suffix to all servers, if that has not been done. */
  start(suffix: string): void;
  /**
   * @returns the finding as far as it can be believed, or `ask again` where the server was shown to lie and
   * another is at hand. It is no promise where all that is needed is known already.
   */
  review(candidate: Candidate, finding: Finding, ask: Ask): Reviewed | Promise<Reviewed>;
}

/** See `Trust.review`. */
export type Reviewed = Finding | 'ask again';

/** What trust needs of the resolver, and whom it tells. */
export interface TrustOptions {
  /** The URLs of the servers that can be tested. */
  readonly servers: readonly string[];
  readonly ask: AskServer;
  /** Sees to it that a server is asked no more where another one is at hand; false where there is none. */
  readonly distrust: (server: string) => boolean;
  /** Is told what a person should know about the network, each thing once. */
  readonly note: (message: string) => void;
}

/** A long list of whole names may have more suffixes wrong than anybody reads about. */
const mostNotes = 100;

/** Opens the tests of the servers of a run. */
export function openTrust({ servers, ask, distrust, note }: TrustOptions): Trust {
  const canaries = keepCanaries(ask);
  const roots = new Map<string, Promise<Canary>>();
  const noted = new Set<string>();
  const trusted = new Set(servers);

  const noteOnce = (message: string, about = message) => {
    if (noted.has(about) || noted.size >= mostNotes) return;
    noted.add(about);
    note(message);
  };

  const rootOf = (server: string): Promise<Canary> => {
    const known = roots.get(server) ?? existence({ name: '', type: 'NS' }, server, ask);
    roots.set(server, known);
    return known;
  };

  const giveUp = (server: string, why: string): boolean => {
    if (!distrust(server)) return false;
    trusted.delete(server);
    noteOnce(`${server} ${why}, and is asked no more`);
    return true;
  };

  /** Another server by which the suffix exists, and, if `both`, the random name does not. */
  const otherWith = async (suffix: string, server: string, both: boolean): Promise<string | undefined> => {
    for (const other of trusted) {
      if (other === server) continue;
      const { suffixKnown, randomKnown } = canaries.of(suffix, other);
      if (exists(await suffixKnown) !== true) continue;
      if (!both || exists(await randomKnown) === false) return other;
    }
    return undefined;
  };

  const reviewServer: ReviewServer = async (candidate, finding, server, askAbout) => {
    const { tld } = candidate;
    const shown = canaries.of(tld, server);
    const suffix = await shown.suffixKnown;
    if (exists(suffix) === false) return reviewDenied(tld, believe(finding, shown), server);
    const reviewed = await reviewMadeUp(candidate, finding, server, shown, askAbout);
    // Without its suffix no name is known to be absent; one that is there needs none.
    const unsure = 'failure' in suffix && reviewed !== 'ask again' && reviewed.verdict.status === 'absent';
    return unsure ? doubt(reviewed, `whether .${tld} exists is not known: ${suffix.failure}`) : reviewed;
  };

  const reviewMadeUp = async (
    candidate: Candidate,
    finding: Finding,
    server: string,
    shown: Canaries,
    askAbout: Ask,
  ): Promise<Reviewed> => {
    if (finding.verdict.status === 'absent') return believe(finding, shown);
    const { tld } = candidate;
    const random = await shown.randomKnown;
    if ('failure' in random) {
      const reason = `whether ${server} makes up names is not known: ${random.failure}`;
      return doubt(believe(finding, shown), reason);
    }
    if (!random.exists) return believe(finding, shown);
    if (
      (await otherWith(tld, server, true)) &&
      giveUp(server, `answers for names under .${tld} that do not exist`)
    ) {
      return 'ask again';
    }
    noteOnce(`${server} answers for any name under .${tld}: what name servers a name has decides there`);
    return reviewWildcard(candidate, finding, server, shown, askAbout);
  };

  const reviewDenied = async (tld: string, finding: Finding, server: string): Promise<Reviewed> => {
    const root = await rootOf(server);
    const knows = exists(root) === true || (await canaries.knowsAny(server));
    const cutOff = !knows && exists(root) === false;
    if (cutOff && giveUp(server, `denies .${tld} and the root`)) return 'ask again';
    const other = await otherWith(tld, server, true);
    if (other && giveUp(server, `denies .${tld}, which exists`)) return 'ask again';
    if (cutOff) {
      const reason = `${server} denies even .${tld} and the root: it is cut off from the internet's names`;
      noteOnce(reason, server);
      return doubt(finding, reason);
    }
    const reason = await reasonOfDenial(tld, server, knows, root);
    noteOnce(reason);
    return doubt(finding, reason);
  };

  const reasonOfDenial = async (
    tld: string,
    server: string,
    knows: boolean,
    root: Canary,
  ): Promise<string> => {
    const other = await otherWith(tld, server, false);
    if (other !== undefined) return `${server} denies .${tld}, which ${other} has`;
    if (!knows && 'failure' in root) return `${server} denies .${tld}: ${root.failure}`;
    return `there is no ${tld.includes('.') ? 'domain ' : 'top-level domain .'}${tld}`;
  };

  return {
    start(suffix) {
      for (const server of trusted) canaries.of(suffix, server);
    },
    review(candidate, finding, askAbout) {
      const { sources } = finding;
      const [server, second] = sources;
      if (server !== undefined && second === undefined && trusted.has(server)) {
        // Once the canaries are back, this is what happens to nearly every name: nothing to wait for.
        const shown = canaries.of(candidate.tld, server);
        if (passes(shown, finding)) return believe(finding, shown);
      }
      const tested = sources.filter((source) => servers.includes(source));
      return tested.length === 0 ? finding : reviewAll(candidate, finding, tested, askAbout, reviewServer);
    },
  };
}

type ReviewServer = (candidate: Candidate, finding: Finding, server: string, ask: Ask) => Promise<Reviewed>;

async function reviewAll(
  candidate: Candidate,
  finding: Finding,
  servers: readonly string[],
  ask: Ask,
  reviewServer: ReviewServer,
): Promise<Reviewed> {
  let reviewed = finding;
  for (const server of servers) {
    const next = await reviewServer(candidate, reviewed, server, ask);
    if (next === 'ask again' || next.verdict.status === 'unknown') return next;
    reviewed = next;
  }
  return reviewed;
}

const passes = ({ suffix, random }: Canaries, { verdict }: Finding): boolean =>
  exists(suffix) === true && (verdict.status === 'absent' || exists(random) === false);

const believe = (finding: Finding, { evidence }: Canaries): Finding => ({
  verdict: finding.verdict,
  addresses: finding.addresses,
  rcode: finding.rcode,
  server: finding.server,
  sources: finding.sources,
  evidence: finding.evidence.concat(evidence),
  tries: finding.tries,
});
