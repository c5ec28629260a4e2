import { describe, expect, it } from 'vitest';
import { runComparison } from '../../../../src/dns/transport/choice/comparison-run.js';
import type { ComparisonStep, Contender } from '../../../../src/dns/transport/choice/comparison-steps.js';
import { createManualClock } from '../../../helpers/manual-clock.js';

const udp: ComparisonStep = { over: 'udp', untimed: 2, timed: 10 };
const tcp: ComparisonStep = { over: 'tcp', untimed: 2, timed: 10 };

/** Runs a comparison that ends with TCP, and records the results of its steps. */
function start(...script: readonly ComparisonStep[]) {
  const results: number[] = [];
  function* tell(): Generator<ComparisonStep, Contender, number> {
    for (const step of script) results.push(yield step);
    return 'tcp';
  }
  const clock = createManualClock();
  const comparison = runComparison(tell(), clock);
  /** Counts replies, each of which takes a number of milliseconds. */
  const reply = (over: Contender, count: number, timePerReply = 1) => {
    for (let index = 0; index < count; index++) {
      clock.pass(timePerReply);
      comparison.countReply(over);
    }
  };
  const lose = (count: number) => {
    for (let index = 0; index < count; index++) comparison.countLoss();
  };
  return { clock, comparison, results, reply, lose };
}

describe('the steps of a comparison', () => {
  it('each send over its transport until it has its replies, and the last decision holds', () => {
    const { comparison, reply } = start(udp, tcp, udp);
    const used = Array.from({ length: 4 * 12 }, () => {
      const current = comparison.current();
      reply(current, 1);
      return current;
    });
    const step = (over: Contender) => new Array<Contender>(12).fill(over);
    expect(used).toEqual([...step('udp'), ...step('tcp'), ...step('udp'), ...step('tcp')]);
  });

  it('tell the time that each reply took, without those that are not timed', () => {
    const { results, reply } = start(udp, tcp);
    reply('udp', 2, 100);
    reply('udp', 10, 3);
    reply('tcp', 2, 100);
    reply('tcp', 10, 5);
    expect(results).toEqual([3, 5]);
  });

  it('may all be timed', () => {
    const { results, reply } = start(udp, { over: 'udp', untimed: 0, timed: 4 });
    reply('udp', 12, 1);
    reply('udp', 4, 3);
    expect(results).toEqual([1, 3]);
  });

  it('do not count replies over the other transport', () => {
    const { results, reply } = start(udp);
    reply('tcp', 20, 0);
    reply('udp', 11);
    expect(results).toEqual([]);
    reply('udp', 1);
    expect(results).toHaveLength(1);
  });

  it('tell when the present one began', () => {
    const { comparison, reply } = start(udp, tcp);
    expect(comparison.startedAt()).toBe(0);
    reply('udp', 12, 5);
    reply('tcp', 3, 5);
    expect(comparison.startedAt()).toBe(60);
  });

  it('are of no use over UDP if more than a tenth of the queries is lost', () => {
    const { results, reply, lose } = start(udp, udp, udp);
    for (const losses of [1, 2, 1]) {
      lose(losses);
      reply('udp', 12);
    }
    expect(results).toEqual([1, Number.POSITIVE_INFINITY, 1]);
  });

  it('are of use over TCP, however much is lost', () => {
    const { results, reply, lose } = start(tcp);
    lose(100);
    reply('tcp', 12);
    expect(results).toEqual([1]);
  });

  it('are of no use if the replies that are not timed take too long', () => {
    const { clock, results, comparison, reply } = start({ ...tcp, limit: 1000 }, udp);
    reply('tcp', 1);
    clock.pass(998);
    expect(results).toEqual([]);
    clock.pass(1);
    expect([results, comparison.current()]).toEqual([[Number.POSITIVE_INFINITY], 'udp']);
  });

  it('may take as long as they like once the replies are timed', () => {
    const { clock, results, reply } = start({ ...tcp, limit: 1000 });
    reply('tcp', 2);
    clock.pass(10_000);
    expect(results).toEqual([]);
    reply('tcp', 10, 0);
    expect(results).toEqual([1000]);
  });

  it('can be ended, and then nothing is sent over TCP any longer', () => {
    const { clock, comparison, results, reply } = start({ ...tcp, limit: 1000 });
    comparison.end();
    expect(clock.timers()).toBe(0);
    reply('udp', 20);
    reply('tcp', 20);
    expect([comparison.current(), results]).toEqual(['udp', []]);
  });

  it('leave no timer behind when they are closed', () => {
    const { clock, comparison } = start({ ...tcp, limit: 1000 });
    expect(clock.timers()).toBe(1);
    comparison.close();
    expect(clock.timers()).toBe(0);
  });
});
