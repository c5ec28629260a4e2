import { describe, expect, it } from 'vitest';
import * as attempts from '../../../src/dns/resolver/attempt.js';
import type { Attempt } from '../../../src/dns/resolver/question.js';
import type { Upstream } from '../../../src/dns/resolver/upstream.js';
import type { Outcome } from '../../../src/dns/transport/transport.js';
import {
  attemptAt,
  failureOf,
  openFakeRun,
  pendingQuestion,
  permanentFailureOf,
  replyFrom,
  truncationOf,
  urlOf,
} from './fakes.js';

const url = urlOf(1);
const { run, upstream } = openFakeRun();
const [first, second] = [upstream(1), upstream(2)];

const outcomes: Readonly<Record<string, Outcome | undefined>> = {
  'no outcome yet': undefined,
  'a reply': replyFrom(url),
  'a failure': failureOf(url),
  'a permanent failure': permanentFailureOf(url),
  'a truncated reply': truncationOf(url),
  'a query that was not processed': failureOf(url, { isUnprocessed: true }),
};

/** The outcomes for which a function is true of an attempt. */
const trueFor = (isTrue: (attempt: Attempt) => boolean): readonly string[] =>
  Object.keys(outcomes).filter((name) => {
    const attempt = run.send(pendingQuestion(), first, 0);
    attempt.outcome = outcomes[name];
    return isTrue(attempt);
  });

describe('an attempt', () => {
  it('has failed if it has ended without a reply, was processed and not too long for a datagram', () => {
    expect(trueFor(attempts.hasFailed)).toEqual(['a failure', 'a permanent failure']);
  });

  it('is a try unless it was not processed, or goes on over a stream', () => {
    expect(trueFor(attempts.isTry)).toEqual([
      'no outcome yet',
      'a reply',
      'a failure',
      'a permanent failure',
    ]);
  });

  it('is no try if it was lost on a connection that was sent too much and fell silent', () => {
    const isTry = (wasTooMuch: boolean) => (attempt: Attempt) =>
      attempts.isTry({ ...attempt, silence: { wasTooMuch } });
    expect(trueFor(isTry(true))).toEqual([]);
    expect(trueFor(isTry(false))).toContain('no outcome yet');
  });

  it('is no try if it was one of too many and failed, or was lost', () => {
    const isTry = (isLost: boolean) => (attempt: Attempt) =>
      attempts.isTry({ ...attempt, isLost, round: { ...attempt.round, wasTooMuch: true } });
    expect(trueFor(isTry(false))).toEqual(['no outcome yet', 'a reply']);
    expect(trueFor(isTry(true))).toEqual([]);
  });
});

describe('a question', () => {
  /** The outcomes of one of two attempts at an upstream for which a function is true. */
  const trueAt = (asked: Upstream<Attempt>, isTrue: typeof attempts.hasFailedAt) =>
    trueFor(({ outcome }) => isTrue([attemptAt(second), attemptAt(asked, outcome)], first));

  it('has failed at an upstream if one of its attempts there has failed', () => {
    expect(trueAt(first, attempts.hasFailedAt)).toEqual(['a failure', 'a permanent failure']);
    expect(trueAt(second, attempts.hasFailedAt)).toEqual([]);
  });

  it('has failed permanently at an upstream if one of its attempts there has failed permanently', () => {
    expect(trueAt(first, attempts.hasFailedPermanentlyAt)).toEqual(['a permanent failure']);
    expect(trueAt(second, attempts.hasFailedPermanentlyAt)).toEqual([]);
  });

  it('goes to an upstream over a stream if a reply was truncated there', () => {
    expect(trueAt(first, attempts.wasTruncatedAt)).toEqual(['a truncated reply']);
    expect(trueAt(second, attempts.wasTruncatedAt)).toEqual([]);
  });

  it('counts how often it has been asked at an upstream', () => {
    const asked = [first, second, first].map((each) => attemptAt(each));
    expect([[], asked].map((list) => attempts.timesAskedAt(list, first))).toEqual([0, 2]);
  });

  it.each([
    ['if it was lost there on a stream', first, 'stream', true, true],
    ['not if it was lost elsewhere on a stream', second, 'stream', true, false],
    ['not if it was lost there in a datagram', first, 'datagram', true, false],
    ['not if it was not lost', first, 'stream', false, false],
  ] as const)('goes to an upstream alone: %s', (_, asked, kind, isLost, expected) => {
    const attempt = { ...run.send(pendingQuestion(), asked, 0), kind, isLost };
    const other = run.send(pendingQuestion(), asked, 0);
    expect(attempts.goesAlone({ attempts: [other, attempt] }, first)).toBe(expected);
  });

  it('goes to an upstream alone once: if it is lost again, that was not the reason', () => {
    const lost = { ...run.send(pendingQuestion(), first, 0), kind: 'stream', isLost: true } as const;
    expect(attempts.goesAlone({ attempts: [lost, lost] }, first)).toBe(false);
  });
});
