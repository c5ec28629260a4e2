import { describe, expect, it } from 'vitest';
import { hasHadAllTries, pauseAfterFailure } from '../../../src/dns/resolver/retry.js';
import type { Outcome } from '../../../src/dns/transport/transport.js';
import {
  failureOf,
  openFakeRun,
  pendingQuestion,
  sentTo,
  truncationOf,
  urlOf,
  withoutJitter,
} from './fakes.js';

const url = urlOf(1);
const failure = failureOf(url);
const refusal = failureOf(url, { rcode: 'REFUSED', hasReplied: true });
const unprocessed = failureOf(url, { isUnprocessed: true });

/** Asks upstreams, given by their numbers, one after the other; the last outcomes are those of the last attempts. */
function asked(numbers: readonly number[], outcomes: readonly (Outcome | undefined)[] = []) {
  const run = openFakeRun();
  const pending = sentTo(run, ...numbers.map(run.upstream));
  const first = pending.attempts.length - outcomes.length;
  for (const [index, attempt] of pending.attempts.entries()) attempt.outcome = outcomes[index - first];
  return pending;
}

describe('a question has had all its tries', () => {
  it('after as many attempts as it has tries, answered or not', () => {
    expect(hasHadAllTries(pendingQuestion(), 3)).toBe(false);
    expect(hasHadAllTries(asked([1, 2], [failure, undefined]), 3)).toBe(false);
    expect(hasHadAllTries(asked([1, 2, 1], [failure, undefined, failure]), 3)).toBe(true);
  });

  it.each([
    ['a query that was not processed', unprocessed],
    ['a truncated reply', truncationOf(url)],
  ])('no sooner because of %s', (_, outcome) => {
    expect(hasHadAllTries(asked([1, 1, 1], [outcome, failure, failure]), 3)).toBe(false);
    expect(hasHadAllTries(asked([1, 1, 1, 1], [outcome, failure, failure, failure]), 3)).toBe(true);
  });

  it('after three times as many attempts, even if they do not count', () => {
    const outcomes = new Array<Outcome>(6).fill(unprocessed);
    expect(hasHadAllTries(asked([1, 1, 1, 1, 1], outcomes.slice(1)), 2)).toBe(false);
    expect(hasHadAllTries(asked([1, 1, 1, 1, 1, 1], outcomes), 2)).toBe(true);
  });

  it('no sooner because one of several upstreams refuses it for the first time', () => {
    expect(hasHadAllTries(asked([1, 2], [refusal, failure]), 2)).toBe(false);
    expect(hasHadAllTries(asked([1, 2, 1], [refusal, failure, { ...refusal }]), 2)).toBe(true);
  });

  it('after as many refusals as it has tries at the only upstream', () => {
    expect(hasHadAllTries(asked([1, 1], [refusal, { ...refusal }]), 2)).toBe(true);
  });

  it('after other replies that say nothing, whatever upstream they come from', () => {
    const servfail = { ...refusal, rcode: 'SERVFAIL' };
    expect(hasHadAllTries(asked([1, 2], [servfail, { ...servfail }]), 2)).toBe(true);
  });

  it('after no more attempts than its policy allows', () => {
    expect(hasHadAllTries({ ...asked([1], [failure]), policy: { tries: 1 } }, 7)).toBe(true);
  });

  it('after no more attempts than usual, even if its policy allows more', () => {
    expect(hasHadAllTries({ ...asked([1], [failure]), policy: { tries: 7 } }, 2)).toBe(false);
    expect(hasHadAllTries({ ...asked([1, 1], [failure, failure]), policy: { tries: 7 } }, 2)).toBe(true);
  });
});

describe('the pause before a question is asked again', () => {
  const pause = (numbers: readonly number[], outcomes: readonly (Outcome | undefined)[], hasOther: boolean) =>
    pauseAfterFailure(asked(numbers, outcomes), hasOther, withoutJitter);

  it('is none if it has not been asked, or if its last attempt was lost', () => {
    expect(pauseAfterFailure(pendingQuestion(), false, withoutJitter)).toBe(0);
    expect(pause([1, 1], [failure, undefined], false)).toBe(0);
  });

  it.each([
    ['was not processed', unprocessed],
    ['was truncated', truncationOf(url)],
  ])('is none if its last attempt %s', (_, outcome) => {
    expect(pause([1], [outcome], false)).toBe(0);
  });

  it('is none after one or two failures if it can go to another upstream', () => {
    expect(pause([1], [failure], true)).toBe(0);
    expect(pause([1, 2], [failure, failure], true)).toBe(0);
    expect(pause([1, 2, 3], [undefined, undefined, failure], true)).toBe(0);
  });

  it('grows from the third failure on if it can go to another upstream', () => {
    expect(pause([1, 2, 3], [failure, failure, failure], true)).toBe(50);
    expect(pause([1, 2, 3, 1], [failure, failure, failure, failure], true)).toBe(100);
  });

  it('grows with each attempt at an upstream that was asked before if it can go to no other', () => {
    expect(pause([1], [failure], false)).toBe(50);
    expect(pause([1, 1], [failure, failure], false)).toBe(100);
    expect(pause([1, 2], [failure, failure], false)).toBe(50);
    expect(pause([1, 2, 1], [undefined, undefined, failure], false)).toBe(100);
  });

  it('is at least as long as the server wants, up to ten seconds', () => {
    const wanting = (retryAfter: number) => [failureOf(url, { retryAfter })];
    expect(pause([1], wanting(3000), false)).toBe(3000);
    expect(pause([1], wanting(0), false)).toBe(50);
    expect(pause([1], wanting(3_600_000), false)).toBe(10_000);
  });
});
