import type { Ask, Route } from '../../dns/resolver/resolver.js';
import type { Candidate } from '../../names/candidate.js';
import { doubt, type Finding } from '../verdict.js';
import { isDeniedByRoot, mayHaveTwin, restingOn, withEvidence } from './findings.js';
import { explainChange, explainDenial, explainFailure, isCutOff } from './reasons.js';
import type { Schedule } from './schedule.js';
import type { RandomName, Sibling, Siblings } from './siblings.js';
import { judge, knowsRoot, type Standing } from './standing.js';
import { compare, type Suffix } from './suffix.js';
import type { Suffixes } from './suffixes.js';
import { reviewWildcard } from './wildcard.js';

/** A finding as far as it can be believed, or how to ask again. */
export type Reviewed = Finding | AskAgain;

/** The name must be asked for again. */
export interface AskAgain {
  readonly route: Route | undefined;
}

/** A name whose finding is reviewed. */
export interface Reviewing {
  readonly candidate: Candidate;
  readonly suffix: Suffix;
  /** How often it has been asked for, and how the last time. */
  readonly round: number;
  readonly route: Route | undefined;
}

export interface ReviewOptions {
  /** The number of servers. */
  readonly serverCount: number;
  readonly ask: Ask;
  readonly tries: number;
  readonly suffixes: Suffixes;
  readonly schedule: Schedule;
  readonly siblings: Siblings;
  readonly note: (message: string, topic?: string) => void;
}

/** Reviews a finding in the light of the canaries of one of its servers. */
export type Review = (reviewing: Reviewing, finding: Finding, standing: Standing) => Promise<Reviewed>;

/** Times that a name is asked for again, for each server, if a reply contradicts itself. */
const contradictionRounds = 2;
/** A name is asked for at no more servers than this because they are not believed. */
const mostServers = 16;
/** Times that a name is asked for until canaries that come late no longer keep it from being believed. */
const gapRounds = 3;

