import { describe, expect, it } from 'vitest';
import * as attempts from '../../../../src/dns/resolver/attempt.js';
import * as health from '../../../../src/dns/resolver/health.js';
import { failureOf, openFakeRun, pendingQuestion, urlOf } from '../fakes.js';

const url = urlOf(1);
const failure = failureOf(url);

/** Sends a query at 1000 ms to an upstream that has failed twice before. */
function sendOne() {
  const { run, upstream, received, wayTo } = openFakeRun();
  const asked = upstream(1);
  const attempt = run.send(pendingQuestion(), asked, 1000);
  asked.health.failures = 2;
  asked.health.failedAt = 900;
  /** The queries of the round of the congestion control. */
  const tally = attempt.round[attempt.order];
  return { upstream: asked, attempt, received, tally, wayTo };
}

/** Sends a query that counted as lost at 1400 ms. */
function loseOne() {
  const lost = sendOne();
  attempts.countLoss(lost.attempt, 1400);
  return lost;
}

describe('an answer', () => {
  it('shows that the upstream can be reached', () => {
    const { upstream, attempt } = sendOne();
    upstream.whyUnreachable = 'nothing is listening';
    attempts.countAnswer(attempt, 1050);
    expect(upstream.whyUnreachable).toBeUndefined();
  });

  it('counts as one, ends the query and the failures in a row', () => {
    const { upstream, attempt, tally } = sendOne();
    attempts.countAnswer(attempt, 1050);
    expect(upstream).toMatchObject({ inFlight: 0, answered: 1 });
    expect(upstream.health).toMatchObject({ failures: 0, hasAnswered: true, repliedAt: 1050 });
    expect(tally).toEqual({ sent: 1, answered: 1, lost: 0 });
  });

  it('gives the round-trip time', () => {
    const { upstream, attempt } = sendOne();
    attempts.countAnswer(attempt, 1050);
    expect(upstream.roundTripTime.shortest).toBe(50);
  });

  it('tells that of the queries answered so far its query was sent last, if it was', () => {
    const { upstream, attempt } = sendOne();
    attempts.countAnswer(attempt, 1050);
    expect(upstream.answeredSentAt).toBe(1000);
    upstream.answeredSentAt = 2000;
    attempts.countAnswer(attempt, 2050);
    expect(upstream.answeredSentAt).toBe(2000);
  });

  it('that comes late takes back the loss', () => {
    const { upstream, attempt, tally } = loseOne();
    attempts.countAnswer(attempt, 1500);
    expect(upstream).toMatchObject({ inFlight: 0, answered: 1, lost: 1 });
    expect(upstream.roundTripTime.shortest).toBe(500);
    expect(tally).toEqual({ sent: 1, answered: 1, lost: 0 });
  });
});

describe('an answer to a later attempt', () => {
  it('proves that the name is not to blame for the losses of later attempts there, at the same rate', () => {
    const { run, upstream } = openFakeRun();
    const [asked, other] = [upstream(1), upstream(2)];
    const pending = pendingQuestion();
    const send = (to = asked) => run.send(pending, to, 0);
    // The first attempt and the second one, and one at another rate.
    for (const setting of [7, 7, 6]) {
      asked.congestionControl.rate.setting = setting;
      attempts.countLoss(send(), 0);
    }
    asked.congestionControl.rate.setting = 7;
    // The other upstream gets its congestion control with its first query.
    run.send(pendingQuestion(), other, 0);
    other.congestionControl.rate.setting = 7;
    for (const to of [asked, asked, other]) attempts.countLoss(send(to), 0);
    send().outcome = failure;
    send();
    const last = send();
    attempts.countAnswer(last, 50);
    // Two were lost, and one failed; the one before it has no outcome yet.
    expect(last.round.proven).toEqual({ sent: 4, answered: 1, lost: 3 });
  });

  it('is not what an answer to a first or second attempt is', () => {
    const { run, upstream } = openFakeRun();
    const pending = pendingQuestion();
    for (let attempt = 0; attempt < 2; attempt++) attempts.countAnswer(run.send(pending, upstream(1), 0), 50);
    expect(upstream(1).congestionControl.round.proven.sent).toBe(0);
  });
});

