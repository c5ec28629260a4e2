import type { Outcome } from '../../../src/dns/transport/transport.js';
import type { Question } from '../../../src/dns/wire/query.js';
import { createTrust, type TrustOptions } from '../../../src/probe/trust/trust.js';
import type { Finding } from '../../../src/probe/verdict.js';
import { answerWith, denial, primary, replied, secondary } from '../../helpers/answers.js';
import { isRandom } from '../../helpers/honest.js';
import { createManualClock } from '../../helpers/manual-clock.js';
import { candidateOf } from '../../helpers/played.js';
import { createSeededRandom } from '../../simulation/random.js';
import { findingWith } from '../making.js';

export type Answering = (question: Question, server: string | undefined) => Outcome;

export const right: Answering = ({ name }) => (isRandom(name) ? denial : replied({ nameServers: true }));

/** Trust in two servers, and what it says and does. */
export function trustIn(
  answering: Answering,
  servers: readonly string[] = [primary, secondary],
  options: Partial<TrustOptions> = {},
) {
  const clock = { ...createManualClock(), endOfTurn: queueMicrotask };
  const notes: string[] = [];
  const asked: string[] = [];
  /** The tries that random names were given. */
  const tries = new Set<number | undefined>();
  let place = 0;
  const trust = createTrust({
    platform: { clock, random: createSeededRandom(1) },
    servers,
    ask: async (question, policy) => {
      asked.push(`${policy?.only} ${question.name}`);
      if (isRandom(question.name)) tries.add(policy?.tries);
      return answerWith(answering(question, policy?.only), { sent: ++place, received: ++place });
    },
    isDrained: () => true,
    nextPlace: () => ++place,
    tries: 5,
    note: (message) => notes.push(message),
    ...options,
  });
  /** Reviews a finding that has just been made. */
  const review = (name: string, changes: Partial<Finding> = {}, round = 1) => {
    const candidate = candidateOf(name);
    const suffix = trust.open(candidate);
    for (const url of [primary, secondary]) suffix.policy.sending?.(url);
    return trust.review(candidate, suffix, { ...findingAt(++place), ...changes }, round);
  };
  const openSuffix = (name: string) => trust.open({ name: `x.${name}`, word: 'x', tld: name });
  return { trust, notes, asked, tries, review, clock, openSuffix };
}

export const findingAt = (place: number): Finding =>
  findingWith({ first: place, last: place, received: place });
