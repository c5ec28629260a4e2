import { describe, expect, it } from 'vitest';
import { compare } from '../../../../src/dns/transport/choice/comparison-steps.js';

const first = { over: 'udp', untimed: 400, timed: 600 };
const overUdp = { over: 'udp', untimed: 500, timed: 1000 };
/** UDP takes 0.5 ms for each reply in the first step. */
const limit = 4 * 0.5 * 4000 + 1000;
const overTcp = { over: 'tcp', untimed: 4000, timed: 8000, limit };
const overTcpAgain = { over: 'tcp', untimed: 500, timed: 1000, limit };
const useless = Number.POSITIVE_INFINITY;

/** Runs a comparison with the results of its steps, and returns the steps and, if there is one, the decision. */
function play(...results: readonly number[]) {
  const comparison = compare();
  return [comparison.next(), ...results.map((result) => comparison.next(result))].map(({ value }) => value);
}

describe('the comparison of UDP and TCP', () => {
  it('goes over UDP, over TCP and over UDP again, and then over the faster one until the next time', () => {
    expect(play(0.5, 0.2, 0.3)).toEqual([
      first,
      overTcp,
      overUdp,
      { over: 'tcp', untimed: 50_000, timed: 0 },
    ]);
  });

  it.each([
    ['tcp', 1, 2],
    ['udp', 2, 1],
    ['tcp', 1, 1],
  ])('keeps %s if a reply takes %i ms over TCP and %i ms over UDP', (over, tcp, udp) => {
    expect(play(0.5, tcp, udp).at(-1)).toMatchObject({ over });
  });

  it('is made again after many replies, each time after four times as many as before', () => {
    const steps = play(0.5, 2, 1, 0, 1, 2, 0, 2, 1);
    expect(steps.slice(4)).toEqual([
      overTcpAgain,
      overUdp,
      { over: 'tcp', untimed: 200_000, timed: 0 },
      overTcpAgain,
      overUdp,
      { over: 'udp', untimed: 800_000, timed: 0 },
    ]);
  });

  it('keeps TCP without another step over UDP if it takes at most half the time that UDP took', () => {
    expect(play(0.5, 2, 1, 0, 0.51).at(-1)).toEqual(overUdp);
    expect(play(0.5, 2, 1, 0, 0.5).at(-1)).toEqual({ over: 'tcp', untimed: 200_000, timed: 0 });
  });

  it('ends with UDP if TCP is of no use, be it in a later comparison', () => {
    expect(play(0.5, useless).at(-1)).toBe('udp');
    expect(play(0.5, 1, 2, 0, useless).at(-1)).toBe('udp');
  });

  it('ends with UDP if 4 steps over UDP in a row lose too much', () => {
    expect(play(useless, useless, useless)).toEqual([first, first, first, first]);
    expect(play(useless, useless, useless, useless).at(-1)).toBe('udp');
  });

  it('goes on if only the first steps over UDP lose too much', () => {
    expect(play(useless, useless, useless, 0.5).at(-1)).toEqual(overTcp);
  });

  it('keeps TCP if the second step over UDP loses too much', () => {
    expect(play(0.5, 100, useless).at(-1)).toMatchObject({ over: 'tcp' });
  });
});
