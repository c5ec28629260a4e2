import { describe, expect, it } from 'vitest';
import { openResolver } from '../../../../src/dns/resolver/resolver.js';
import { failureOf, openFakeRun, refusalFrom, replyFrom, serverAt, urlOf } from '../fakes.js';
import { openFakes } from './open-fakes.js';

const [first, second] = [urlOf(1), urlOf(2)];

describe('a question', () => {
  it('is asked once if a server replies', async () => {
    const { received, ask, pass } = openFakes(2);
    await pass(7);
    const asked = ask();
    await pass(30);
    const outcome = replyFrom(first);
    received[0]?.end(outcome);
    await pass(5000);
    expect(asked.answer).toEqual({ outcome, asked: first, tries: 1, ms: 30, sent: 1, received: 2 });
    expect(received).toHaveLength(1);
  });

  it('is asked again until a reply comes', async () => {
    const { received, ask, times, pass } = openFakes(1);
    const asked = ask();
    await pass(930);
    expect(times()).toEqual([0, 400, 920]);
    received[2]?.end(replyFrom(first));
    await pass();
    expect(asked.answer).toEqual({
      outcome: replyFrom(first),
      asked: first,
      tries: 3,
      ms: 930,
      sent: 3,
      received: 4,
    });
  });

  it.each([
    ['refuses', refusalFrom(first)],
    ['cannot be reached', failureOf(first)],
  ])('goes to the next server at once if one %s', async (_, outcome) => {
    const { received, ask, urls, pass } = openFakes(2);
    ask();
    await pass();
    received[0]?.end(outcome);
    await pass();
    expect(urls()).toEqual([first, second]);
  });

  it('is asked again after a pause at the only server', async () => {
    const { received, ask, times, pass } = openFakes(1);
    ask();
    await pass();
    received[0]?.end(refusalFrom(first));
    await pass(49);
    expect(times()).toEqual([0]);
    await pass(1);
    expect(times()).toEqual([0, 50]);
  });

  it('is answered by a late reply to an earlier attempt, under the URL of its server', async () => {
    const { received, ask, pass } = openFakes(2);
    const asked = ask();
    await pass(400);
    const outcome = replyFrom('tcp://192.0.2.1:53');
    received[0]?.end(outcome);
    await pass();
    expect(asked.answer).toMatchObject({ outcome, asked: first, tries: 2, sent: 1, received: 3 });
    expect(received[1]?.isForgotten).toBe(true);
  });

  it('is not ended by the late failure of an earlier attempt', async () => {
    const { received, ask, pass } = openFakes(2, { tries: 2 });
    const asked = ask();
    await pass(400);
    received[0]?.end(refusalFrom(first));
    await pass();
    expect(asked.answer).toBeUndefined();
    received[1]?.end(replyFrom(second));
    await pass();
    expect(asked.answer).toMatchObject({ outcome: replyFrom(second) });
  });

  it('has one answer if two of its attempts are answered together', async () => {
    const { upstream, ask, endAll, pass } = openFakes(1);
    const asked = ask();
    await pass(400);
    endAll(replyFrom(first));
    await pass();
    expect(asked.answer).toMatchObject({ sent: 1, tries: 2 });
    expect(upstream(1)).toMatchObject({ answered: 1, inFlight: 0 });
  });

  it('accepts late replies to its last six attempts, and forgets earlier attempts', async () => {
    const { received, ask, pass } = openFakes(7);
    const asked = ask();
    while (received.length < 7) await pass(10);
    expect(received.map(({ isForgotten }) => isForgotten)).toEqual([
      true,
      ...new Array<boolean>(6).fill(false),
    ]);
    received[1]?.end(replyFrom(second));
    await pass();
    expect(asked.answer).toMatchObject({ outcome: replyFrom(second), tries: 7 });
    expect(received.every(({ isForgotten }, index) => isForgotten === (index !== 1))).toBe(true);
  });

  it('counts an earlier attempt that is forgotten once, even if it did not count as lost', async () => {
    const { received, upstream, ask, pass } = openFakes(8, { tries: 8 });
    ask();
    await pass(400);
    // The question goes on at the first server, though the second one has all of its time left.
    received[0]?.end({ failure: 'truncated reply', server: first, hasReplied: true, isTruncated: true });
    while (received.length < 9) await pass(10);
    received[8]?.end(replyFrom(urlOf(8)));
    await pass();
    expect(upstream(2).inFlight).toBe(0);
  });

  it('counts an earlier attempt that has failed once, even if nobody would listen to it any more', async () => {
    const { received, upstream, ask, pass } = openFakes(7);
    ask();
    await pass();
    received[0]?.end(refusalFrom(first));
    while (received.length < 7) await pass(10);
    expect([upstream(1).inFlight, received[0]?.isForgotten]).toEqual([0, false]);
  });

  it('is asked again without a log', async () => {
    const { run, received, pass } = openFakeRun();
    const resolver = openResolver({ upstreams: run, servers: [serverAt(1), serverAt(2)], tries: 7 });
    void resolver.ask({ name: 'x.dev', type: 'A' });
    await pass();
    received[0]?.end(refusalFrom(first));
    await pass();
    expect(received.map(({ url }) => url)).toEqual([first, second]);
  });

  it('is logged when it is asked again, with the reason', async () => {
    const { received, ask, messages, pass } = openFakes(2, { tries: 3 });
    ask();
    await pass();
    expect(messages).toEqual([]);
    received[0]?.end(refusalFrom(first));
    await pass(1000);
    expect(messages).toEqual([
      `x.dev A: REFUSED from ${first}; attempt 2: ${second}`,
      `x.dev A: no reply from ${second}; attempt 3: ${second}`,
    ]);
  });
});

describe('a question with a policy', () => {
  it('that allows one try is asked once', async () => {
    const { received, ask, pass } = openFakes(2);
    const asked = ask('x.dev', { tries: 1 });
    await pass();
    received[0]?.end(refusalFrom(first));
    await pass();
    expect(asked.answer).toMatchObject({ outcome: { rcode: 'REFUSED' }, tries: 1 });
  });

  it('that prefers a server goes there first, and to another if that one refuses', async () => {
    const { received, ask, urls, pass } = openFakes(2);
    ask('x.dev', { first: second });
    await pass();
    received[0]?.end(refusalFrom(second));
    await pass();
    expect(urls()).toEqual([second, first]);
  });
});
