import { expect } from 'vitest';
import { makeWorld, type WorldSketch } from './make-world.js';
import { type Played, play } from './play.js';

/** What a run may need at most. Times are in virtual seconds. */
interface Goal {
  readonly queries?: number;
  /** Until the first line, and until the last one. */
  readonly first?: number;
  readonly all?: number;
}

/** Plays a world half of whose names exist, and expects all names that are answered at all to come out, at the cost of the goal. */
export async function expectGoal(sketch: WorldSketch, goal: Goal): Promise<Played> {
  const played = await play(makeWorld({ ...sketch, names: { live: 0.5, ...sketch.names } }));
  const { results, truths, queries, first, time } = played;
  expect(results).toHaveLength(truths.size);
  expect(results.filter(({ name, status }) => status !== statusOf(name, played))).toEqual([]);
  expect(queries).toBeLessThanOrEqual(goal.queries ?? Number.POSITIVE_INFINITY);
  expect(first / 1000).toBeLessThanOrEqual(goal.first ?? Number.POSITIVE_INFINITY);
  expect(time / 1000).toBeLessThanOrEqual(goal.all ?? Number.POSITIVE_INFINITY);
  return played;
}

function statusOf(name: string, { truths }: Played) {
  const truth = truths.get(name);
  return truth === 'silent' || truth === 'failing' ? 'unknown' : truth;
}
