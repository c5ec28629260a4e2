import { describe, expect, it } from 'vitest';
import * as attempts from '../../../../src/dns/resolver/attempt.js';
import { failureOf, openFakeRun, pendingQuestion, truncationOf, urlOf } from '../fakes.js';

const url = urlOf(1);
const failure = failureOf(url);

/** Sends so many queries to an upstream at 1000 ms. */
function sendSome(count: number) {
  const { run, upstream } = openFakeRun();
  const asked = upstream(1);
  const sent = Array.from({ length: count }, () => run.send(pendingQuestion(), asked, 1000));
  return { run, upstream: asked, sent };
}

/** Sends the queries of a round, which is closed: all but the last one have been answered. */
function sendRound() {
  const { run, upstream, sent } = sendSome(8);
  const pending = pendingQuestion();
  /** Asks for a name whose reply did not fit into a datagram. */
  const sendLast = (isTruncated: boolean) => {
    if (isTruncated) run.send(pending, upstream, 1000).outcome = truncationOf(url);
    return run.send(pending, upstream, 1100);
  };
  return { upstream, sent, sendLast };
}

describe('a query that a connection ended on without processing it', () => {
  it('is one that has never been sent, for the congestion control', () => {
    const { sent } = sendSome(1);
    const [attempt = expect.unreachable()] = sent;
    attempts.countFailure(attempt, { ...failure, isUnprocessed: true }, 1050);
    expect(attempt.round.first).toEqual({ sent: 0, answered: 0, lost: 0 });
  });

  it('may be the last one of its round', () => {
    const { sent, sendLast } = sendRound();
    const last = sendLast(false);
    for (const attempt of sent) attempts.countAnswer(attempt, 1150);
    expect(last.round).toMatchObject({ isClosed: true, isOver: false });
    attempts.countFailure(last, { ...failure, isUnprocessed: true }, 1150);
    expect(last.round.isOver).toBe(true);
  });

  it('does not bound the window', () => {
    const { upstream, sent } = sendSome(35);
    upstream.congestionControl.threshold = 64;
    for (const attempt of sent.slice(0, 5))
      attempts.countFailure(attempt, { ...failure, isUnprocessed: true }, 1050);
    expect(upstream).toMatchObject({ inFlight: 30, congestionControl: { window: 64, threshold: 64 } });
  });
});

describe('a refused query', () => {
  it.each([
    ['fails', failure],
    ['has not been processed', failureOf(url, { isUnprocessed: true, hasReplied: true })],
  ])('that %s bounds a window that is bounded to the queries in flight without it', (_, failed) => {
    const { upstream, sent } = sendSome(35);
    upstream.congestionControl.threshold = 64;
    // 6 % of 35 and two standard deviations are 4.998.
    for (const attempt of sent.slice(0, 5)) attempts.countFailure(attempt, failed, 1050);
    expect(upstream).toMatchObject({ inFlight: 30, congestionControl: { window: 30, threshold: 30 } });
  });
});

describe('a lost query that had to be sent over a stream', () => {
  it('is one that has never been sent, for the congestion control alone', () => {
    const { upstream, sendLast } = sendRound();
    const last = sendLast(true);
    expect(last).toMatchObject({ needsStream: true, order: 'second' });
    attempts.countLoss(last, 1400);
    expect(last.round.second).toEqual({ sent: 0, answered: 0, lost: 0 });
    expect(upstream).toMatchObject({ lost: 1, health: { failures: 1 } });
  });

  it('may be the last one of its round', () => {
    const { upstream, sent, sendLast } = sendRound();
    const last = sendLast(true);
    const [truncated = expect.unreachable()] = last.pending.attempts;
    for (const attempt of [truncated, ...sent]) attempts.countAnswer(attempt, 1150);
    expect(upstream.inFlight).toBe(1);
    expect(last.round).toMatchObject({ isClosed: true, isOver: false });
    attempts.countLoss(last, 1400);
    expect(last.round.isOver).toBe(true);
  });

  it('is unlike one that is answered in time', () => {
    const last = sendRound().sendLast(true);
    attempts.countAnswer(last, 1150);
    expect(last.round.second).toEqual({ sent: 1, answered: 1, lost: 0 });
  });

  it('does not count for the congestion control either when it is answered late', () => {
    const { upstream, sendLast } = sendRound();
    const last = sendLast(true);
    attempts.countLoss(last, 1400);
    const before = structuredClone(upstream.congestionControl);
    attempts.countAnswer(last, 1500);
    expect(upstream.congestionControl).toEqual(before);
    expect(upstream).toMatchObject({ answered: 1, inFlight: 9, health: { failures: 0 } });
  });
});
