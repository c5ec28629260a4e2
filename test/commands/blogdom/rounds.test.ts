import { describe, expect, it } from 'vitest';
import { roundsOf } from '../../../src/commands/blogdom/rounds.js';
import type { Candidate } from '../../../src/names/candidate.js';
import { systemClock } from '../../../src/util/clock.js';

const candidate = (word: string): Candidate => ({ name: `${word}.dev`, word, tld: 'dev' });

/** Candidates that can be read only once. */
async function* candidates() {
  yield [candidate('a'), candidate('b')];
  yield [candidate('c')];
}

const { signal } = new AbortController();

async function namesOf(round: AsyncIterable<Iterable<Candidate>>): Promise<string[]> {
  const names: string[] = [];
  for await (const batch of round) for (const { name } of batch) names.push(name);
  return names;
}

/** The names of the first rounds, and how long was waited after each, if rounds take so many milliseconds. */
async function watch(interval: number, durations: readonly number[]) {
  let time = Date.UTC(2026, 10, 26);
  const rounds: string[][] = [];
  const waited: number[] = [];
  const nexts: (string | undefined)[] = [];
  const onWait = (until: Date | undefined) => void nexts.push(until?.toISOString());
  const clock = {
    date: () => new Date(time),
    setTimer(milliseconds: number, callback: () => void) {
      waited.push(milliseconds);
      time += milliseconds;
      queueMicrotask(callback);
      return () => {};
    },
  };
  for await (const round of roundsOf(candidates(), interval, onWait, { clock, signal })) {
    rounds.push(await namesOf(round));
    time += durations[rounds.length - 1] ?? 0;
    if (rounds.length > durations.length) break;
  }
  return { rounds, waited, nexts };
}

describe('roundsOf', () => {
  it('yields the candidates once without an interval', async () => {
    const rounds: string[][] = [];
    for await (const round of roundsOf(candidates(), undefined, () => {}, { clock: systemClock, signal })) {
      rounds.push(await namesOf(round));
    }
    expect(rounds).toEqual([['a.dev', 'b.dev', 'c.dev']]);
  });

  it('yields the same candidates again, from start to start', async () => {
    const { rounds, waited, nexts } = await watch(60_000, [1000, 59_000]);
    expect(rounds).toEqual(Array(3).fill(['a.dev', 'b.dev', 'c.dev']));
    expect(waited).toEqual([59_000, 1000]);
    expect(nexts).toEqual(['2026-11-26T00:01:00.000Z', undefined, '2026-11-26T00:02:00.000Z', undefined]);
  });

  it('does not wait after a round that took longer, and at most one interval if the clock was set back', async () => {
    const { waited } = await watch(60_000, [90_000, -3_600_000]);
    expect(waited).toEqual([0, 60_000]);
  });

  it('stops waiting when the signal aborts', async () => {
    const stop = new AbortController();
    const rounds = roundsOf(candidates(), 3_600_000, () => {}, { clock: systemClock, signal: stop.signal });
    await rounds.next();
    const second = rounds.next();
    stop.abort(130);
    await expect(second).rejects.toBe(130);
  });
});
