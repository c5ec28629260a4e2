import type { Failed } from '../transport/transport.js';
import type { Attempt } from './question.js';
import type { Upstream } from './upstream.js';

/** The failure of a question that no upstream answered: how each of them failed, named once. */
export function summarize(attempts: readonly Pick<Attempt, 'upstream' | 'outcome' | 'sent'>[]): Failed {
  const failures = new Map<Attempt['upstream'], string>();
  for (const { upstream, outcome } of attempts) {
    const tries = attempts.filter((attempt) => attempt.upstream === upstream).length;
    const silence = `no reply from ${upstream.server.url} in ${tries === 1 ? 'one try' : `${tries} tries`}`;
    if (outcome && 'failure' in outcome) failures.set(upstream, outcome.failure);
    else if (!failures.has(upstream)) failures.set(upstream, silence);
  }
  const heard = new Set(attempts.flatMap(({ upstream, outcome }) => (outcome ? [upstream] : [])));
  const unanswered = attempts.find(({ upstream }) => !heard.has(upstream));
  const withRcode = attempts.findLast(({ outcome }) => outcome && 'rcode' in outcome)?.outcome;
  const withAlias = attempts.findLast(({ outcome }) => outcome && 'alias' in outcome)?.outcome;
  return {
    failure: [...failures.values()].join('; '),
    server: withRcode?.server ?? attempts.at(-1)?.upstream.server.url ?? '',
    ...(withRcode && 'rcode' in withRcode && { rcode: withRcode.rcode }),
    ...(withAlias && 'alias' in withAlias && { alias: withAlias.alias }),
    ...(withRcode && 'extendedErrors' in withRcode && { extendedErrors: withRcode.extendedErrors }),
    ...(unanswered && { silentSince: unanswered.sent }),
  };
}

/** The most servers that are named one by one. */
const maximumNamed = 16;

/** The failure of a question that was never asked because no upstream was left. */
export function summarizeUnasked(upstreams: readonly Pick<Upstream, 'server' | 'lastFailure'>[]): Failed {
  const server = upstreams[0]?.server.url ?? '';
  if (upstreams.length === 0) return { failure: 'there is no name server to ask', server };
  if (upstreams.length > maximumNamed)
    return { failure: `none of ${upstreams.length} servers answers`, server };
  return { failure: upstreams.map(({ lastFailure }) => lastFailure).join('; '), server };
}

/** Says whose replies are awaited: those of the upstreams with queries in flight or, without any, of all. */
export function waitingForReplies(upstreams: readonly Pick<Upstream, 'server' | 'inFlight'>[]): string {
  const asked = upstreams.filter(({ inFlight }) => inFlight > 0);
  const [first, ...others] = (asked.length > 0 ? asked : upstreams).map(({ server }) => server.url);
  if (others.length === 0) return `a reply from ${first}`;
  return `a reply from ${first} or ${others.length === 1 ? others[0] : `${others.length} others`}`;
}
