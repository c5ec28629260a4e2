import { describe, expect, it, vi } from 'vitest';
import { manyNames } from '../../../helpers/resolving.js';
import { endOfTurn } from '../upstreams.js';
import {
  first,
  openFakes,
  pass,
  permanentFailureOf,
  refusalFrom,
  replyFrom,
  second,
} from './fake-servers.js';

/** The time-out of a first query to a server that never replied, in milliseconds. */
const firstTimeout = 400;

describe('a question', () => {
  it('is asked once if a server replies', async () => {
    const { received, ask } = openFakes(2);
    const asked = await ask('x.dev');
    const outcome = replyFrom(first);
    received[0]?.end(outcome);
    await pass(5000);
    expect(asked.answer).toEqual({ outcome, asked: first, tries: 1, ms: 0, sentAt: 1000 });
    expect(received).toHaveLength(1);
  });

  it('is asked again until a reply comes', async () => {
    const { received, ask } = openFakes(1);
    const asked = await ask();
    await pass(firstTimeout);
    expect(received).toHaveLength(2);
    await pass(520);
    expect(received).toHaveLength(3);
    received[2]?.end(replyFrom(first));
    await endOfTurn();
    expect(asked.answer).toMatchObject({ outcome: replyFrom(first), tries: 3, ms: 920 });
  });

  it('goes to the next server at once if one refuses', async () => {
    const { received, ask, askedServers } = openFakes(2);
    await ask();
    received[0]?.end(refusalFrom(first));
    await endOfTurn();
    expect(askedServers()).toEqual([first, second]);
  });

  it('goes to the next server at once if a transport fails', async () => {
    const { received, ask, askedServers } = openFakes(2);
    await ask();
    received[0]?.end({ failure: 'no way', server: first });
    await endOfTurn();
    expect(askedServers()).toEqual([first, second]);
  });

  it('is answered by a late reply to an earlier attempt, under the URL of its server', async () => {
    const { received, ask, unanswered } = openFakes(2);
    const asked = await ask();
    await pass(firstTimeout);
    expect(received).toHaveLength(2);
    const outcome = replyFrom('tcp://192.0.2.1:53');
    received[0]?.end(outcome);
    await endOfTurn();
    expect(asked.answer).toMatchObject({ outcome, asked: first, tries: 2 });
    expect(unanswered.size).toBe(0);
  });

  it('is not ended by the late failure of an earlier attempt', async () => {
    const { received, ask } = openFakes(2, { tries: 2 });
    const asked = await ask();
    await pass(firstTimeout);
    received[0]?.end(refusalFrom(first));
    await endOfTurn();
    expect(asked.answer).toBeUndefined();
    received[1]?.end(replyFrom(second));
    await endOfTurn();
    expect(asked.answer).toMatchObject({ outcome: replyFrom(second) });
  });

  it('fails if a late permanent failure leaves no server to wait for', async () => {
    const { received, ask } = openFakes(2);
    const asked = await ask('x.dev');
    await pass(firstTimeout);
    for (const name of manyNames(64)) await ask(name, { only: first });
    received[1]?.end(permanentFailureOf(second));
    await endOfTurn();
    // It waits for room at the first server, which then fails after all.
    expect(asked.answer).toBeUndefined();
    received[0]?.end(permanentFailureOf(first));
    await endOfTurn();
    expect(asked.answer).toMatchObject({
      outcome: { failure: expect.stringContaining(`issuer at ${first}; certificate`) },
      tries: 2,
    });
  });

  it('is not asked again because the process was paused: its reply may be waiting to be read', async () => {
    const { received, ask } = openFakes(1);
    await ask();
    vi.setSystemTime(Date.now() + 5000);
    await pass(10);
    expect(received).toHaveLength(1);
    await pass(10);
    expect(received).toHaveLength(2);
  });

  it('has one answer if two of its attempts fail together', async () => {
    const { received, ask, failAll } = openFakes(1, { tries: 2 });
    const asked = await ask();
    await pass(firstTimeout);
    expect(received).toHaveLength(2);
    failAll({ failure: 'no way', server: first });
    await endOfTurn();
    expect(asked.answer).toMatchObject({ outcome: { failure: 'no way' }, tries: 2 });
  });

  it('accepts late replies to its last six attempts, and forgets earlier attempts', async () => {
    const { received, ask } = openFakes(1);
    const asked = await ask();
    while (received.length < 7) await pass(10);
    received[0]?.end(replyFrom(first));
    await endOfTurn();
    expect(asked.answer).toBeUndefined();
    received[1]?.end(replyFrom(first));
    await endOfTurn();
    expect(asked.answer).toMatchObject({ outcome: replyFrom(first), tries: 7 });
  });
});

describe('a question without a reply', () => {
  it('waits for the reply to its last attempt for the whole time-out', async () => {
    const { ask } = openFakes(1, { tries: 1, timeout: 3000 });
    const asked = await ask();
    await pass(2990);
    expect(asked.answer).toBeUndefined();
    await pass(10);
    expect(asked.answer?.outcome).toEqual({ failure: `no reply from ${first} in one try`, server: first });
  });

  it('fails after the given number of attempts at all servers together', async () => {
    const { ask, askedServers } = openFakes(2, { tries: 3 });
    const asked = await ask();
    await pass(10_000);
    expect(asked.answer).toMatchObject({
      outcome: { failure: `no reply from ${first} in 2 tries; no reply from ${second} in one try` },
      asked: first,
      tries: 3,
    });
    expect(askedServers()).toEqual([first, second, first]);
  });

  it('fails at once if every server has failed permanently', async () => {
    const { received, ask } = openFakes(2);
    const asked = await ask();
    received[0]?.end(permanentFailureOf(first));
    await endOfTurn();
    received[1]?.end(permanentFailureOf(second));
    await endOfTurn();
    expect(asked.answer).toMatchObject({
      outcome: { failure: expect.stringContaining(`issuer at ${first}; certificate`) },
      asked: second,
      tries: 2,
    });
  });

  it('fails even if it is one of more than there is room for', async () => {
    const { ask } = openFakes(1, { tries: 2 });
    const questions = await Promise.all(manyNames(100).map((name) => ask(name)));
    await pass(10_000);
    for (const { answer } of questions) expect(answer).toHaveProperty('outcome.failure');
  });

  it('is logged when it is asked again, with the reason', async () => {
    const messages: string[] = [];
    const { received, ask } = openFakes(2, { tries: 3, log: (message) => messages.push(message) });
    await ask();
    received[0]?.end(refusalFrom(first));
    await pass(1000);
    expect(messages).toEqual([
      `x.dev A: REFUSED from ${first}; try 2 of 3: ${second}`,
      `x.dev A: no reply from ${second}; try 3 of 3: ${first}`,
    ]);
  });
});

describe('a new question', () => {
  it('does not go to a server that has not replied if another one has', async () => {
    const { received, ask, askedServers } = openFakes(2);
    await ask('early.dev');
    await pass(firstTimeout);
    received[1]?.end(replyFrom(second));
    await ask('late.dev');
    expect(askedServers()).toEqual([first, second, second]);
  });
});
