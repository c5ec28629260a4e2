import { describe, expect, it } from 'vitest';
import { openUpstreams } from '../../../src/dns/resolver/upstreams.js';
import { createFakeSockets } from '../../helpers/fake-sockets.js';
import { createManualClock } from '../../helpers/manual-clock.js';
import {
  attemptAt,
  openFakeRun,
  pendingQuestion,
  replyFrom,
  serverAt,
  truncationOf,
  urlOf,
  withoutJitter,
} from './fakes.js';

describe('the upstreams of a run', () => {
  it('are the same for all who ask for the same server', () => {
    const { run } = openFakeRun();
    expect(run.of(serverAt(1))).toBe(run.of({ ...serverAt(1) }));
    expect(run.of(serverAt(1))).not.toBe(run.of(serverAt(2)));
    expect(run.of(serverAt(1))).not.toBe(run.of({ ...serverAt(1), scheme: 'auto' }));
  });

  it('share one limiter, which has no limit unless a rate is given', () => {
    expect(openFakeRun({ rate: 10 }).run.limiter.rate).toBe(10);
    expect(openFakeRun().run.limiter.rate).toBe(Number.POSITIVE_INFINITY);
  });

  it('are opened at their first queries, each once', () => {
    const opened: string[] = [];
    const clock = createManualClock();
    const platform = { clock, random: withoutJitter, sockets: createFakeSockets() };
    const run = openUpstreams({
      platform,
      timeout: 1234,
      openServer: ({ url }, { timeout, platform: given }) => {
        opened.push(`${url} ${timeout} ${given === platform}`);
        const suspect = () => undefined;
        return { kind: 'stream', capacity: () => 1, ask() {}, suspect, forget() {}, close() {} };
      },
    });
    const [first] = [run.of(serverAt(1)), run.of(serverAt(2))];
    expect(opened).toEqual([]);
    for (let query = 0; query < 2; query++) run.send(pendingQuestion(), first, 0);
    expect([opened, first.transport.kind]).toEqual([[`${urlOf(1)} 1234 true`], 'stream']);
  });

  it('are opened over the transport of their scheme by default', () => {
    const clock = createManualClock();
    const sockets = createFakeSockets();
    const run = openUpstreams({ platform: { clock, random: withoutJitter, sockets }, timeout: 3000 });
    run.send(pendingQuestion(), run.of(serverAt(1)), 0);
    clock.endTurn();
    expect(sockets.connected.map(({ address, port }) => [address, port])).toEqual([['192.0.2.1', 53]]);
  });

  it.each([
    [16, 64],
    [17, 8],
  ])('have, if there are %i of them, windows of %i queries at first', (count, window) => {
    const { run, upstream, upstreams } = openFakeRun();
    upstreams(count);
    run.send(pendingQuestion(), upstream(1), 0);
    expect(upstream(1).congestionControl.window).toBe(window);
  });

  it('are closed with the run, if they have been opened, and nobody waits for the limiter any more', () => {
    const { run, upstream, wayTo } = openFakeRun({ rate: 1 });
    const [opened] = [upstream(1), upstream(2)];
    run.send(pendingQuestion(), opened, 0);
    run.limiter.wait({ hasPriority: () => false, dispatch() {} });
    run.close();
    expect([1, 2].map((number) => wayTo(urlOf(number)).isClosed)).toEqual([true, false]);
    expect(run.limiter.isWaitedFor()).toBe(false);
  });
});

describe('a query that is sent to an upstream', () => {
  function sendOne() {
    const fakes = openFakeRun();
    const [upstream, other] = [fakes.upstream(1), fakes.upstream(2)];
    const pending = pendingQuestion();
    return { ...fakes, upstream, other, pending, attempt: fakes.run.send(pending, upstream, 1000) };
  }

  it('is an attempt of its question, numbered from 1', () => {
    const { run, other, upstream, pending, attempt } = sendOne();
    expect(attempt).toMatchObject({
      ...attemptAt(upstream),
      number: 1,
      sentAt: 1000,
      isLost: false,
      silence: undefined,
      kind: 'datagram',
    });
    expect([attempt.pending, attempt.question]).toEqual([pending, pending.question]);
    const second = run.send(pending, other, 2000);
    expect([second.number, second.upstream, pending.attempts]).toEqual([2, other, [attempt, second]]);
  });

  it('leaves other questions without attempts', () => {
    sendOne();
    expect(pendingQuestion().attempts).toEqual([]);
  });

  it('is counted as sent and as in flight, and takes part in the congestion control', () => {
    const { upstream, other, attempt } = sendOne();
    expect(upstream).toMatchObject({ asked: 1, inFlight: 1 });
    expect(other).toMatchObject({ asked: 0, inFlight: 0 });
    expect(attempt.round[attempt.order]).toMatchObject({ sent: 1, answered: 0, lost: 0 });
  });

  it('takes the next place in the order of events', () => {
    const { run, upstream, attempt } = sendOne();
    expect([attempt.sent, run.nextPlace(), run.send(pendingQuestion(), upstream, 0).sent]).toEqual([1, 2, 3]);
  });

  it('is sent by the transport, whose outcome its question is told', () => {
    const { run, upstream, received } = sendOne();
    const told: unknown[] = [];
    const pending = {
      ...pendingQuestion('y.dev'),
      settled: (...outcome: readonly unknown[]) => void told.push(outcome),
    };
    const attempt = run.send(pending, upstream, 0);
    const reply = replyFrom(urlOf(1));
    received[1]?.end(reply);
    expect([received.map(({ name }) => name), told]).toEqual([['x.dev', 'y.dev'], [[attempt, reply]]]);
  });

  it('goes the way that its transport takes', () => {
    const { run, upstream, wayTo } = sendOne();
    wayTo(urlOf(1)).kind = 'call';
    expect(run.send(pendingQuestion(), upstream, 0).kind).toBe('call');
  });

  it('goes over a stream if a reply to its question did not fit into a datagram', () => {
    const { run, upstream, other, pending, attempt, received } = sendOne();
    attempt.outcome = truncationOf(urlOf(1));
    expect(run.send(pending, other, 0)).toMatchObject({ needsStream: false, kind: 'datagram' });
    expect(run.send(pending, upstream, 0)).toMatchObject({ needsStream: true, kind: 'stream' });
    expect(received.map(({ needsStream }) => needsStream)).toEqual([false, false, true]);
  });

  it('counts as a first attempt if it goes on over a stream, but not as one if it is another attempt', () => {
    const { run, upstream, pending, attempt } = sendOne();
    pending.streamTo = upstream;
    expect([attempt.order, run.send(pending, upstream, 0).order]).toEqual(['first', 'first']);
    pending.streamTo = undefined;
    expect(run.send(pending, upstream, 0).order).toBe('later');
  });

  it('counts as a later attempt from the first one on if it will probably fail', () => {
    const { run, upstream } = sendOne();
    const pending = pendingQuestion('y.dev', { isSuspect: true });
    const orders = [1, 2].map(() => run.send(pending, upstream, 0).order);
    pending.streamTo = upstream;
    expect([...orders, run.send(pending, upstream, 0).order]).toEqual(['later', 'later', 'later']);
  });
});
