import type { Question } from './dns/query.js';
import type { Reply } from './dns/reply.js';
import type { Answer } from './dns/resolver.js';
import type { Failed } from './dns/transport.js';
import type { Candidate, ProbeResult } from './result.js';

/** Asks the DNS one question; `Resolver.ask` is one. */
export type Ask = (question: Question) => Promise<Answer>;

type Verdict =
  | Pick<Extract<ProbeResult, { status: 'unknown' }>, 'status' | 'reason'>
  | { readonly status: 'live' | 'taken' | 'absent'; readonly reason?: string };

/** A verdict and the facts that it rests on. */
interface Finding {
  readonly verdict: Verdict;
  readonly addresses?: readonly string[];
  readonly rcode?: string | undefined;
  readonly server: string;
}

/**
 * Finds out what is known about one name. A failure is a result with the status `unknown`; only `ask`
 * itself can make it reject.
 */
export async function probe(candidate: Candidate, ask: Ask): Promise<ProbeResult> {
  const startedAt = performance.now();
  let tries = 0;
  const { verdict, addresses, rcode, server } = await find(async (type) => {
    const answer = await ask({ name: candidate.name, type });
    tries += answer.tries;
    return answer.outcome;
  });
  const ms = Math.round((performance.now() - startedAt) * 10) / 10;
  const live = verdict.status === 'live' ? (addresses ?? []) : [];
  return {
    ...candidate,
    ...verdict,
    addresses: live,
    ...(rcode !== undefined && { rcode }),
    server,
    tries,
    ms,
  };
}

type AskFor = (type: 'A' | 'AAAA') => Promise<Answer['outcome']>;

async function find(askFor: AskFor): Promise<Finding> {
  const first = await askFor('A');
  if ('failure' in first) return unknown(first);
  const { reply, server } = first;
  const { addresses, rcode } = reply;
  const decided = decide(reply);
  if (decided) return { verdict: decided, addresses, rcode, server };

  const second = await askFor('AAAA');
  if ('failure' in second) {
    return {
      verdict: taken(`no A record, AAAA not answered: ${second.failure}`),
      rcode,
      server: second.server,
    };
  }
  const verdict = decide(second.reply) ?? withoutAddress(second.reply);
  return verdict.status === 'absent'
    ? { verdict: taken('no A record, NXDOMAIN for AAAA'), rcode, server: second.server }
    : { verdict, addresses: second.reply.addresses, rcode: second.reply.rcode, server: second.server };
}

/** What one reply proves; undefined for a name that exists without a record of the type asked for. */
function decide({ rcode, addresses, alias, referral }: Reply): Verdict | undefined {
  const denied = rcode === 'NXDOMAIN';
  if (addresses.length > 0) {
    return denied
      ? { status: 'unknown', reason: 'the reply denies a name and gives its address' }
      : { status: 'live' };
  }
  // The response code is about the end of the aliases: the name that has one exists (RFC 6604 section 3).
  if (denied && alias !== undefined) return taken(`alias of ${alias}, which does not exist`);
  if (denied) return { status: 'absent' };
  return referral === undefined ? undefined : taken('delegated');
}

const withoutAddress = ({ alias }: Reply): Verdict =>
  alias === undefined ? { status: 'taken' } : taken(`alias of ${alias}, no address given`);

const taken = (reason: string): Verdict => ({ status: 'taken', reason });

const unknown = ({ failure, rcode, server }: Failed): Finding => ({
  verdict: { status: 'unknown', reason: failure },
  rcode,
  server,
});
