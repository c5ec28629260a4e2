import { describe, expect, it } from 'vitest';
import { refusalFrom, replyFrom, urlOf } from '../fakes.js';
import { openFakes } from './open-fakes.js';

const first = urlOf(1);

describe('a closed resolver', () => {
  it('asks nothing again, and has no timer', async () => {
    const { resolver, received, ask, clock, pass } = openFakes(1);
    const asked = ask();
    await pass();
    resolver.close();
    expect(clock.pending()).toBe(0);
    await pass(10_000);
    expect([received.length, asked.answer]).toEqual([1, undefined]);
  });

  it('does not send questions that waited', async () => {
    const { resolver, received, ask, pass } = openFakes(1);
    ask();
    resolver.close();
    expect([resolver.isDrained(), resolver.waitingFor()]).toEqual([true, undefined]);
    await pass(10_000);
    expect(received).toEqual([]);
  });

  it('does not send questions that paused', async () => {
    const { resolver, received, ask, pass } = openFakes(1);
    ask();
    await pass();
    received[0]?.end(refusalFrom(first));
    resolver.close();
    expect(resolver.isDrained()).toBe(true);
    await pass(10_000);
    expect(received).toHaveLength(1);
  });

  it('answers no question, whatever comes', async () => {
    const { resolver, received, ask, pass } = openFakes(1);
    const asked = ask();
    await pass();
    resolver.close();
    received[0]?.end(replyFrom(first));
    await pass();
    expect(asked.answer).toBeUndefined();
  });

  it('takes no question any more', async () => {
    const { resolver, received, ask, clock, pass } = openFakes(1);
    resolver.close();
    const asked = ask();
    expect([clock.pending(), resolver.waitingFor()]).toEqual([0, undefined]);
    await pass(10_000);
    expect([received, asked.answer]).toEqual([[], undefined]);
  });

  it('sends no heartbeat', async () => {
    const { resolver, received, askAll, clock, pass } = openFakes(1);
    askAll(3);
    await pass(400);
    expect(received.at(-1)?.name).toBe('');
    resolver.close();
    expect(clock.pending()).toBe(0);
  });
});
