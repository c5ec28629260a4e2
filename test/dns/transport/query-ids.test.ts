import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Outcome } from '../../../src/dns/transport/transport.js';
import type { Question } from '../../../src/dns/wire/query.js';
import { replyTo } from '../wire/messages.js';
import { type Asking, openAsking } from './asking.js';

const question: Question = { name: 'is.dev', type: 'A' };
const allIds = 0x10000;
const ignore = () => {};

/** Draws of random numbers; with so many no free id is missed, and a search that is not over never ends. */
const draws = vi.hoisted(() => ({
  count: 0,
  most: 100_000,
  endless: new Error('still looking for a free id'),
}));

vi.mock(import('node:crypto'), async (original) => {
  const crypto = await original();
  const randomFillSync = <Filled extends NodeJS.ArrayBufferView>(buffer: Filled): Filled => {
    if (++draws.count > draws.most) throw draws.endless;
    return crypto.randomFillSync(buffer);
  };
  return { ...crypto, randomFillSync };
});

beforeEach(() => {
  draws.count = 0;
});

const openAll = (exchanges: Asking) => Array.from({ length: allIds }, () => exchanges.ask(question, ignore));

describe('the ids of what is open', () => {
  test('are all different', () => {
    const ids = openAll(openAsking('')).map(({ query }) => query.readUInt16BE(0));
    expect(new Set(ids).size).toBe(allIds);
  });

  test('are not in a row', () => {
    const exchanges = openAsking('');
    const ids = Array.from({ length: 1000 }, () => exchanges.ask(question, ignore).query.readUInt16BE(0));
    const steps = new Set(ids.slice(1).map((id, index) => id - (ids[index] ?? 0)));
    expect(steps.size).toBeGreaterThan(900);
  });

  test('are free again once settled or forgotten', () => {
    const exchanges = openAsking('');
    const [first, second] = openAll(exchanges);
    if (first) exchanges.forget(first.asked);
    expect(exchanges.ask(question, ignore).query).toEqual(first?.query);
    exchanges.receive(replyTo(second?.query ?? Buffer.alloc(0)));
    expect(exchanges.ask(question, ignore).query).toEqual(second?.query);
  });
});

test('forgetting what has been settled leaves alone what has its id now', () => {
  const exchanges = openAsking('');
  const [settled] = openAll(exchanges);
  exchanges.receive(replyTo(settled?.query ?? Buffer.alloc(0)));
  const settle = vi.fn<(outcome: Outcome) => void>();
  const { query } = exchanges.ask(question, settle);
  expect(query).toEqual(settled?.query);
  if (settled) exchanges.forget(settled.asked);
  exchanges.receive(replyTo(query));
  expect(settle).toHaveBeenCalledOnce();
});

test('with all ids taken, does not look for a free one for ever', () => {
  const exchanges = openAsking('');
  openAll(exchanges);
  draws.most = draws.count + 1000;
  let thrown: unknown;
  try {
    exchanges.ask(question, ignore);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).not.toBe(draws.endless);
});
