import { describe, expect, it } from 'vitest';
import { refusalFrom, replyFrom, urlOf } from '../fakes.js';
import { openFakes } from './open-fakes.js';

const first = urlOf(1);

describe('a reply is not overdue', () => {
  it('because the process was busy: it may wait to be read', async () => {
    const { ask, times, jump, pass } = openFakes(1);
    ask();
    await pass();
    jump(5000);
    await pass(10);
    expect(times()).toEqual([0]);
    await pass(10);
    expect(times()).toEqual([0, 20]);
  });

  it('if round trips have become longer since the query was sent', async () => {
    const { received, askAll, times, pass } = openFakes(1);
    askAll(2);
    await pass(370);
    received[0]?.end(replyFrom(first));
    await pass(620);
    expect(times()).toEqual([0, 0]);
    await pass(10);
    expect(times()).toEqual([0, 0, 1000]);
  });

  it('as long as replies to queries that were sent before are still coming in', async () => {
    const { received, ask, times, pass } = openFakes(1);
    for (let warm = 0; warm < 10; warm++) {
      ask();
      await pass(1);
      received.at(-1)?.end(replyFrom(first));
      await pass(9);
    }
    // Replies are expected within 40 ms now.
    ask('a.dev');
    ask('b.dev');
    await pass(39);
    received.at(-2)?.end(replyFrom(first));
    await pass(60);
    expect(times().slice(10)).toEqual([100, 100, 160]);
  });
});

describe('the late failure of an earlier attempt', () => {
  it('lets the present attempt go on', async () => {
    const { received, ask, times, pass } = openFakes(1);
    ask();
    await pass(400);
    received[0]?.end(refusalFrom(first));
    await pass(300);
    expect(times()).toEqual([0, 400]);
  });
});

describe('a reply is overdue', () => {
  it('at one of many servers that has not replied after twice the time in which the others reply', async () => {
    const { received, ask, times, pass } = openFakes(17);
    await pass(50);
    ask('a.dev', { only: first });
    await pass(100);
    received[0]?.end(replyFrom(first));
    ask('b.dev', { only: urlOf(2) });
    await pass(700);
    expect(times()).toEqual([50, 150, 750]);
  });

  it('once for an attempt: it counts as one loss', async () => {
    const { ask, upstream, pass } = openFakes(1, { tries: 1 });
    ask();
    await pass(390);
    expect(upstream(1)).toMatchObject({ lost: 0, inFlight: 1 });
    await pass(10);
    expect(upstream(1)).toMatchObject({ lost: 1, inFlight: 0 });
    await pass(10_000);
    expect(upstream(1)).toMatchObject({ lost: 1, inFlight: 0 });
  });
});
