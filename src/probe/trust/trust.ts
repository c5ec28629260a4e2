import type { Answer, Ask } from '../../dns/resolver/resolver.js';
import { areMany } from '../../dns/resolver/selector/index.js';
import type { Platform } from '../../dns/transport/platform.js';
import type { Question } from '../../dns/wire/query.js';
import type { Candidate } from '../../names/candidate.js';
import { createSleeper } from '../../util/sleeper.js';
import type { AskAuthority } from '../second-opinion.js';
import type { Finding } from '../verdict.js';
import { createCanaries } from './canaries.js';
import { createConsultation } from './consultation.js';
import { createCrossCheck } from './cross-check.js';
import { createDeciding, type Reviewed } from './deciding.js';
import { createExisting } from './existing.js';
import { createNotes } from './notes.js';
import { explainChange, explainFilter } from './reasons.js';
import { createReview } from './review.js';
import { createSiblings } from './siblings.js';
import { createKnownServer, gradeOf, type Standing } from './standing.js';
import { type Suffix, suffixOf } from './suffix.js';
import { createSuffixes } from './suffixes.js';
import { createTesting } from './testing.js';
import { createWildcards } from './wildcards.js';

/** Tests name servers by canaries, and reviews findings in the light of the outcomes. */
export interface Trust {
  /** Returns what is known of the suffix of a candidate; its `policy` tells how its names are asked for. */
  open(candidate: Candidate): Suffix;
  /** Records that a name is going to be asked for, and that it has been answered. */
  begin(): void;
  end(): void;
  /**
   * Waits until a finding can be believed.
   *
   * @param round how often the name has been asked for.
   * @param claim what another server says, which this finding confirms or contradicts.
   */
  review(
    candidate: Candidate,
    suffix: Suffix,
    finding: Finding,
    round: number,
    claim?: Finding,
  ): Promise<Reviewed>;
  /** Is called when the last question that waited has been sent. */
  drained(): void;
  /** Returns how a server lies, in words; undefined if it does not, as far as is known. */
  lieOf(url: string): string | undefined;
  /** Findings that wait for witnesses. */
  waiting(): number;
  /** Sends no more canaries. */
  close(): void;
}

/** What trust needs to know of the resolver. */
export interface TrustOptions {
  readonly platform: Pick<Platform, 'clock' | 'random'>;
  /** The URLs of the servers that can be tested. */
  readonly servers: readonly string[];
  readonly ask: Ask;
  /** Whether no question waits to be sent. */
  readonly isDrained: () => boolean;
  /** The most names that are asked for at once; unlimited if not set. */
  readonly concurrency?: number | undefined;
  /** Takes the next place in the run's order of events. */
  readonly nextPlace: () => number;
  /** Attempts for one question. */
  readonly tries: number;
  /** Whether the servers are authoritative for the suffixes, so that a denial needs no other server. */
  readonly areAuthoritative?: boolean | undefined;
  /** Asks the authoritative servers of a name's suffix; undefined if they are not to be asked. */
  readonly authority?: AskAuthority | undefined;
  /** Receives what a user should know about the network, each message once. */
  readonly note: (message: string) => void;
  /** Receives a log line for each canary and for each liar among many servers; undefined to log nothing. */
  readonly log?: ((message: string) => void) | undefined;
}

/** Tries of a canary if there are many servers. */
const fewTries = 3;

