import { describe, expect, it } from 'vitest';
import { failureOf, permanentFailureOf, replyFrom, urlOf } from '../fakes.js';
import { openFakes } from './open-fakes.js';

const [first, second] = [urlOf(1), urlOf(2)];
const issuer = ({ server }: { readonly server: string }) => `certificate from an unknown issuer at ${server}`;

describe('a question without a reply', () => {
  it('waits for the reply to its last attempt for the whole time-out', async () => {
    const { ask, pass } = openFakes(1, { tries: 1, timeout: 2000 });
    const asked = ask();
    await pass(1990);
    expect(asked.answer).toBeUndefined();
    await pass(10);
    expect(asked.answer).toEqual({
      outcome: { failure: `no reply from ${first} in one try`, server: first, silentSince: 1 },
      asked: first,
      tries: 1,
      ms: 2000,
      sent: 1,
      received: 2,
    });
  });

  it('fails after the given number of attempts at all servers together', async () => {
    const { ask, urls, pass } = openFakes(2, { tries: 3 });
    const asked = ask();
    await pass(10_000);
    expect(asked.answer).toMatchObject({
      outcome: { failure: `no reply from ${first} in 2 tries; no reply from ${second} in one try` },
      asked: first,
      tries: 3,
    });
    expect(urls()).toEqual([first, second, first]);
  });

  it('fails at once if its last attempt fails', async () => {
    const { received, ask, pass } = openFakes(2, { tries: 2 });
    const asked = ask();
    await pass();
    received[0]?.end(replyFrom(first, { rcode: 'SERVFAIL', addresses: [] }));
    await pass(20);
    received[1]?.end(failureOf(second));
    await pass();
    expect(asked.answer).toMatchObject({
      outcome: { failure: `SERVFAIL from ${first}; ${failureOf(second).failure}`, rcode: 'SERVFAIL' },
      asked: second,
      tries: 2,
      ms: 20,
    });
  });

  it('fails at once if every server has failed permanently', async () => {
    const { received, ask, pass } = openFakes(2);
    const asked = ask();
    await pass();
    received[0]?.end(permanentFailureOf(first));
    await pass();
    received[1]?.end(permanentFailureOf(second));
    await pass();
    expect(asked.answer).toMatchObject({
      outcome: { failure: `${issuer({ server: first })}; ${issuer({ server: second })}` },
      tries: 2,
    });
  });

  it('fails if a late permanent failure leaves no server to wait for', async () => {
    const { received, ask, askAll, pass } = openFakes(2);
    const asked = ask();
    await pass(400);
    askAll(64, { only: first });
    await pass();
    received[1]?.end(permanentFailureOf(second));
    await pass();
    // It waits for room at the first server, which then fails after all.
    expect(asked.answer).toBeUndefined();
    received[0]?.end(permanentFailureOf(first));
    await pass();
    expect(asked.answer).toMatchObject({
      outcome: { failure: `${issuer({ server: first })}; ${issuer({ server: second })}` },
      tries: 2,
    });
  });

  it('fails at its only server, though another one works', async () => {
    const { received, ask, urls, pass } = openFakes(2);
    const asked = ask('x.dev', { only: second });
    await pass();
    received[0]?.end(permanentFailureOf(second));
    await pass();
    expect(asked.answer).toMatchObject({
      outcome: permanentFailureOf(second).failure && { server: second },
      tries: 1,
    });
    expect(urls()).toEqual([second]);
  });

  it('that no server is left for fails without having been asked', async () => {
    const { ask, pass } = openFakes(1);
    const asked = ask('x.dev', { avoid: new Set([first]) });
    await pass();
    expect(asked.answer).toEqual({
      outcome: { failure: `no reply from ${first}`, server: first },
      asked: first,
      tries: 0,
      ms: 0,
      sent: 1,
      received: 2,
    });
  });
});

describe('a question that was never asked', () => {
  it('is not given up as long as its server answers, however long it waits', async () => {
    const { received, ask, wayTo, times, pass } = openFakes(1);
    const early = ask('early.dev');
    await pass();
    received[0]?.end(replyFrom(first));
    wayTo(first).room = 0;
    const late = ask('late.dev');
    await pass(60_000);
    expect([early.answer?.tries, late.answer]).toEqual([1, undefined]);
    wayTo(first).room = 1;
    await pass(10);
    expect(times()).toEqual([0, 60_010]);
  });
});
