import { describe, expect, it } from 'vitest';
import { recordRoundTrip } from '../../../../src/dns/resolver/round-trip-time.js';
import { urlOf } from '../fakes.js';
import { fill, silence } from './choosing.js';
import { manyUpstreams, unprove } from './many-upstreams.js';

/** A list of a number, this many times. */
const times = (count: number, number: number) => new Array<number>(count).fill(number);

describe('the choice among many upstreams for a new question', () => {
  it('is each upstream in turn, 32 times', () => {
    expect(manyUpstreams(3).chooseAll(97)).toEqual([...times(32, 1), ...times(32, 2), ...times(32, 3), 1]);
  });

  it('skips an upstream without room, and the next one has a whole turn', () => {
    const { upstream, chooseAll } = manyUpstreams(3);
    chooseAll(30);
    fill(upstream(1));
    expect(chooseAll(33)).toEqual([...times(32, 2), 3]);
  });

  it('goes on where it was, even if an earlier upstream has room again', () => {
    const { upstream, chooseAll } = manyUpstreams(3);
    fill(upstream(1));
    chooseAll(1);
    upstream(1).inFlight = 0;
    expect(chooseAll(1)).toEqual([2]);
  });

  it('begins again with the first upstream after the last one', () => {
    const { upstream, chooseAll } = manyUpstreams(3);
    chooseAll(64);
    fill(upstream(3));
    expect(chooseAll(1)).toEqual([1]);
  });

  it('is none if no upstream may be sent it', () => {
    const { upstream, choose } = manyUpstreams(2);
    fill(upstream(1));
    silence(upstream(2));
    expect(choose({}, 1000)).toBeUndefined();
  });

  it('is no upstream that its policy avoids', () => {
    expect(manyUpstreams(2).choose({ policy: { avoid: new Set([urlOf(1)]) } })).toBe(2);
  });
});

describe('the choice among many upstreams tries', () => {
  it('one that has answered, and is as fast as the others, with many queries at a time', () => {
    const { upstream, choose } = manyUpstreams(2);
    recordRoundTrip(upstream(1).roundTripTime, 100);
    upstream(1).inFlight = 5;
    expect(choose()).toBe(1);
  });

  it('one that has not answered with two queries at a time', () => {
    const { upstream, choose } = manyUpstreams(2);
    unprove(upstream(1));
    upstream(1).inFlight = 1;
    expect(choose()).toBe(1);
    upstream(1).inFlight = 2;
    expect(choose()).toBe(2);
  });

  it('one that keeps failing with one query at a time, after a pause', () => {
    const { upstream, choose } = manyUpstreams(2);
    Object.assign(upstream(1).health, { failures: 3, failedAt: 0 });
    expect(choose({}, 249)).toBe(2);
    expect(manyUpstreams(2).choose({}, 249)).toBe(1);
    const { upstream: other, choose: chooseLater } = manyUpstreams(2);
    Object.assign(other(1).health, { failures: 3, failedAt: 0 });
    expect(chooseLater({}, 250)).toBe(1);
    other(1).inFlight = 1;
    expect(chooseLater({}, 250)).toBe(2);
  });

  it('one that is three times as slow as the others with one query at a time', () => {
    const { upstream, choose } = manyUpstreams(2);
    // Replies are expected within three times as long.
    recordRoundTrip(upstream(1).roundTripTime, 301);
    expect(choose()).toBe(1);
    upstream(1).inFlight = 1;
    expect(choose()).toBe(2);
  });

  it('one that is less slow with many', () => {
    const { upstream, choose } = manyUpstreams(2);
    recordRoundTrip(upstream(1).roundTripTime, 300);
    upstream(1).inFlight = 1;
    expect(choose()).toBe(1);
  });
});

describe('the choice among many upstreams if the policy prefers one', () => {
  const policy = { first: urlOf(2) };

  it('is that one', () => {
    expect(manyUpstreams(3).choose({ policy })).toBe(2);
  });

  it('leaves the turns of other questions as they are', () => {
    const { choose, chooseAll } = manyUpstreams(3);
    for (let count = 0; count < 40; count++) choose({ policy });
    expect(chooseAll(1)).toEqual([1]);
  });

  it('is another one if that one may not be sent the question, or is not known', () => {
    const { upstream, choose } = manyUpstreams(3);
    fill(upstream(2));
    expect(choose({ policy })).toBe(1);
    expect(choose({ policy: { first: urlOf(9) } })).toBe(1);
  });

  it('is another one if that one was asked before', () => {
    const { upstream, choose } = manyUpstreams(3);
    expect(choose({ policy, attempts: [{ upstream: upstream(2), outcome: undefined }] })).toBe(1);
  });

  it('is another one if that one keeps failing', () => {
    const { upstream, choose } = manyUpstreams(3);
    Object.assign(upstream(2).health, { failures: 3, failedAt: 0 });
    expect(choose({ policy }, 100)).toBe(1);
  });
});

describe('the choice among many upstreams if the policy wants only one', () => {
  const policy = { only: urlOf(2) };

  it('is that one, even if it keeps failing, or has been asked before', () => {
    const { upstream, choose } = manyUpstreams(3);
    Object.assign(upstream(2).health, { failures: 3, failedAt: 0 });
    expect(choose({ policy, attempts: [{ upstream: upstream(2), outcome: undefined }] }, 100)).toBe(2);
  });

  it('is none if that one may not be sent the question, or is not known', () => {
    const { upstream, choose } = manyUpstreams(3);
    fill(upstream(2));
    expect(choose({ policy })).toBeUndefined();
    expect(choose({ policy: { only: urlOf(9) } })).toBeUndefined();
  });
});

describe('the choice among many upstreams for a question that goes on over a stream', () => {
  it('is the one whose reply did not fit into a datagram, or none as long as that one has no room', () => {
    const { upstream, choose } = manyUpstreams(3);
    const streamTo = upstream(2);
    expect(choose({ streamTo, attempts: [{ upstream: streamTo, outcome: undefined }] })).toBe(2);
    fill(streamTo);
    expect(choose({ streamTo })).toBeUndefined();
  });

  it('is another one if that one is silent', () => {
    const { upstream, choose } = manyUpstreams(3);
    silence(upstream(2));
    expect(choose({ streamTo: upstream(2), attempts: [{ upstream: upstream(2), outcome: undefined }] })).toBe(
      1,
    );
  });
});
