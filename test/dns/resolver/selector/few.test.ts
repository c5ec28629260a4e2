import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../../../src/dns/resolver/question.js';
import { selectAmongFew } from '../../../../src/dns/resolver/selector/few.js';
import type { SelectableQuestion } from '../../../../src/dns/resolver/selector/selector.js';
import type { Upstream } from '../../../../src/dns/resolver/upstream.js';
import { permanentFailureOf, startedUpstream, urlOf } from '../fakes.js';
import { at, failedAt, fill, question, silence, silenceLimit } from './choosing.js';

/** Creates three upstreams, the list of them, and a function that chooses one for a question. */
function threeUpstreams() {
  const [first, second, third] = [startedUpstream(1), startedUpstream(2), startedUpstream(3)];
  const upstreams: readonly Upstream<Attempt>[] = [first, second, third];
  const choose = (changes?: Partial<SelectableQuestion>, now = 0) =>
    selectAmongFew(upstreams, silenceLimit).choose(question(changes), now);
  return { first, second, third, upstreams, choose };
}

describe('the choice among few upstreams', () => {
  it('is the first one for a new question', () => {
    const { first, choose } = threeUpstreams();
    expect(choose()).toBe(first);
  });

  it('is the one where the question was asked least often', () => {
    const { first, second, third, choose } = threeUpstreams();
    expect(choose({ attempts: [at(first)] })).toBe(second);
    expect(choose({ attempts: [at(first), at(second)] })).toBe(third);
    expect(choose({ attempts: [at(third), at(second), at(third), at(first)] })).toBe(first);
    expect(choose({ attempts: [at(first), at(second), at(third), at(first)] })).toBe(second);
  });

  it('is the one with the fewest failures in a row of those asked equally often', () => {
    const { first, second, third, choose } = threeUpstreams();
    for (const [index, upstream] of [first, second, third].entries()) upstream.health.failures = 2 - index;
    expect(choose()).toBe(third);
    expect(choose({ attempts: [at(third)] })).toBe(second);
  });

  it('is the one where the question was asked least often, even after millions of failures in a row', () => {
    const { first, second, third, choose } = threeUpstreams();
    third.health.failures = 2_000_000;
    expect(choose({ attempts: [at(first), at(second)] })).toBe(third);
  });

  it('is not one without room', () => {
    const { first, second, choose } = threeUpstreams();
    fill(first);
    expect(choose()).toBe(second);
  });

  it('is none if no upstream has room, or if there is none', () => {
    const { upstreams, choose } = threeUpstreams();
    for (const upstream of upstreams) fill(upstream);
    expect(choose()).toBeUndefined();
    expect(selectAmongFew([], silenceLimit).choose(question(), 0)).toBeUndefined();
  });

  it('is not one where the question has failed permanently, nor one that is dead', () => {
    const { first, second, third, choose } = threeUpstreams();
    silence(second, 1);
    expect(choose({ attempts: [at(first, permanentFailureOf(urlOf(1)))] }, silenceLimit)).toBe(third);
  });

  it('is one that the policy allows', () => {
    const { second, third, choose } = threeUpstreams();
    expect(choose({ policy: { avoid: new Set([urlOf(1)]) } })).toBe(second);
    const policy = { only: urlOf(3) };
    expect(choose({ policy, attempts: [at(third), failedAt(third)] })).toBe(third);
    fill(third);
    expect(choose({ policy })).toBeUndefined();
  });
});

describe('the choice among few upstreams where a question has failed', () => {
  it('is one where it has not failed, even if it was asked there more often', () => {
    const { first, second, third, choose } = threeUpstreams();
    expect(choose({ attempts: [failedAt(first), failedAt(third), at(second), at(second)] })).toBe(second);
  });

  it('is none as long as one where it has not failed is busy or silent', () => {
    const { first, second, third, choose } = threeUpstreams();
    const attempts = [failedAt(first), failedAt(third)];
    fill(second);
    expect(choose({ attempts })).toBeUndefined();
    second.inFlight = 0;
    silence(second);
    expect(choose({ attempts }, silenceLimit)).toBeUndefined();
  });

  it('is one where it has failed if it has failed at all that are not dead', () => {
    const { first, second, third, choose } = threeUpstreams();
    silence(second, 1);
    expect(choose({ attempts: [failedAt(first), failedAt(third)] }, silenceLimit)).toBe(first);
  });
});

describe('the choice among few upstreams if the policy prefers one', () => {
  it('is that one, however many failures in a row it has', () => {
    const { third, choose } = threeUpstreams();
    third.health.failures = 2_000_000;
    expect(choose({ policy: { first: urlOf(3) } })).toBe(third);
  });

  it('is every other one before that one again', () => {
    const { first, second, third, choose } = threeUpstreams();
    const policy = { first: urlOf(3) };
    expect(choose({ policy, attempts: [at(third)] })).toBe(first);
    expect(choose({ policy, attempts: [at(third), at(first)] })).toBe(second);
    expect(choose({ policy, attempts: [at(third), at(first), at(second)] })).toBe(third);
  });

  it('is another one if that one has no room', () => {
    const { first, third, choose } = threeUpstreams();
    fill(third);
    expect(choose({ policy: { first: urlOf(3) } })).toBe(first);
  });
});

describe('the choice among few upstreams for a question that goes on over a stream', () => {
  it('is the one whose reply did not fit into a datagram, or none as long as that one has no room', () => {
    const { second, choose } = threeUpstreams();
    const attempts = [at(second), at(second)];
    expect(choose({ streamTo: second, attempts })).toBe(second);
    fill(second);
    expect(choose({ streamTo: second, attempts })).toBeUndefined();
  });

  it('is another one if that one is silent', () => {
    const { first, second, choose } = threeUpstreams();
    silence(second);
    expect(choose({ streamTo: second, attempts: [at(second)] })).toBe(first);
  });
});
