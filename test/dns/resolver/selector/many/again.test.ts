import { describe, expect, it } from 'vitest';
import { permanentFailureOf, urlOf } from '../../fakes.js';
import { at, failedAt, fill, question, silence } from '../choosing.js';
import { manyUpstreams, unprove } from '../many-upstreams.js';

describe('the choice among many upstreams for a question that is asked again', () => {
  it('is another one that has answered', () => {
    const { upstream, choose } = manyUpstreams(3);
    unprove(upstream(2));
    expect(choose({ attempts: [at(upstream(1))] })).toBe(3);
  });

  it('is none as long as another one that has answered has no room', () => {
    const { upstream, choose } = manyUpstreams(3);
    unprove(upstream(2));
    fill(upstream(3));
    expect(choose({ attempts: [at(upstream(1))] })).toBeUndefined();
  });

  it.each([
    ['silent', (health: object) => Object.assign(health, { isSilent: true })],
    ['failing', (health: object) => Object.assign(health, { failures: 3, failedAt: 0 })],
  ])('does not wait for another one that has answered and is %s', (_, harm) => {
    const { upstream, choose } = manyUpstreams(3);
    unprove(upstream(2));
    harm(upstream(3).health);
    expect(choose({ attempts: [failedAt(upstream(1))] }, 100)).toBe(2);
  });

  it('is the same one once more if it was lost there and no other has answered', () => {
    const { upstream, choose } = manyUpstreams(2);
    unprove(upstream(2));
    expect(choose({ attempts: [at(upstream(1))] })).toBe(1);
    expect(choose({ attempts: [at(upstream(1)), at(upstream(1))] })).toBe(2);
  });

  it('is none as long as the one where it was lost has no room, and no other has answered', () => {
    const { upstream, choose } = manyUpstreams(2);
    unprove(upstream(2));
    fill(upstream(1));
    expect(choose({ attempts: [at(upstream(1))] })).toBeUndefined();
  });

  it('is not the same one if it has failed there, or if that one has not answered', () => {
    const { upstream, choose } = manyUpstreams(2);
    unprove(upstream(2));
    expect(choose({ attempts: [failedAt(upstream(1))] })).toBe(2);
    unprove(upstream(1));
    expect(choose({ attempts: [at(upstream(1))] })).toBe(2);
  });

  it('is not the same one if its policy avoids that one since', () => {
    const { upstream, choose } = manyUpstreams(2);
    unprove(upstream(2));
    expect(choose({ attempts: [at(upstream(1))], policy: { avoid: new Set([urlOf(1)]) } })).toBe(2);
  });

  it('is one that its policy allows', () => {
    const { upstream, choose } = manyUpstreams(3);
    expect(choose({ attempts: [at(upstream(1))], policy: { avoid: new Set([urlOf(2)]) } })).toBe(3);
  });

  it('is one where it has failed if it has failed everywhere', () => {
    const { upstream, choose } = manyUpstreams(2);
    expect(choose({ attempts: [failedAt(upstream(1)), failedAt(upstream(2))] })).toBe(1);
  });

  it('is not one where it has failed permanently, or that its policy avoids', () => {
    const { upstream, choose } = manyUpstreams(3);
    const attempts = [
      at(upstream(1), permanentFailureOf(urlOf(1))),
      failedAt(upstream(2)),
      failedAt(upstream(3)),
    ];
    expect(choose({ attempts })).toBe(2);
    expect(choose({ attempts, policy: { avoid: new Set([urlOf(2)]) } })).toBe(3);
  });

  it('is none as long as one that it has not been asked at has no room', () => {
    const { upstream, choose } = manyUpstreams(3);
    unprove(upstream(3));
    upstream(3).inFlight = 2;
    expect(choose({ attempts: [failedAt(upstream(1)), failedAt(upstream(2))] })).toBeUndefined();
  });
});

describe('another one of many upstreams is left', () => {
  /** Whether another one than the first of two is left for a question. */
  function hasOther(
    harm: (second: ReturnType<ReturnType<typeof manyUpstreams>['upstream']>) => void,
  ): boolean {
    const { upstream, selector } = manyUpstreams(2);
    harm(upstream(2));
    return selector.hasOther(question({ attempts: [failedAt(upstream(1))] }), 100);
  }

  it('if it has not been asked the question, even if it has no room', () => {
    expect(hasOther(fill)).toBe(true);
  });

  it('unless it is silent, keeps failing or does not want to be asked', () => {
    expect(hasOther(silence)).toBe(false);
    expect(hasOther(({ health }) => void Object.assign(health, { failures: 3, failedAt: 0 }))).toBe(false);
    expect(hasOther(({ health }) => void Object.assign(health, { resumeAt: 101 }))).toBe(false);
  });

  it('unless the policy avoids it, or it has been asked', () => {
    const { upstream, selector } = manyUpstreams(2);
    const attempts = [failedAt(upstream(1))];
    expect(selector.hasOther(question({ attempts, policy: { avoid: new Set([urlOf(2)]) } }), 0)).toBe(false);
    expect(selector.hasOther(question({ attempts: [...attempts, at(upstream(2))] }), 0)).toBe(false);
  });
});

describe('many upstreams are exhausted', () => {
  it('if the question has failed permanently at all of them', () => {
    const { upstream, selector } = manyUpstreams(2);
    const attempts = [1, 2].map((number) => at(upstream(number), permanentFailureOf(urlOf(number))));
    expect(selector.isExhausted(question({ attempts: attempts.slice(1) }), 0)).toBe(false);
    expect(selector.isExhausted(question({ attempts }), 0)).toBe(true);
  });
});
