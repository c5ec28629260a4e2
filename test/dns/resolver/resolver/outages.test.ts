import { describe, expect, it } from 'vitest';
import { manyNames } from '../../../helpers/resolving.js';
import { endOfTurn } from '../upstreams.js';
import { first, openFakes, pass, refusalFrom, replyFrom, second } from './fake-servers.js';

const reset = { failure: `connection reset by ${first}`, server: first };
const overloaded = { failure: `HTTP status 429 from ${first}`, server: first };

describe('a question to the only server', () => {
  it.each([
    ['a failed connection', reset],
    ['SERVFAIL', replyFrom(first, { rcode: 'SERVFAIL', addresses: [] })],
    ['REFUSED', refusalFrom(first)],
  ])('is asked again after %s, each pause twice as long as the one before', async (_, failure) => {
    const { received, ask } = openFakes(1);
    const asked = await ask();
    for (const [index, pause] of [50, 100, 200, 400, 800, 1000].entries()) {
      received[index]?.end(failure);
      await pass(pause - 10);
      expect(received).toHaveLength(index + 1);
      await pass(20);
      expect(received).toHaveLength(index + 2);
    }
    received[6]?.end(failure);
    await endOfTurn();
    expect(asked.answer).toMatchObject({ outcome: { failure: expect.any(String) }, tries: 7 });
  });

  it('is answered if the server comes back', async () => {
    const { received, ask } = openFakes(1);
    const asked = await ask();
    received[0]?.end(reset);
    await pass(60);
    received[1]?.end(replyFrom(first));
    await endOfTurn();
    expect(asked.answer).toMatchObject({ outcome: replyFrom(first), tries: 2 });
  });
});

describe('a server that is away', () => {
  it('gets one query after each pause, whatever the number of questions that wait', async () => {
    const { received, ask, failAll } = openFakes(1);
    const questions = await Promise.all(manyNames(20).map((name) => ask(name)));
    failAll(reset);
    const before = received.length;
    for (let trial = 1; trial <= 4; trial++) {
      while (received.length === before + trial - 1) await pass(10);
      expect(received).toHaveLength(before + trial);
      failAll(reset);
    }
    while (received.length === before + 4) await pass(10);
    received.at(-1)?.end(replyFrom(first));
    await pass(100);
    for (const { end } of received.slice(before)) end(replyFrom(first));
    await pass(1000);
    for (const { end } of received.slice(before)) end(replyFrom(first));
    await endOfTurn();
    for (const { answer } of questions) expect(answer).toHaveProperty('outcome.reply');
  });

  it('costs a question at most one query if another server works', async () => {
    const { received, ask } = openFakes(2);
    const answers: (number | undefined)[] = [];
    for (const name of manyNames(50)) {
      const asked = await ask(name);
      for (let step = 0; step < 500 && asked.answer === undefined; step++) {
        for (const { url, end } of received) if (url === second) end(replyFrom(second));
        await pass(10);
      }
      answers.push(asked.answer?.tries);
    }
    expect(Math.max(...answers.map((tries) => tries ?? 99))).toBeLessThanOrEqual(2);
    expect(received.filter(({ url }) => url === first).length).toBeLessThan(5);
  });

  it('that has never answered fails all questions after a few seconds, and later ones at once', async () => {
    const { received, ask, failAll } = openFakes(1);
    const early = await Promise.all(manyNames(20).map((name) => ask(name)));
    for (let passed = 0; passed < 5000; passed += 10) {
      failAll(reset);
      await pass(10);
    }
    for (const { answer } of early) expect(answer).toHaveProperty('outcome.failure', reset.failure);
    const before = received.length;
    const late = await Promise.all(manyNames(20).map((name) => ask(name)));
    failAll(reset);
    await pass(60);
    for (const { answer } of late) expect(answer).toHaveProperty('outcome.failure', reset.failure);
    expect(received.length - before).toBeLessThanOrEqual(2);
  });
});

describe('a server that is overloaded', () => {
  it('is not asked before the time that it gives', async () => {
    const { received, ask } = openFakes(1);
    await ask();
    received[0]?.end({ ...overloaded, retryAfter: 2000 });
    await ask('y.dev');
    await pass(1980);
    expect(received).toHaveLength(1);
    await pass(40);
    expect(received).toHaveLength(3);
  });

  it('is asked less if it gives no time', async () => {
    const { received, ask, resolver } = openFakes(1, { tries: 100 });
    void resolver;
    const questions = await Promise.all(manyNames(200).map((name) => ask(name)));
    // It takes ten queries in ten milliseconds, and refuses the others.
    let handled = 0;
    for (let step = 0; step < 200; step++) {
      const fresh = received.slice(handled);
      handled = received.length;
      for (const [index, { end }] of fresh.entries())
        end(index < 1 ? replyFrom(first) : { ...overloaded, retryAfter: 0 });
      await pass(10);
    }
    const answered = questions.filter(({ answer }) => answer !== undefined && 'reply' in answer.outcome);
    expect(answered.length).toBeGreaterThan(150);
    expect(received.length).toBeLessThan(1000);
  });
});
