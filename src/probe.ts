import type { Question } from './dns/query.js';
import type { Answer, Route } from './dns/resolver.js';
import type { Failed } from './dns/transport.js';
import type { Candidate, ProbeResult } from './result.js';
import type { Trust } from './trust.js';
import { decide, describeReply, type Finding, taken, unknown, withoutAddress } from './verdict.js';

/** Asks the DNS one question; `Resolver.ask` is one. */
export type Ask = (question: Question, route?: Route) => Promise<Answer>;

/**
 * Finds out what is known about one name. A failure is a result with the status `unknown`; only `ask`
 * itself can make it reject.
 *
 * @param trust tests the servers before what they say is believed; without it every reply is.
 */
export async function probe(candidate: Candidate, ask: Ask, trust?: Trust): Promise<ProbeResult> {
  const startedAt = performance.now();
  let tries = 0;
  const count: Ask = async (question, route) => {
    const answer = await ask(question, route);
    tries += answer.tries;
    return answer;
  };
  trust?.start(candidate.tld);
  for (;;) {
    const finding = await find(candidate.name, count);
    const reviewed = trust ? trust.review(candidate, finding, count) : finding;
    const believed = reviewed instanceof Promise ? await reviewed : reviewed;
    if (believed !== 'ask again') return toResult(candidate, believed, tries, performance.now() - startedAt);
  }
}

async function find(name: string, ask: Ask): Promise<Finding> {
  const { outcome: first, asked } = await ask({ name, type: 'A' });
  if ('failure' in first) return failed(first);
  const { reply, server } = first;
  const { rcode, addresses } = reply;
  const decided = decide(reply);
  const said = describeReply('A', reply);
  if (decided) return { verdict: decided, addresses, rcode, server, sources: [asked], evidence: [said] };

  const { outcome: second, asked: askedSecond } = await ask({ name, type: 'AAAA' }, { first: asked });
  if ('failure' in second) {
    const verdict = taken(`no A record, AAAA not answered: ${second.failure}`);
    const evidence = [said, `AAAA: ${second.failure}`];
    return { verdict, addresses, rcode, server: second.server, sources: [asked], evidence };
  }
  const evidence = [said, describeReply('AAAA', second.reply)];
  const sources = askedSecond === asked ? [asked] : [asked, askedSecond];
  const verdict = decide(second.reply) ?? withoutAddress(second.reply);
  // A name that was there a moment ago is not absent.
  return verdict.status === 'absent'
    ? {
        verdict: taken('no A record, NXDOMAIN for AAAA'),
        addresses,
        rcode,
        server: second.server,
        sources,
        evidence,
      }
    : {
        verdict,
        addresses: second.reply.addresses,
        rcode: second.reply.rcode,
        server: second.server,
        sources,
        evidence,
      };
}

const failed = ({ failure, rcode, server }: Failed): Finding => ({
  verdict: unknown(failure),
  addresses: [],
  rcode,
  server,
  sources: [],
  evidence: [failure],
});

/** All in one shape, which costs much less than putting objects together. */
function toResult(candidate: Candidate, finding: Finding, tries: number, elapsed: number): ProbeResult {
  const { name, unicode, word, tld } = candidate;
  const { verdict, rcode, server, evidence } = finding;
  const { status, reason } = verdict;
  const addresses = status === 'live' ? finding.addresses : [];
  const ms = Math.round(elapsed * 10) / 10;
  if (status === 'unknown') {
    return { name, unicode, word, tld, status, reason, addresses, rcode, server, tries, ms, evidence };
  }
  return { name, unicode, word, tld, status, reason, addresses, rcode, server, tries, ms, evidence };
}
