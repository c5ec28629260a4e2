import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attempt, Route } from '../../../src/dns/resolver/attempt.js';
import { createChooser, nextUpstream } from '../../../src/dns/resolver/next-upstream.js';
import type { Upstream } from '../../../src/dns/resolver/upstream.js';
import {
  attemptAt,
  fakeUpstream,
  fill,
  pendingQuestion,
  sentTo,
  unreachable,
  untrusted,
} from './upstreams.js';

const first = fakeUpstream('192.0.2.1');
const second = fakeUpstream('192.0.2.2');
const third = fakeUpstream('192.0.2.3');
const upstreams = [first, second, third];

/** Creates upstreams with these numbers of consecutive failures. */
const failing = (...counts: readonly number[]) =>
  counts.map((consecutiveFailures, index) => fakeUpstream(`192.0.2.${index + 1}`, { consecutiveFailures }));

describe('nextUpstream', () => {
  it('is the first one for a question that was not asked yet', () => {
    expect(nextUpstream(upstreams, [])).toBe(first);
  });

  it('is the one that was asked least often', () => {
    expect(nextUpstream(upstreams, [attemptAt(first)])).toBe(second);
    expect(nextUpstream(upstreams, [attemptAt(first), attemptAt(second)])).toBe(third);
    expect(
      nextUpstream(
        upstreams,
        upstreams.map((upstream) => attemptAt(upstream)),
      ),
    ).toBe(first);
    const attempts = [attemptAt(third), attemptAt(second), attemptAt(third), attemptAt(first)];
    expect(nextUpstream(upstreams, attempts)).toBe(first);
  });

  it('is the one with the fewest consecutive failures of those asked equally often', () => {
    const list = failing(2, 1, 1);
    expect(nextUpstream(list, [])).toBe(list[1]);
  });

  it('is the one that was asked least often, even after millions of consecutive failures', () => {
    const silent = fakeUpstream('192.0.2.2', { consecutiveFailures: 2_000_000 });
    expect(nextUpstream([first, silent], [attemptAt(first)])).toBe(silent);
  });

  it('is not one that has failed permanently for this question', () => {
    const attempts = [attemptAt(first, untrusted(first)), attemptAt(second), attemptAt(third)];
    expect(nextUpstream(upstreams, attempts)).toBe(second);
  });

  it('is one that has failed for this question only if all others were asked as often', () => {
    const attempts = [attemptAt(first, unreachable(first))];
    expect(nextUpstream([first, second], attempts)).toBe(second);
    expect(nextUpstream([first, second], [...attempts, attemptAt(second, unreachable(second))])).toBe(first);
  });

  it('is not one that the route avoids', () => {
    const avoid = new Set([first.server.url]);
    expect(nextUpstream(upstreams, [], { avoid })).toBe(second);
    expect(nextUpstream([first], [], { avoid })).toBeUndefined();
  });

  it('is none if all have failed permanently for this question, or if there are none', () => {
    expect(nextUpstream([first], [attemptAt(first), attemptAt(first, untrusted(first))])).toBeUndefined();
    expect(nextUpstream([], [])).toBeUndefined();
  });

  it('is one of the eligible ones', () => {
    expect(nextUpstream(upstreams, [], {}, (upstream) => upstream === third)).toBe(third);
    expect(nextUpstream(upstreams, [], {}, () => false)).toBeUndefined();
  });
});

describe('nextUpstream on a route to one server only', () => {
  const only = second.server.url;

  it('is that server, however often it was asked or has failed', () => {
    const list = failing(0, 9);
    expect(nextUpstream(list, [], { only })).toBe(list[1]);
    expect(nextUpstream(upstreams, [attemptAt(second), attemptAt(second)], { only })).toBe(second);
  });

  it('is none if that server has failed permanently for this question, or does not exist', () => {
    expect(nextUpstream(upstreams, [attemptAt(second, untrusted(second))], { only })).toBeUndefined();
    expect(nextUpstream([first, third], [], { only })).toBeUndefined();
  });
});

describe('nextUpstream on a route to one server first', () => {
  const route = { first: third.server.url };

  it('is that server, however many consecutive failures it has', () => {
    expect(nextUpstream(upstreams, [], route)).toBe(third);
    const list = failing(0, 0, 200_000);
    expect(nextUpstream(list, [], route)).toBe(list[2]);
  });

  it('is every other server before that one again', () => {
    expect(nextUpstream(upstreams, [attemptAt(third)], route)).toBe(first);
    expect(nextUpstream(upstreams, [attemptAt(third), attemptAt(first)], route)).toBe(second);
    expect(
      nextUpstream(
        upstreams,
        upstreams.map((upstream) => attemptAt(upstream)),
        route,
      ),
    ).toBe(third);
  });

  it('is another one if that server has failed permanently for this question, or does not exist', () => {
    expect(nextUpstream(upstreams, [attemptAt(third, untrusted(third))], route)).toBe(first);
    expect(nextUpstream([first, second], [], route)).toBe(first);
  });
});