describe('a failure', () => {
  it('counts as one in a row, and as too much for the server', () => {
    const { upstream, attempt, tally } = sendOne();
    attempts.countFailure(attempt, failure, 1050);
    expect(upstream).toMatchObject({ inFlight: 0, answered: 0, lastFailure: failure.failure });
    expect(upstream.health.failures).toBe(3);
    expect(tally).toEqual({ sent: 1, answered: 0, lost: 1 });
  });

  it('without a reply is neither a round trip nor a sign of life', () => {
    const { upstream, attempt } = sendOne();
    attempts.countFailure(attempt, failure, 1050);
    expect(upstream.roundTripTime.smoothed).toBeUndefined();
    expect(upstream.health.isSilent).toBe(true);
  });

  it('with a reply is a round trip and a sign of life', () => {
    const { upstream, attempt } = sendOne();
    attempts.countFailure(attempt, { ...failure, hasReplied: true }, 1050);
    expect(upstream.roundTripTime.shortest).toBe(50);
    expect(upstream.health).toMatchObject({ failures: 3, isSilent: false, repliedAt: 1050 });
  });

  it('with a time lets the upstream be asked only after it', () => {
    const { upstream, attempt } = sendOne();
    attempts.countFailure(attempt, { ...failure, hasReplied: true, retryAfter: 2000 }, 1050);
    expect([health.mayAsk(upstream.health, 3049), health.mayAsk(upstream.health, 3050)]).toEqual([
      false,
      true,
    ]);
  });

  it('without a time lets the upstream be asked at once', () => {
    const { upstream, attempt } = sendOne();
    attempts.countFailure(attempt, { ...failure, hasReplied: true }, 1050);
    expect(health.mayAsk(upstream.health, 1050)).toBe(true);
  });

  it('of a query that was not processed says nothing about the upstream', () => {
    const { upstream, attempt, tally } = sendOne();
    attempts.countFailure(attempt, { ...failure, isUnprocessed: true }, 1050);
    expect(upstream.inFlight).toBe(0);
    expect(upstream.health.failures).toBe(2);
    expect(tally.lost).toBe(0);
  });

  it('of a query that the server says it has not processed tells that it was too much', () => {
    const { upstream, attempt, tally } = sendOne();
    attempts.countFailure(attempt, { ...failure, isUnprocessed: true, hasReplied: true }, 1050);
    expect(upstream.health.failures).toBe(2);
    expect(tally.lost).toBe(1);
  });

  it('that comes after the query counted as lost ends it no second time', () => {
    const { upstream, attempt, tally } = loseOne();
    attempts.countFailure(attempt, failure, 1500);
    expect(upstream).toMatchObject({ inFlight: 0, lastFailure: failure.failure });
    expect(upstream.health.failures).toBe(4);
    expect(tally).toEqual({ sent: 1, answered: 0, lost: 1 });
  });
});

describe('a loss', () => {
  it('on a connection that answered others and fell silent is no failure of the upstream', () => {
    const { upstream, attempt, tally, wayTo } = sendOne();
    wayTo(url).isSilent = true;
    attempts.countLoss(attempt, 1400);
    expect(attempt).toMatchObject({ isLost: true, silence: { wasTooMuch: false } });
    expect(upstream).toMatchObject({ inFlight: 0, lost: 1 });
    expect(upstream.health).toMatchObject({ failures: 2, failedAt: 900 });
    expect(tally).toEqual({ sent: 1, answered: 0, lost: 1 });
  });

  it('counts as one and as a failure in a row, and makes the connection suspect', () => {
    const { upstream, attempt, received, tally } = loseOne();
    expect(attempt).toMatchObject({ isLost: true, silence: undefined });
    expect(upstream).toMatchObject({ inFlight: 0, lost: 1, lastFailure: `no reply from ${url}` });
    expect(upstream.health).toMatchObject({ failures: 3, failedAt: 1400 });
    expect(tally).toEqual({ sent: 1, answered: 0, lost: 1 });
    expect(received[0]?.isSuspected).toBe(true);
  });
});

describe('a forgotten query', () => {
  it('is one that has never been sent, for the congestion control', () => {
    const { upstream, attempt, received, tally } = sendOne();
    attempts.countForgotten(attempt, 1050);
    expect(upstream.inFlight).toBe(0);
    expect(tally).toEqual({ sent: 0, answered: 0, lost: 0 });
    expect(received[0]?.isForgotten).toBe(true);
  });

  it('stays a loss if it counted as lost', () => {
    const { upstream, attempt, received, tally } = loseOne();
    attempts.countForgotten(attempt, 1500);
    expect(upstream.inFlight).toBe(0);
    expect(tally).toEqual({ sent: 1, answered: 0, lost: 1 });
    expect(received[0]?.isForgotten).toBe(true);
  });
});
