import { describe, expect, it } from 'vitest';
import * as selector from '../../../../src/dns/resolver/selector/selector.js';
import { permanentFailureOf, startedUpstream, truncationOf, urlOf } from '../fakes.js';
import { at, failedAt, question, silence, silenceLimit } from './choosing.js';

describe('a policy allows an upstream', () => {
  const upstream = startedUpstream(1);

  it.each([
    ['if there is none', undefined, true],
    ['if it says nothing about it', {}, true],
    ['if it prefers another one', { first: urlOf(2) }, true],
    ['if it wants only that one', { only: urlOf(1) }, true],
    ['if it wants only that one, even if it avoids it', { only: urlOf(1), avoid: new Set([urlOf(1)]) }, true],
    ['not if it wants only another one', { only: urlOf(2) }, false],
    ['not if it avoids it', { avoid: new Set([urlOf(1)]) }, false],
    ['if it avoids another one', { avoid: new Set([urlOf(2)]) }, true],
  ])('%s', (_, policy, expected) => {
    expect(selector.allows(policy, upstream)).toBe(expected);
  });
});

describe('an upstream may be sent a question', () => {
  it('if its transport takes queries of the kind that the question needs there', () => {
    const upstream = startedUpstream(1, { capacity: (needsStream) => (needsStream ? 0 : 1) });
    const truncated = question({ attempts: [at(upstream, truncationOf(urlOf(1)))] });
    expect(selector.maySendTo(upstream, question(), 0)).toBe(true);
    expect(selector.maySendTo(upstream, question({ attempts: [failedAt(upstream)] }), 0)).toBe(true);
    expect(selector.maySendTo(upstream, truncated, 0)).toBe(false);
  });

  it('of a new kind over a datagram even if only a stream has room', () => {
    const upstream = startedUpstream(1, { capacity: (needsStream) => (needsStream ? 1 : 0) });
    expect(selector.maySendTo(upstream, question(), 0)).toBe(false);
  });
});

describe('the upstream that a question goes on at over a stream', () => {
  it('is the one whose reply did not fit into a datagram, unless that is silent', () => {
    const upstream = startedUpstream(1);
    expect(selector.streamOf(question())).toBeUndefined();
    expect(selector.streamOf(question({ streamTo: upstream }))).toBe(upstream);
    silence(upstream);
    expect(selector.streamOf(question({ streamTo: upstream }))).toBeUndefined();
  });
});

describe('the upstreams that may ever answer a question', () => {
  /** The numbers of those of three upstreams that may answer a question, and whether another one or none is left. */
  function left(
    changes: (upstreams: readonly ReturnType<typeof startedUpstream>[]) => ReturnType<typeof question>,
  ) {
    const upstreams = [startedUpstream(1), startedUpstream(2), startedUpstream(3)];
    const asked = changes(upstreams);
    const { hasOther, isExhausted } = selector.createAvailability(upstreams, silenceLimit);
    return {
      candidates: upstreams
        .filter((upstream) => selector.isCandidate(upstream, asked, upstreams, silenceLimit, silenceLimit))
        .map((upstream) => upstreams.indexOf(upstream) + 1),
      hasOther: hasOther(asked, silenceLimit),
      isExhausted: isExhausted(asked, silenceLimit),
    };
  }

  it('are all for a new question', () => {
    expect(left(() => question())).toEqual({ candidates: [1, 2, 3], hasOther: true, isExhausted: false });
  });

  it('are those that its policy allows', () => {
    const policy = { avoid: new Set([urlOf(2)]) };
    expect(left(() => question({ policy })).candidates).toEqual([1, 3]);
  });

  it('are not those where it has failed permanently', () => {
    const permanently = (upstreams: readonly ReturnType<typeof startedUpstream>[]) =>
      upstreams.map((upstream) => at(upstream, permanentFailureOf(upstream.server.url)));
    expect(
      left((upstreams) => question({ attempts: permanently(upstreams.slice(0, 2)) })).candidates,
    ).toEqual([3]);
    expect(left((upstreams) => question({ attempts: permanently(upstreams) }))).toEqual({
      candidates: [],
      hasOther: false,
      isExhausted: true,
    });
  });

  it('are not those that are dead, but those that are only silent', () => {
    const result = left((upstreams) => {
      for (const [index, upstream] of upstreams.entries()) if (index < 2) silence(upstream, index);
      return question();
    });
    expect(result.candidates).toEqual([1, 3]);
  });

  it.each([
    ['is dead for a priority question if another one has answered and may be asked', true, 0, true, []],
    ['is not dead for a priority question if no other one has answered', false, 0, true, [1]],
    ['is not dead for a priority question if no other one may be asked', true, 1e9, true, [1]],
    ['is not dead for another question', true, 0, false, [1, 2, 3]],
  ])(
    'leave one out that is silent and has answered before only if it is dead: it %s',
    (_, hasAnswered, resumeAt, isControl, expected) => {
      const { candidates } = left(([first, second]) => {
        if (!first || !second) throw new Error('Expected two upstreams');
        silence(first, 1);
        first.health.hasAnswered = true;
        Object.assign(second.health, { hasAnswered, resumeAt });
        return question(isControl ? { policy: { only: urlOf(1) } } : {});
      });
      expect(candidates).toEqual(expected);
    },
  );

  it('are others if it has not failed at one of them', () => {
    const failedAtFirst = (count: number) =>
      left((upstreams) => question({ attempts: upstreams.slice(0, count).map(failedAt) }));
    expect(failedAtFirst(2)).toEqual({ candidates: [1, 2, 3], hasOther: true, isExhausted: false });
    expect(failedAtFirst(3)).toEqual({ candidates: [1, 2, 3], hasOther: false, isExhausted: false });
  });
});
