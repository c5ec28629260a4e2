import type { Ask, Route } from '../../dns/resolver/resolver.js';
import type { Candidate } from '../../names/candidate.js';
import type { Finding } from '../verdict.js';
import type { AskServer } from './canary-query.js';
import { isDeniedByRoot, mayHaveTwin } from './findings.js';
import { explainChange } from './reasons.js';
import { createReview, type Reviewed } from './review.js';
import { createSchedule } from './schedule.js';
import { createSiblings } from './siblings.js';
import { gradeOf, judge, type KnownServer, type Standing } from './standing.js';
import type { Suffix } from './suffix.js';
import { createSuffixes } from './suffixes.js';

/** Tests name servers by canaries, and reviews findings in the light of the outcomes. */
export interface Trust {
  /** Returns what is known of a suffix; `route` tells how its names are asked for. */
  open(name: string): Suffix;
  /** Records that a name is going to be asked for, and that it has been answered. */
  begin(): void;
  end(): void;
  /** Records that a question was asked. Returns how many canaries were sent before it. */
  asked(suffix: Suffix): number;
  /**
   * Looks for canaries that were sent after the query of a finding and make it believed as it is.
   *
   * @returns their outcomes in words; if they are not known yet, a promise that resolves when there are new ones; or
   * undefined if the finding must be reviewed.
   */
  evidence(
    candidate: Candidate,
    suffix: Suffix,
    finding: Finding,
  ): readonly string[] | Promise<void> | undefined;
  /**
   * Reviews a finding that is not believed as it is. Waits for canaries that were sent after its queries.
   *
   * @param round how often the name has been asked for.
   * @param route how it was asked for.
   */
  review(
    candidate: Candidate,
    suffix: Suffix,
    finding: Finding,
    round: number,
    route: Route | undefined,
  ): Promise<Reviewed>;
  /** Returns how a server lies, in words; undefined if it does not, as far as is known. */
  lieOf(url: string): string | undefined;
  /** Findings that wait for canaries. */
  waiting(): number;
  /** Sends no more canaries. */
  close(): void;
}

/** What trust needs to know of the resolver. */
export interface TrustOptions {
  /** The URLs of the servers that can be tested. */
  readonly servers: readonly string[];
  readonly askServer: AskServer;
  readonly ask: Ask;
  /** Milliseconds that one attempt may take. */
  readonly timeout: number;
  /** Attempts for one question. */
  readonly tries: number;
  /** Is told once what a person should know about the network. */
  readonly note: (message: string) => void;
  /** Is told what only concerns one of many servers; undefined if nobody wants to know. */
  readonly log?: ((message: string) => void) | undefined;
}

/** With more servers than this, what concerns one of them is not worth a note. */
const manyServers = 8;
/** The most notes in one run: nobody reads more, and a long list of whole names may have many wrong suffixes. */
const maximumNotes = 100;

/** Creates the trust in the servers of a run. */
export function createTrust({ askServer, ask, timeout, tries, ...options }: TrustOptions): Trust {
  const servers: readonly KnownServer[] = options.servers.map((url) => ({
    url,
    lastRight: undefined,
    isSetAside: false,
    lie: undefined,
    isSlow: false,
  }));
  const byUrl = new Map(servers.map((server) => [server.url, server]));
  const noted = new Set<string>();
  let handedOn = 0;

  const note = (message: string, topic = message) => {
    if (noted.has(topic) || noted.size >= maximumNotes) return;
    noted.add(topic);
    options.note(message);
  };

  /**
   * Decides whether a server lies or has always answered like this. One that is right about another suffix, and still
   * is, has not changed its mind.
   */
  const doubtServer = async (standing: Standing): Promise<void> => {
    const { lastRight } = standing.server;
    if (lastRight === undefined || lastRight === standing) return;
    await schedule.askAfresh(lastRight);
    if (gradeOf(lastRight) !== 'changed') return;
    standing.suffix.wasRight = true;
    standing.random.wasRight = true;
  };

  const settled = (standing: Standing) => {
    if (gradeOf(standing) === 'changed') {
      const names = handedOn === 1 ? 'one name' : `${handedOn} names`;
      const { url } = standing.server;
      note(`after ${names}, a server changed its mind: ${explainChange(standing)}`, `change of ${url}`);
    }
    suffixes.update(standing);
  };

  const serverCount = servers.length;
  const schedule = createSchedule({
    ask: askServer,
    timeout,
    tries,
    serverCount,
    doubt: doubtServer,
    settled,
  });
  const noteServer = serverCount > manyServers ? (options.log ?? (() => {})) : note;
  const suffixes = createSuffixes({ servers, ask: askServer, schedule, note, noteServer });
  const siblings = createSiblings(askServer);
  const reviewBy = createReview({ serverCount, ask, tries, suffixes, schedule, siblings, note });

  return {
    open: suffixes.open,
    begin: schedule.begin,
    end: schedule.end,
    asked: suffixes.asked,
    evidence(candidate, suffix, finding) {
      const [url, other] = finding.sources;
      const standing =
        url === undefined || other !== undefined ? undefined : suffixes.standingOf(suffix, url);
      if (standing === undefined || !suffix.isHeard || suffix.dispute !== undefined) return undefined;
      if (mayHaveTwin(candidate, finding) || isDeniedByRoot(finding)) return undefined;
      const judgement = judge(standing, finding, false, true);
      if (judgement === 'await suffix') return schedule.wait(standing, standing.suffix, finding);
      if (judgement === 'await random') return schedule.wait(standing, standing.random, finding);
      if (judgement !== 'believed') return undefined;
      handedOn++;
      return standing.evidence;
    },
    async review(candidate, suffix, finding, round, route) {
      let reviewed = finding;
      if (finding.verdict.status === 'unknown') return finding;
      for (const url of finding.sources) {
        const standing = suffixes.standingOf(suffix, url);
        if (standing === undefined) continue;
        const next = await reviewBy({ candidate, suffix, round, route }, reviewed, standing);
        if (!('verdict' in next) || next.verdict.status === 'unknown') return next;
        reviewed = next;
      }
      handedOn++;
      return reviewed;
    },
    lieOf: (url) => byUrl.get(url)?.lie,
    waiting: schedule.waiting,
    close: schedule.close,
  };
}
