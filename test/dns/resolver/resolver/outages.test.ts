import { describe, expect, it } from 'vitest';
import { failureOf, refusalFrom, replyFrom, urlOf } from '../fakes.js';
import { openFakes } from './open-fakes.js';

const [first, second] = [urlOf(1), urlOf(2)];
const reset = failureOf(first);

describe('a server that is away', () => {
  it('gets only heartbeats, however many questions wait', async () => {
    const { received, askAll, times, pass } = openFakes(1);
    askAll(20);
    await pass(1300);
    // The first heartbeat is missed after 400 ms, the next ones follow after pauses of 50 and 100 ms.
    expect(times()).toEqual(new Array<number>(20).fill(0));
    expect(received.slice(20)).toMatchObject([
      { name: '', time: 400 },
      { name: '', time: 850 },
    ]);
  });

  it('is in an outage if nothing listens there, until it replies or no question waits', async () => {
    const { resolver, received, ask, pass } = openFakes(1);
    expect(resolver.outage()).toBeUndefined();
    ask();
    await pass();
    expect(resolver.outage()).toBeUndefined();
    received[0]?.end(failureOf(first, { failure: 'nothing is listening' }));
    expect(resolver.outage()).toEqual({ reasons: ['nothing is listening'], remaining: 4000 });
    await pass(1000);
    expect(resolver.outage()).toEqual({ reasons: ['nothing is listening'], remaining: 3000 });
    received.at(-1)?.end(replyFrom(first));
    expect(resolver.outage()).toBeUndefined();
  });

  it('is asked all questions again after a reply to a heartbeat', async () => {
    const { received, askAll, times, pass } = openFakes(1);
    const questions = askAll(3);
    await pass(410);
    received[3]?.end(replyFrom(first));
    await pass();
    expect(times()).toEqual([0, 0, 0, 410, 410, 410]);
    for (const { end } of received.slice(4)) end(replyFrom(first));
    await pass();
    expect(questions.map(({ answer }) => answer?.tries)).toEqual([2, 2, 2]);
  });

  it('is asked again after a late reply to a name', async () => {
    const { received, askAll, times, pass } = openFakes(1);
    askAll(3);
    await pass(500);
    received[0]?.end(replyFrom(first));
    await pass();
    expect(times()).toEqual([0, 0, 0, 500, 500]);
  });

  it('costs a question at most one query if another server works', async () => {
    const { received, ask, urls, pass } = openFakes(2);
    for (let question = 0; question < 20; question++) {
      const asked = ask();
      while (asked.answer === undefined) {
        for (const { url, end } of received) if (url === second) end(replyFrom(second));
        await pass(10);
      }
      expect(asked.answer.tries).toBeLessThanOrEqual(2);
    }
    expect(urls().filter((url) => url === first)).toHaveLength(1);
  });

  it('that has never answered fails all questions after some seconds, and later ones at once', async () => {
    const { received, ask, askAll, endAll, pass } = openFakes(1);
    const early = askAll(20);
    for (let passed = 0; passed < 4000; passed += 10) {
      await pass(10);
      endAll(reset);
    }
    expect(early.some(({ answer }) => answer)).toBe(false);
    await pass(100);
    for (const { answer } of early) expect(answer).toHaveProperty('outcome.failure', reset.failure);
    const before = received.length;
    const late = ask();
    await pass();
    expect(late.answer).toMatchObject({ outcome: { failure: reset.failure }, tries: 0 });
    expect(received).toHaveLength(before);
  });

  it('that has answered before fails no question within thirty seconds', async () => {
    const { received, ask, askAll, pass } = openFakes(1);
    ask();
    await pass();
    received[0]?.end(replyFrom(first));
    await pass(1000);
    const questions = askAll(5);
    await pass(30_000);
    expect(questions.some(({ answer }) => answer)).toBe(false);
    received.at(-1)?.end(replyFrom(first));
    await pass();
    for (const { name, end } of received) if (name !== '') end(replyFrom(first));
    await pass();
    for (const { answer } of questions) expect(answer).toHaveProperty('outcome.reply');
  });
});

describe('a server that is overloaded', () => {
  it('is not asked before the time that it gives', async () => {
    const { received, ask, times, pass } = openFakes(1);
    ask('x.dev');
    await pass();
    received[0]?.end({
      failure: `HTTP status 429 from ${first}`,
      server: first,
      hasReplied: true,
      retryAfter: 2000,
    });
    ask('y.dev');
    await pass(1990);
    expect(times()).toEqual([0]);
    await pass(10);
    expect(times()).toEqual([0, 2000, 2000]);
  });

  it('answers all questions in the end if it refuses those that are too many', async () => {
    const { received, askAll, pass } = openFakes(1);
    const questions = askAll(100);
    let handled = 0;
    for (let passed = 0; passed < 20_000; passed += 10) {
      await pass(10);
      // It takes one query in ten milliseconds.
      for (const [index, { end }] of received.slice(handled).entries())
        end(index === 0 ? replyFrom(first) : refusalFrom(first));
      handled = received.length;
    }
    expect(questions.every(({ answer }) => answer && 'reply' in answer.outcome)).toBe(true);
  });
});
