import { describe, expect, it } from 'vitest';
import { refusalFrom, replyFrom, urlOf } from '../fakes.js';
import { openFakes } from './open-fakes.js';

const [first, second] = [urlOf(1), urlOf(2)];

describe('a resolver', () => {
  it('keeps to its rate at all servers together', async () => {
    const { received, ask, times, pass } = openFakes(2, { rate: 10 });
    for (const number of [1, 2, 1, 2]) ask(`x${number}.dev`, { only: urlOf(number) });
    for (let passed = 0; passed < 400; passed += 10) {
      for (const { url, end } of received) end(replyFrom(url));
      await pass(10);
    }
    expect(times()).toEqual([0, 100, 200, 300]);
  });

  it('says whether its questions wait for a reply or for its rate', async () => {
    const { resolver, received, ask, pass } = openFakes(1, { rate: 10 });
    expect(resolver.waitingFor()).toBeUndefined();
    ask('a.dev');
    await pass();
    expect(resolver.waitingFor()).toBe(`a reply from ${first}`);
    ask('b.dev');
    await pass();
    expect(resolver.waitingFor()).toBe('the next query (--rate 10)');
    received[0]?.end(replyFrom(first));
    await pass(100);
    received[1]?.end(replyFrom(first));
    expect(resolver.waitingFor()).toBeUndefined();
  });

  it('has 64 queries in flight at first, and capacity for 64 more questions', async () => {
    const { resolver, received, askAll, pass } = openFakes(1);
    expect(resolver.capacity()).toBe(64 + 64);
    askAll(100);
    await pass();
    expect(received).toHaveLength(64);
  });

  it('has capacity for one more question in place of each that pauses', async () => {
    const { resolver, received, ask, pass } = openFakes(1);
    ask();
    await pass();
    received[0]?.end(refusalFrom(first));
    await pass(49);
    expect(resolver.capacity()).toBe(64 + 64 + 1);
    await pass(1);
    expect(resolver.capacity()).toBe(64 + 64);
  });

  it('has room for one more question while one that was lost pauses, and says so', async () => {
    const { resolver, upstream, times, freed, ask, pass } = openFakes(1);
    ask();
    await pass(800);
    // The second wait is over, and the third attempt follows after 0.3 times as long.
    expect([resolver.capacity(), upstream(1).inFlight, freed()]).toEqual([64 + 64 + 1, 0, 2]);
    await pass(120);
    expect(resolver.capacity()).toBe(64 + 64);
    expect(times()).toEqual([0, 400, 920]);
  });

  it('has room for one more question while the last attempt for one has the rest of its time', async () => {
    const { resolver, upstream, ask, pass } = openFakes(1, { tries: 1, timeout: 3000 });
    const asked = ask();
    await pass(400);
    expect([resolver.capacity(), upstream(1).inFlight]).toEqual([64 + 64 + 1, 0]);
    await pass(2590);
    expect(asked.answer).toBeUndefined();
    await pass(10);
    expect(asked.answer).toMatchObject({ tries: 1 });
  });

  it('frees the room of all attempts when a question is answered', async () => {
    const { received, upstream, askAll, pass } = openFakes(2);
    askAll(2);
    await pass(400);
    expect([1, 2].map((number) => upstream(number).inFlight)).toEqual([0, 2]);
    for (const { end } of received.slice(0, 2)) end(replyFrom(first));
    await pass();
    expect([1, 2].map((number) => upstream(number).inFlight)).toEqual([0, 0]);
  });

  it('sends a question that waits for room as soon as a reply comes', async () => {
    const { received, askAll, pass } = openFakes(1);
    askAll(65);
    await pass(5);
    received[0]?.end(replyFrom(first));
    await pass();
    expect(received).toHaveLength(65);
  });

  it('reports what happened to the queries to each server', async () => {
    const { resolver, received, ask, pass } = openFakes(2);
    ask();
    await pass(400);
    received[1]?.end(replyFrom(second));
    expect(resolver.records()).toEqual([
      {
        server: first,
        asked: 1,
        answered: 0,
        lost: 1,
        median: undefined,
        lastFailure: `no reply from ${first}`,
      },
      { server: second, asked: 1, answered: 1, lost: 0, median: 0, lastFailure: `no reply from ${second}` },
    ]);
  });

  it('has no timer when all questions are answered', async () => {
    const { received, ask, clock, pass } = openFakes(1);
    ask();
    await pass(5);
    received[0]?.end(replyFrom(first));
    await pass(5);
    expect(clock.pending()).toBe(0);
  });
});

describe('a resolver is drained', () => {
  it('if no question waits to be sent', async () => {
    const { resolver, ask, drained, pass } = openFakes(1);
    expect([resolver.isDrained(), drained()]).toEqual([true, 0]);
    ask();
    expect(resolver.isDrained()).toBe(false);
    await pass();
    expect([resolver.isDrained(), drained()]).toEqual([true, 1]);
  });

  it('although a question pauses before it is sent again', async () => {
    const { resolver, received, ask, pass } = openFakes(1);
    ask();
    await pass();
    received[0]?.end(refusalFrom(first));
    await pass(49);
    expect(resolver.isDrained()).toBe(true);
  });
});