export function createReview(options: ReviewOptions): Review {
  const { serverCount, ask, tries, suffixes, schedule, siblings, note } = options;
  const mostRounds = tries + Math.min(serverCount, mostServers);

  /** How to ask again if there is a better server for the suffix. */
  const elsewhere = ({ suffix, round }: Reviewing, { server }: Standing): AskAgain | undefined =>
    suffix.avoid.has(server.url) && round < mostRounds ? { route: suffix.route } : undefined;

  const reviewDenied = (reviewing: Reviewing, finding: Finding, standing: Standing): Reviewed => {
    const { having, denying } = compare(reviewing.suffix);
    const authority = denying.find(knowsRoot);
    // A server that does not know the root cannot deny a suffix.
    const other = having.length > 0 || authority === undefined ? elsewhere(reviewing, standing) : undefined;
    if (other) return other;
    schedule.sendIfDue(standing);
    const denier = authority ?? standing;
    const reason = explainDenial(denier);
    note(reason, isCutOff(denier) ? `${denier.server.url} is cut off` : reason);
    return doubt(withEvidence(finding, standing), reason);
  };

  const reviewChanged = async (
    reviewing: Reviewing,
    finding: Finding,
    standing: Standing,
  ): Promise<Reviewed> => {
    const { suffix, round } = reviewing;
    const isUsable = round < tries && (await suffixes.recover(suffix));
    if (isUsable) return { route: suffix.route };
    schedule.sendIfDue(standing);
    return doubt(withEvidence(finding, standing), explainChange(standing));
  };

  /** Reviews a denial in the name of the root, which contradicts that the suffix exists. */
  const reviewContradiction = (reviewing: Reviewing, finding: Finding, { server }: Standing): Reviewed => {
    const { suffix, round, route } = reviewing;
    if (round >= Math.min(contradictionRounds * serverCount, tries)) {
      return doubt(finding, `${server.url} says that the root denies it, but .${suffix.name} exists`);
    }
    const avoid = new Set(route?.avoid ?? []).add(server.url);
    return { route: avoid.size < serverCount ? { avoid } : suffix.route };
  };

  /** Asks for name servers, and lets them decide about a name under a parent that answers for any name. */
  const askNameServers = async (
    { candidate: { name }, suffix }: Reviewing,
    finding: Finding,
    { server }: Standing,
    parent: string,
    random: RandomName,
  ): Promise<Finding> => {
    schedule.begin();
    const question = ask({ name, type: 'NS' }, { only: server.url });
    const order = suffixes.asked(suffix);
    const [own, made] = await Promise.all([question, random.nameServers()]);
    schedule.end();
    const decided = reviewWildcard(
      finding,
      parent,
      { name, nameServers: own },
      { name: random.name, nameServers: made },
    );
    return restingOn(decided, order, own.sentAt, made.sentAt);
  };

  /** Asks for a random sibling of a name, once for each parent. */
  const askSibling = async (
    { suffix }: Reviewing,
    { type }: Finding,
    { server, suffix: canary, random }: Standing,
    parent: string,
  ) => {
    schedule.begin();
    const question = siblings.of(parent, type, server.url, Math.max(canary.since, random.since));
    const order = suffixes.asked(suffix);
    const sibling = await question;
    const answer = await sibling.answer;
    schedule.end();
    return { sibling, answer, order };
  };

  return async (reviewing, first, standing) => {
    const { candidate, suffix } = reviewing;
    let finding = first;
    let isReviewed = false;
    /** A random sibling that is answered as the name is. */
    let twin: Sibling | undefined;
    let needsSibling = mayHaveTwin(candidate, finding);
    const parent = candidate.name.slice(candidate.name.indexOf('.') + 1);
    for (;;) {
      const judgement = judge(standing, finding, isReviewed, reviewing.round < gapRounds);
      if (judgement === 'await suffix' || judgement === 'await random') {
        const canary = judgement === 'await suffix' ? standing.suffix : standing.random;
        await schedule.wait(standing, canary, finding);
        continue;
      }
      if (judgement === 'changed') {
        return elsewhere(reviewing, standing) ?? reviewChanged(reviewing, finding, standing);
      }
      if (!suffix.isHeard || (judgement !== 'believed' && (suffix.isBeingCompared || suffix.isStale))) {
        await suffix.news.next();
        continue;
      }
      if (suffix.dispute !== undefined) return doubt(withEvidence(finding, standing), suffix.dispute);
      if (judgement === 'denied') return reviewDenied(reviewing, finding, standing);
      if (judgement === 'suffix failed' || judgement === 'random failed') {
        const other = elsewhere(reviewing, standing);
        if (other) return other;
        const canary = judgement === 'suffix failed' ? standing.suffix : standing.random;
        if (canary.isGivenUp) {
          await schedule.wait(standing, canary, finding);
          continue;
        }
        schedule.sendIfDue(standing);
        return doubt(withEvidence(finding, standing), explainFailure(judgement, standing));
      }
      if (judgement === 'wildcard' && !isReviewed) {
        const other = elsewhere(reviewing, standing);
        if (other) return other;
        const { url } = standing.server;
        note(`${url} answers for any name under .${suffix.name}, so the name servers of each name decide`);
        if (standing.madeUp === undefined) return { route: suffix.route };
        finding = await askNameServers(reviewing, finding, standing, suffix.name, standing.madeUp);
        if (finding.verdict.status === 'unknown') return withEvidence(finding, standing);
        isReviewed = true;
      } else if (needsSibling && !isReviewed) {
        needsSibling = false;
        const { sibling, answer, order } = await askSibling(reviewing, finding, standing, parent);
        finding = restingOn(finding, order, answer.sentAt);
        const { outcome } = answer;
        if ('failure' in outcome) {
          const reason = `whether any name under .${parent} is answered is not known: ${outcome.failure}`;
          return doubt(withEvidence(finding, standing), reason);
        }
        if (outcome.reply.addresses.length > 0) twin = sibling;
      } else if (twin !== undefined && !isReviewed) {
        note(
          `${standing.server.url} answers for any name under .${parent}, so the name servers of each name decide`,
        );
        finding = await askNameServers(reviewing, finding, standing, parent, twin);
        if (finding.verdict.status === 'unknown') return withEvidence(finding, standing);
        isReviewed = true;
      } else if (isDeniedByRoot(finding) && !isReviewed) {
        return reviewContradiction(reviewing, withEvidence(finding, standing), standing);
      } else {
        return withEvidence(finding, standing);
      }
    }
  };
}
