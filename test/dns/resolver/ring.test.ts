import { describe, expect, it } from 'vitest';
import type { Attempt, Route } from '../../../src/dns/resolver/attempt.js';
import { createRing } from '../../../src/dns/resolver/ring.js';
import { createRoundTripTime } from '../../../src/dns/resolver/round-trip-time.js';
import { recordLoss, recordQuery, recordReply, type Upstream } from '../../../src/dns/resolver/upstream.js';
import { attemptAt, fakeUpstream } from './upstreams.js';

type Known = Upstream<Attempt>;

/** Creates upstreams; those that have answered are known to work. */
const upstreamsOf = (count: number, answered = 1): Known[] =>
  Array.from({ length: count }, (_, index) => fakeUpstream(`192.0.2.${index + 1}`, { answered }));

/** A ring, and a function that chooses an upstream for a new question and sends it. */
function openRing(upstreams: readonly Known[]) {
  const shared = createRoundTripTime();
  const ring = createRing(upstreams, shared);
  const send = (route?: Route, attempts: ReturnType<typeof attemptAt>[] = [], now = 0) => {
    const chosen = ring.choose(attempts, route, now);
    if (chosen) recordQuery(chosen, now);
    return chosen && upstreams.indexOf(chosen);
  };
  return { ring, send, shared };
}

/** How often each number comes, in the order of the first of each. */
function runsOf(numbers: readonly (number | undefined)[]): [number | undefined, number][] {
  const counts = new Map<number | undefined, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts];
}

describe('a ring of upstreams', () => {
  it('sends 32 questions in a row to each of them in turn', () => {
    const { send } = openRing(upstreamsOf(3));
    const sent = Array.from({ length: 70 }, () => send());
    expect(runsOf(sent)).toEqual([
      [0, 32],
      [1, 32],
      [2, 6],
    ]);
  });

  it('has none if none has room', () => {
    const { send } = openRing(upstreamsOf(2));
    for (let sent = 0; sent < 128; sent++) send();
    expect(send()).toBeUndefined();
  });

  it('sends only 8 questions to one that has not answered yet', () => {
    const { send } = openRing(upstreamsOf(2, 0));
    expect(runsOf(Array.from({ length: 17 }, () => send()))).toEqual([
      [0, 8],
      [1, 8],
      [undefined, 1],
    ]);
  });

  it('tries one that goes on failing once in a while, less and less, until it answers', () => {
    const [failing, other] = upstreamsOf(2) as [Known, Known];
    const { send } = openRing([failing, other]);
    for (let failures = 0; failures < 3; failures++) {
      recordQuery(failing, 0);
      recordLoss(failing, 0, 0);
    }
    expect(send()).toBe(1);
    const avoidOther: Route = { avoid: new Set([other.server.url]) };
    expect(send(avoidOther, [], 900)).toBeUndefined();
    expect(send(avoidOther, [], 1100)).toBe(0);
    expect(send(avoidOther, [], 1100)).toBeUndefined();
    recordReply(failing, 10, false, 1200);
    expect(send(avoidOther, [], 3000)).toBeUndefined();
    recordReply(failing, 10, true, 3000);
    expect(send(avoidOther, [], 3000)).toBe(0);
  });

  it('counts a reply that says nothing about the name as a failure', () => {
    const [refusing, other] = upstreamsOf(2) as [Known, Known];
    const { send } = openRing([refusing, other]);
    for (let replies = 0; replies < 3; replies++) recordReply(refusing, 1, false, 0);
    expect(send()).toBe(1);
  });

  it('sends one question at a time to one whose replies take three times as long as the others', () => {
    const upstreams = upstreamsOf(2);
    const [slow] = upstreams;
    const { send, shared } = openRing(upstreams);
    for (let samples = 0; samples < 50; samples++) {
      slow?.roundTripTime.record(800);
      shared.record(20);
    }
    expect(runsOf(Array.from({ length: 33 }, () => send()))).toEqual([
      [0, 1],
      [1, 32],
    ]);
  });

  it('follows the route of a question', () => {
    const upstreams = upstreamsOf(4);
    const urls = upstreams.map(({ server }) => server.url);
    const { send } = openRing(upstreams);
    expect(send({ only: urls[2] ?? '' })).toBe(2);
    expect(send({ first: urls[3] ?? '' })).toBe(3);
    expect(send({ avoid: new Set(urls.slice(0, 2)) })).toBe(2);
    expect(send({ only: 'udp://192.0.2.99:53' })).toBeUndefined();
  });

  it('does not ask one again that was asked before, and knows whether another is left', () => {
    const upstreams = upstreamsOf(2);
    const [first, second] = upstreams as [Known, Known];
    const { ring, send } = openRing(upstreams);
    expect(send(undefined, [attemptAt(first)])).toBe(1);
    expect(ring.hasOther([attemptAt(first)], undefined, 0)).toBe(true);
    expect(ring.hasOther([attemptAt(first), attemptAt(second)], undefined, 0)).toBe(false);
    expect(ring.hasOther([attemptAt(first)], { only: first.server.url }, 0)).toBe(false);
  });
});
