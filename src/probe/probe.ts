import type { Answer, Resolver } from '../dns/resolver/resolver.js';
import type { Candidate } from '../names/candidate.js';
import type { ProbeResult } from './result.js';
import type { Reviewed, Trust } from './trust.js';
import { decide, describeReply, type Finding, taken, unknown, withoutAddress } from './verdict.js';

/** Asks the DNS one question. */
export type Ask = Resolver['ask'];

/**
 * Finds out what is known about one name. A failure is a result with the status `unknown`.
 *
 * @param trust tests the servers before what they say is believed; undefined where every reply is.
 * @param complete takes the result: there may be millions, too many for a promise each.
 */
export function probe(
  candidate: Candidate,
  resolver: Pick<Resolver, 'ask' | 'query'>,
  trust: Trust | undefined,
  complete: (result: ProbeResult) => void,
  fail: (error: unknown) => void,
): void {
  const { name, tld } = candidate;
  trust?.start(tld);
  resolver.query({ name, type: 'A' }, (first) => {
    // For nearly every name that is all, and nothing else is waited for.
    const finding = judge(first, 0);
    const believed = finding && trust ? trust.review(candidate, finding, resolver.ask) : finding;
    if (typeof believed === 'object' && 'verdict' in believed)
      complete(toResult(candidate, believed, first.ms));
    else probeFurther(candidate, first, believed, resolver.ask, trust).then(complete, fail);
  });
}

/** @param reviewed what trust makes of the first answer; undefined where that proves nothing by itself. */
async function probeFurther(
  candidate: Candidate,
  first: Answer,
  reviewed: Reviewed | Promise<Reviewed> | undefined,
  ask: Ask,
  trust: Trust | undefined,
): Promise<ProbeResult> {
  const { name } = candidate;
  const startedAt = performance.now() - first.ms;
  let answer = first;
  let triesBefore = 0;
  let believed = await reviewed;
  for (;;) {
    let tries = triesBefore + answer.tries;
    if (believed === undefined) {
      const finding = judge(answer, triesBefore) ?? (await askForAAAA(name, answer, triesBefore, ask));
      tries = finding.tries;
      believed = trust ? await trust.review(candidate, finding, ask) : finding;
    }
    if (believed !== 'ask again') return toResult(candidate, believed, performance.now() - startedAt);
    triesBefore = tries;
    answer = await ask({ name, type: 'A' });
    believed = undefined;
  }
}

/** What the A query alone proves; undefined where the name exists without such a record. */
function judge({ outcome, asked, tries }: Answer, triesBefore: number): Finding | undefined {
  const { server } = outcome;
  const sum = triesBefore + tries;
  if ('failure' in outcome) {
    const { failure, rcode } = outcome;
    const verdict = unknown(failure);
    return { verdict, addresses: [], rcode, server, sources: [], evidence: [failure], tries: sum };
  }
  const { reply } = outcome;
  const verdict = decide(reply);
  if (verdict === undefined) return undefined;
  const { addresses, rcode } = reply;
  return {
    verdict,
    addresses,
    rcode,
    server,
    sources: [asked],
    evidence: [describeReply('A', reply)],
    tries: sum,
  };
}

async function askForAAAA(name: string, first: Answer, triesBefore: number, ask: Ask): Promise<Finding> {
  const { outcome, asked, tries: secondTries } = await ask({ name, type: 'AAAA' }, { first: first.asked });
  const tries = triesBefore + first.tries + secondTries;
  const { server } = outcome;
  const said = 'reply' in first.outcome ? describeReply('A', first.outcome.reply) : '';
  const rcode = 'reply' in first.outcome ? first.outcome.reply.rcode : undefined;
  if ('failure' in outcome) {
    const verdict = taken(`no A record, AAAA not answered: ${outcome.failure}`);
    const evidence = [said, `AAAA: ${outcome.failure}`];
    return { verdict, addresses: [], rcode, server, sources: [first.asked], evidence, tries };
  }
  const { reply } = outcome;
  const evidence = [said, describeReply('AAAA', reply)];
  const sources = asked === first.asked ? [asked] : [first.asked, asked];
  const verdict = decide(reply) ?? withoutAddress(reply);
  // A name that was there a moment ago is not absent.
  return verdict.status === 'absent'
    ? {
        verdict: taken('no A record, NXDOMAIN for AAAA'),
        addresses: [],
        rcode,
        server,
        sources,
        evidence,
        tries,
      }
    : { verdict, addresses: reply.addresses, rcode: reply.rcode, server, sources, evidence, tries };
}

/** All in one shape, which costs much less than putting objects together. */
function toResult(candidate: Candidate, finding: Finding, took: number): ProbeResult {
  const { name, unicode, word, tld } = candidate;
  const { verdict, rcode, server, evidence, tries } = finding;
  const { status, reason } = verdict;
  const addresses = status === 'live' ? finding.addresses : [];
  const ms = Math.round(took * 10) / 10;
  if (status === 'unknown') {
    return { name, unicode, word, tld, status, reason, addresses, rcode, server, tries, ms, evidence };
  }
  return { name, unicode, word, tld, status, reason, addresses, rcode, server, tries, ms, evidence };
}