/** Creates the trust in the servers of a run. */
export function createTrust(options: TrustOptions): Trust {
  const { platform, ask, isDrained, concurrency, nextPlace, tries, log } = options;
  const { clock, random } = platform;
  const sleeper = createSleeper(clock);
  const servers = options.servers.map(createKnownServer);
  const hasMany = areMany(servers.length);
  const note = createNotes(options.note);
  let believed = 0;

  const askServer = (
    question: Question,
    server: string,
    most = hasMany ? fewTries : tries,
  ): Promise<Answer> => {
    log?.(`canary: ${server} is asked for ${question.name || 'the root'} ${question.type}`);
    return ask(question, { only: server, tries: most });
  };
  const canaries = createCanaries({ askServer, random, sleeper, nextPlace });
  const testing = createTesting({ clock, canaries, nextPlace, isDrained, concurrency, counted });
  const suffixes = createSuffixes(servers, testing.sending);
  const wildcards = createWildcards(ask, createSiblings(askServer, random), note);
  const noteServer = hasMany ? (log ?? (() => {})) : note;
  const consultation = createConsultation({ random, sleeper, servers, testing, canaries, noteServer });
  const deciding = createDeciding({ tries, testing, consultation, note });
  const { authority, areAuthoritative } = options;
  const existing = createExisting({ testing, authority, note });
  const crossCheck = createCrossCheck({ sleeper, consultation });
  const confirmation = areAuthoritative ? undefined : { existing, crossCheck };
  const { askForm } = canaries;
  const review = createReview({ tries, testing, deciding, wildcards, askForm, confirmation });

  /** Is called when a witness has counted. */
  function counted(standing: Standing): void {
    const { server, epoch } = standing;
    const grade = gradeOf(standing);
    if (grade === 'good') server.lastRight = standing;
    if (grade === 'changed' && epoch.wrong === 1) {
      const names = believed === 1 ? 'one name' : `${believed} names`;
      const change = explainChange(standing);
      note(`after ${names}, a server changed its mind: ${change}`, `change of ${server.url}`);
    }
    if (grade === 'filtering') {
      const filter = `names under .${standing.suffixName} are`;
      // Of many servers, one stands for all.
      note(`${filter} ${explainFilter(standing)}`, `${filter} blocked by ${hasMany ? 'one' : server.url}`);
    }
    const suffix = suffixOf(standing);
    if (suffix === undefined) return;
    consultation.choose(suffix);
    suffix.changed.emit();
  }

  /** Keeps a name that a server has answered for: it does not filter the suffix, and has it. */
  function noteAnswered({ name }: Candidate, suffix: Suffix, { verdict }: Finding, standing: Standing): void {
    if (standing.answered !== undefined || verdict.status === 'absent') return;
    standing.answered = name;
    suffix.changed.emit();
  }

  /** Reviews a finding at each of its servers. */
  async function reviewAll(
    candidate: Candidate,
    suffix: Suffix,
    finding: Finding,
    round: number,
    claim: Finding | undefined,
  ): Promise<Reviewed> {
    let reviewed = finding;
    for (const standing of suffixes.standingsAt(suffix, finding.sources)) {
      // The other source may have denied the name.
      if (standing.server.url === finding.sources[0]) noteAnswered(candidate, suffix, finding, standing);
      const next = await review({ candidate, suffix, standing, round, claim }, reviewed);
      if (!('verdict' in next) || next.verdict.status === 'unknown') return next;
      reviewed = next;
    }
    return reviewed;
  }

  /** Counts a finding that is believed, and records that its name exists if it does. */
  function believe({ name }: Candidate, suffix: Suffix, reviewed: Reviewed, claim?: Finding): void {
    if (!('verdict' in reviewed) || reviewed.suspicion !== undefined) return;
    const { status } = reviewed.verdict;
    if (status !== 'unknown') believed++;
    if (status !== 'live' && status !== 'taken') return;
    if (claim && reviewed.isDoubtful) return;
    for (const standing of suffixes.standingsAt(suffix, reviewed.sources))
      existing.record(suffix, standing, name);
    if (claim?.verdict.status !== 'absent') return;
    for (const standing of suffixes.standingsAt(suffix, claim.sources)) existing.contradict(standing, name);
  }

  return {
    open({ name, tld }) {
      const suffix = suffixes.named(tld);
      suffix.names.sample = name;
      return suffix;
    },
    begin: testing.begin,
    end: testing.end,
    review(candidate, suffix, finding, round, claim) {
      const finish = (reviewed: Reviewed): Reviewed => {
        believe(candidate, suffix, reviewed, claim);
        if (claim && 'verdict' in reviewed) crossCheck.end(suffix, claim);
        return reviewed;
      };
      if (finding.verdict.status === 'unknown') return Promise.resolve(finish(finding));
      const [url = ''] = finding.sources;
      const standing = finding.sources.length === 1 ? suffixes.standingAt(suffix, url) : undefined;
      if (standing === undefined) return reviewAll(candidate, suffix, finding, round, claim).then(finish);
      // Most findings have one source. For these, leaving out one async function saves a tenth of the memory.
      noteAnswered(candidate, suffix, finding, standing);
      return review({ candidate, suffix, standing, round, claim }, finding).then(finish);
    },
    drained: testing.drained,
    lieOf: (url) => suffixes.serverAt(url)?.lie,
    waiting: testing.waiting,
    close() {
      testing.close();
      sleeper.close();
    },
  };
}
