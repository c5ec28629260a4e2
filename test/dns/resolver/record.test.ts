import { describe, expect, it } from 'vitest';
import { recordOf } from '../../../src/dns/resolver/record.js';
import { createRoundTripTime } from '../../../src/dns/resolver/round-trip-time.js';
import { createUpstream } from '../../../src/dns/resolver/upstream.js';
import { serverAt, urlOf } from './fakes.js';

describe('the record of an upstream', () => {
  it('says what happened to its queries', () => {
    const upstream = {
      ...createUpstream(serverAt(1)),
      asked: 5,
      answered: 3,
      lost: 2,
      lastFailure: 'a failure',
      roundTripTime: { ...createRoundTripTime(), median: 12.3456 },
    };
    expect(recordOf(upstream)).toEqual({
      server: urlOf(1),
      asked: 5,
      answered: 3,
      lost: 2,
      median: 12.3,
      lastFailure: 'a failure',
    });
  });

  it('has no median without a reply', () => {
    expect(recordOf(createUpstream(serverAt(1))).median).toBeUndefined();
  });

  it.each([
    ['udp', urlOf(1)],
    ['auto', '192.0.2.1:53'],
  ] as const)('names a server of the scheme "%s" as the user wrote it', (scheme, name) => {
    expect(recordOf(createUpstream({ ...serverAt(1), scheme })).server).toBe(name);
  });

  it('leaves out only the scheme at the beginning of a URL', () => {
    const server = { ...serverAt(1), scheme: 'auto', url: 'a://udp://b' } as const;
    expect(recordOf(createUpstream(server)).server).toBe('a://udp://b');
  });
});
