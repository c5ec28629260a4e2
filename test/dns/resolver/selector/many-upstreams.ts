import type { Attempt } from '../../../../src/dns/resolver/question.js';
import { createRoundTripTime, recordRoundTrip } from '../../../../src/dns/resolver/round-trip-time.js';
import { selectAmongMany } from '../../../../src/dns/resolver/selector/many.js';
import type { SelectableQuestion } from '../../../../src/dns/resolver/selector/selector.js';
import type { Upstream } from '../../../../src/dns/resolver/upstream.js';
import { startedUpstream } from '../fakes.js';
import { question, silenceLimit } from './choosing.js';

/**
 * Creates upstreams that have answered, and a selector among them. Replies of all upstreams are expected within 300 ms.
 *
 * @param count how many, though a selector among many is used only for more.
 */
export function manyUpstreams(count: number) {
  const upstreams = Array.from({ length: count }, (_, index) => startedUpstream(index + 1));
  for (const upstream of upstreams) prove(upstream);
  const shared = createRoundTripTime();
  recordRoundTrip(shared, 100);
  const selector = selectAmongMany(upstreams, silenceLimit, shared);
  /** Chooses for a question, and returns the number of the upstream; undefined for none. */
  const choose = (changes?: Partial<SelectableQuestion>, now = 0): number | undefined => {
    const chosen = selector.choose(question(changes), now);
    return chosen && upstreams.indexOf(chosen) + 1;
  };
  /** Chooses for several new questions. */
  const chooseAll = (times: number, now = 0) => Array.from({ length: times }, () => choose({}, now));
  const upstream = (number: number): Upstream<Attempt> => {
    const found = upstreams[number - 1];
    if (found === undefined) throw new Error(`Expected an upstream, got ${number} of ${count}`);
    return found;
  };
  return { upstream, selector, choose, chooseAll };
}

/** Lets an upstream have answered. */
function prove(upstream: Upstream<Attempt>): void {
  upstream.answered = 1;
  upstream.health.hasAnswered = true;
}

/** Lets nothing be known of an upstream. */
export function unprove(upstream: Upstream<Attempt>): void {
  upstream.answered = 0;
  upstream.health.hasAnswered = false;
}
