import type { Failed, Outcome } from '../transport/transport.js';
import type { Question } from '../wire/query.js';
import type { Attempt } from './attempt.js';

/** Turns a reply in which a server only says that it will not or cannot answer into a failure. */
export function withoutRefusals(outcome: Outcome, question: Question): Outcome {
  if ('failure' in outcome) return outcome;
  const { reply, server } = outcome;
  const { rcode, referral } = reply;
  if (rcode !== undefined && rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') {
    return { failure: `${rcode} from ${server}`, server, rcode };
  }
  if (referral !== undefined && referral !== question.name) {
    return { failure: `${server} only refers to the name servers of ${referral || 'the root'}`, server };
  }
  return outcome;
}

/** The failure of a question that no attempt answered: how each upstream failed, each named once. */
export function summarize(attempts: readonly Pick<Attempt, 'upstream' | 'outcome'>[]): Failed {
  const failures = new Map<Attempt['upstream'], string>();
  for (const { upstream, outcome } of attempts) {
    const tries = attempts.filter((attempt) => attempt.upstream === upstream).length;
    const silence = `no reply from ${upstream.server.url} in ${tries === 1 ? 'one try' : `${tries} tries`}`;
    if (outcome && 'failure' in outcome) failures.set(upstream, outcome.failure);
    else if (!failures.has(upstream)) failures.set(upstream, silence);
  }
  const withRcode = attempts.findLast(({ outcome }) => outcome && 'rcode' in outcome)?.outcome;
  return {
    failure: [...failures.values()].join('; '),
    server: withRcode?.server ?? attempts.at(-1)?.upstream.server.url ?? '',
    ...(withRcode && 'rcode' in withRcode && { rcode: withRcode.rcode }),
  };
}
