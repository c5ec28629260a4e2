import { describe, expect, it } from 'vitest';
import { createHealth } from '../../../src/dns/resolver/health.js';
import { outageOf, recordReachability } from '../../../src/dns/resolver/outage.js';
import { failureOf, permanentFailureOf, startedUpstream, urlOf } from './fakes.js';

const url = urlOf(1);
const limit = 4000;

describe('recordReachability', () => {
  it.each([
    ['nothing is listening', 'datagram', { failure: 'nothing is listening' }, 'nothing is listening'],
    ['the server refuses', 'datagram', { hasReplied: true }, undefined],
    ['the server has ended the connection', 'stream', { isUnprocessed: true }, 'before'],
    ['its certificate is not trusted', 'stream', permanentFailureOf(url), 'before'],
    ['getaddrinfo fails', 'call', {}, 'before'],
  ] as const)('records, if %s, why an upstream cannot be reached', (_what, kind, failed, why) => {
    const upstream = startedUpstream(1);
    upstream.whyUnreachable = 'before';
    recordReachability({ upstream, kind }, failureOf(url, failed));
    expect(upstream.whyUnreachable).toBe(why);
  });
});

describe('outageOf', () => {
  /** An upstream that has been failing since some time, unless there is no reason. */
  const upstream = (whyUnreachable: string | undefined, failingSince = 0, hasAnswered = false) => ({
    whyUnreachable,
    health: { ...createHealth(), failingSince, hasAnswered },
  });

  it('says why the only upstream cannot be reached, and for how long it is tried', () => {
    expect(outageOf([upstream('cannot reach a', 500)], limit, 1000)).toEqual({
      reasons: ['cannot reach a'],
      remaining: 3500,
    });
  });

  it('counts other upstreams, and lasts until all are given up', () => {
    const [first, second] = [upstream('cannot reach a'), upstream('cannot reach b', 700, true)];
    expect(outageOf([first, second], limit, 1000)).toEqual({
      reasons: ['cannot reach a, and the other server fails, too', 'cannot reach a'],
      remaining: 29_700,
    });
    expect(outageOf([first, second, first], limit, 1000)?.reasons[0]).toBe(
      'cannot reach a, and 2 other servers fail, too',
    );
  });

  it('is undefined if one may still reply, or if there is none', () => {
    expect(outageOf([upstream('cannot reach a'), upstream(undefined)], limit, 1000)).toBeUndefined();
    expect(outageOf([], limit, 1000)).toBeUndefined();
  });
});