/** Generates upstreams in any state, earlier attempts and a route. */
const anyChoice = fc
  .array(fc.record({ consecutiveFailures: fc.nat(3) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((states) => states.map((state, index) => fakeUpstream(`192.0.2.${index}`, state)))
  .chain((list) => {
    const url = fc.constantFrom(...list.map(({ server }) => server.url), 'udp://198.51.100.1:53');
    return fc.record({
      list: fc.constant(list),
      attempts: fc.array(
        fc
          .tuple(fc.constantFrom(...list), fc.boolean())
          .map(([upstream, hasFailed]) => attemptAt(upstream, hasFailed ? untrusted(upstream) : undefined)),
        { maxLength: 7 },
      ),
      route: fc.oneof(
        fc.constant({}),
        url.map((only) => ({ only })),
        url.map((first) => ({ first })),
        fc.tuple(url, url).map(([first, other]) => ({ first, avoid: new Set([other]) })),
      ),
    });
  });

describe('nextUpstream with generated upstreams, attempts and routes', () => {
  it('is the best by one rule after the other, and leaves the list as it is', () => {
    fc.assert(
      fc.property(anyChoice, ({ list, attempts, route }) => {
        const { only, first, avoid }: Route = route;
        const attemptsAt = (upstream: Upstream) => attempts.filter((each) => each.upstream === upstream);
        const allowed = list.filter(({ server }) =>
          only ? server.url === only : avoid?.has(server.url) !== true,
        );
        const [best] = allowed
          .filter((upstream) => attemptsAt(upstream).every(({ outcome }) => outcome === undefined))
          .toSorted(
            (a, b) =>
              attemptsAt(a).length - attemptsAt(b).length ||
              Number(b.server.url === first) - Number(a.server.url === first) ||
              a.consecutiveFailures - b.consecutiveFailures,
          );
        const before = [...list];
        expect(nextUpstream(list, attempts, route)).toBe(best);
        expect(list).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });
});

describe('createChooser', () => {
  const silent = () => fakeUpstream('192.0.2.1', { consecutiveFailures: 1 });
  const sound = () => fakeUpstream('192.0.2.2');
  const full = () => fill(fakeUpstream('192.0.2.3'));

  /** Chooses the upstream for a new question, by default on no special route. */
  const choose = (list: readonly Upstream<Attempt>[], route?: Route) =>
    createChooser(list, 0)(pendingQuestion('x.dev', route));

  it('finds none if no upstream has room', () => {
    expect(choose([full()])).toBeUndefined();
  });

  it('passes over an upstream without room', () => {
    const [busy, idle] = [full(), sound()];
    expect(choose([busy, idle])).toBe(idle);
  });

  it('sends a question no sooner than after its pause to an upstream at which it has failed', () => {
    const [failed, busy] = [fakeUpstream('192.0.2.1'), full()];
    const pending = Object.assign(sentTo(failed), { notBefore: 50 });
    for (const attempt of pending.attempts) attempt.outcome = unreachable(failed);
    expect(createChooser([failed, busy], 49)(pending)).toBeUndefined();
    expect(createChooser([failed, busy], 50)(pending)).toBe(failed);
  });

  it('lets a new question wait for a healthy upstream rather than ask one that may be dead', () => {
    expect(choose([silent(), full()])).toBeUndefined();
  });

  it('does not send a new question to an upstream that may be dead, even if it is preferred', () => {
    const [dead, healthy] = [silent(), sound()];
    expect(choose([dead, healthy], { first: dead.server.url })).toBe(healthy);
  });

  it('sends a new question to an upstream that may be dead if all may be', () => {
    const dead = silent();
    expect(choose([dead])).toBe(dead);
  });

  it('sends a retry to an upstream that may be dead', () => {
    const [dead, healthy] = [silent(), sound()];
    expect(createChooser([dead, healthy], 0)(sentTo(healthy))).toBe(dead);
  });

  it('lets no question on a route to one server only wait for room', () => {
    const [busy, idle] = [full(), sound()];
    expect(choose([busy, idle], { only: busy.server.url })).toBe(busy);
  });
});
