import type { Attempt } from '../question.js';
import type { RoundTripTime } from '../round-trip-time.js';
import type { Upstream } from '../upstream.js';
import { selectAmongFew } from './few.js';
import { selectAmongMany } from './many.js';
import type { Selector } from './selector.js';

export type { Selector } from './selector.js';

/** The most upstreams that count as few. */
const fewUpstreams = 16;

/** Whether a number of upstreams counts as many, so that they are asked in turn. */
export const areMany = (count: number): boolean => count > fewUpstreams;

/**
 * Creates the selector for a resolver's upstreams, once for all of its questions.
 *
 * @param silenceLimit milliseconds of silence after which an upstream that has never answered is given up.
 * @param shared the round trips to all upstreams, if there are many.
 */
export const createSelector = (
  upstreams: readonly Upstream<Attempt>[],
  silenceLimit: number,
  shared: RoundTripTime | undefined,
): Selector =>
  shared ? selectAmongMany(upstreams, silenceLimit, shared) : selectAmongFew(upstreams, silenceLimit);
