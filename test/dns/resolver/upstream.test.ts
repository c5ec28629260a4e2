import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Route } from '../../../src/dns/resolver/attempt.js';
import { createCongestionControl } from '../../../src/dns/resolver/congestion-control.js';
import { nextUpstream } from '../../../src/dns/resolver/next-upstream.js';
import { summarize, withoutRefusals } from '../../../src/dns/resolver/outcome.js';
import { createRoundTripTime } from '../../../src/dns/resolver/round-trip-time.js';
import {
  hasRoom,
  mayBeDead,
  openUpstream,
  recordQuery,
  release,
  type Upstream,
} from '../../../src/dns/resolver/upstream.js';
import type { Server } from '../../../src/dns/transport/index.js';
import type { Failed, Outcome } from '../../../src/dns/transport/transport.js';

const serverAt = (address: string): Server => ({
  scheme: 'udp',
  url: `udp://${address}:53`,
  address,
  port: 53,
});

const upstreamTo = (address: string, consecutiveFailures = 0, isDistrusted = false): Upstream => {
  const roundTripTime = createRoundTripTime();
  return {
    server: serverAt(address),
    transport: { reliable: false, enforcesTimeout: false, ask() {}, forget() {}, close() {} },
    roundTripTime,
    congestionControl: createCongestionControl(roundTripTime),
    inFlight: 0,
    isDraining: false,
    consecutiveFailures,
    isDistrusted,
  };
};

const attempt = (upstream: Upstream, outcome?: Outcome) => ({ upstream, outcome });

const first = upstreamTo('192.0.2.1');
const second = upstreamTo('192.0.2.2');
const third = upstreamTo('192.0.2.3');
const upstreams = [first, second, third];
const refused = ({ server: { url } }: Upstream): Failed => ({
  failure: `REFUSED from ${url}`,
  server: url,
  rcode: 'REFUSED',
});
const unreachable = ({ server: { url } }: Upstream): Failed => ({
  failure: `cannot reach ${url}`,
  server: url,
});

describe('an open upstream', () => {
  test.each([
    ['udp', false],
    ['system', true],
  ] as const)('has the transport of its scheme: %s', (scheme, enforcesTimeout) => {
    const server = { ...serverAt('127.0.0.1'), scheme };
    const upstream = openUpstream(server, 1000, () => {});
    upstream.transport.close();
    expect(upstream.transport.enforcesTimeout).toBe(enforcesTimeout);
    expect(upstream).toMatchObject({
      server,
      consecutiveFailures: 0,
      inFlight: 0,
      isDistrusted: false,
    });
    expect([upstream.roundTripTime.timeout(), upstream.congestionControl.window()]).toEqual([
      createRoundTripTime().timeout(),
      32,
    ]);
  });

  test('has a pace that follows its own round trips', () => {
    const upstream = openUpstream(serverAt('127.0.0.1'), 1000, () => {});
    upstream.transport.close();
    const window = upstreamTo('192.0.2.1').congestionControl.window();
    upstream.congestionControl.recordReply(0);
    expect(upstream.congestionControl.window()).toBeGreaterThan(window);
  });
});

describe('room', () => {
  test('is there for as many queries as the window is wide', () => {
    const upstream = upstreamTo('192.0.2.1');
    for (; upstream.inFlight < 32; upstream.inFlight++) expect(hasRoom(upstream, 0)).toBe(true);
    expect(hasRoom(upstream, 0)).toBe(false);
    upstream.congestionControl.recordReply(0);
    expect(hasRoom(upstream, 0)).toBe(true);
  });

  test('on a stream that was full is there again once it is there for many', () => {
    const upstream = upstreamTo('192.0.2.1');
    const stream: Upstream = { ...upstream, transport: { ...upstream.transport, reliable: true } };
    for (let sent = 0; sent < 32; sent++) recordQuery(stream);
    for (let done = 0; done < 7; done++) release(stream);
    expect([stream.inFlight, hasRoom(stream, 0)]).toEqual([25, false]);
    release(stream);
    expect(hasRoom(stream, 0)).toBe(true);
    for (let sent = 0; sent < 7; sent++) recordQuery(stream);
    expect(hasRoom(stream, 0)).toBe(true);
  });

  test('over UDP is there at once', () => {
    const upstream = upstreamTo('192.0.2.1');
    for (let sent = 0; sent < 32; sent++) recordQuery(upstream);
    expect(hasRoom(upstream, 0)).toBe(false);
    release(upstream);
    expect(hasRoom(upstream, 0)).toBe(true);
  });

  test('is none where the pace allows nothing now', () => {
    const upstream = upstreamTo('192.0.2.1');
    expect(
      hasRoom({ ...upstream, congestionControl: { ...upstream.congestionControl, allowance: () => 0 } }, 0),
    ).toBe(false);
  });
});

describe('a server', () => {
  test('may be dead that was silent and never answered', () => {
    expect(mayBeDead(upstreamTo('192.0.2.1', 0))).toBe(false);
    expect(mayBeDead(upstreamTo('192.0.2.1', 1))).toBe(true);
  });

  test('that answered before may be dead only after many consecutiveFailures', () => {
    const upstream = upstreamTo('192.0.2.1');
    upstream.roundTripTime.record(20);
    upstream.consecutiveFailures = 10;
    expect(mayBeDead(upstream)).toBe(false);
    upstream.consecutiveFailures = 11;
    expect(mayBeDead(upstream)).toBe(true);
  });

  test('that lied is as good as dead', () => {
    expect(mayBeDead(upstreamTo('192.0.2.1', 0, true))).toBe(true);
  });
});

describe('the server to ask next', () => {
  test('is the first one at first', () => {
    expect(nextUpstream(upstreams, [])).toBe(first);
  });

  test('is the one that was asked least often', () => {
    expect(nextUpstream(upstreams, [attempt(first)])).toBe(second);
    expect(nextUpstream(upstreams, [attempt(first), attempt(second)])).toBe(third);
    expect(nextUpstream(upstreams, [attempt(first), attempt(second), attempt(third)])).toBe(first);
    expect(nextUpstream(upstreams, [attempt(third), attempt(second), attempt(third), attempt(first)])).toBe(
      first,
    );
  });

  test('is, of those asked equally often, the one with the fewest consecutiveFailures', () => {
    const silent = [upstreamTo('192.0.2.1', 2), upstreamTo('192.0.2.2', 1), upstreamTo('192.0.2.3', 1)];
    expect(nextUpstream(silent, [])).toBe(silent[1]);
  });

  test('is the one that was asked least often, however often it was silent', () => {
    const list = [upstreamTo('192.0.2.1'), upstreamTo('192.0.2.2', 2_000_000)] as const;
    expect(nextUpstream(list, [attempt(list[0])])).toBe(list[1]);
  });

  test('is not one that has refused, however little it was asked', () => {
    expect(nextUpstream(upstreams, [attempt(first, refused(first)), attempt(second), attempt(third)])).toBe(
      second,
    );
  });

  test('is none where all have refused, or where there is none', () => {
    expect(nextUpstream([first], [attempt(first), attempt(first, refused(first))])).toBeUndefined();
    expect(nextUpstream([], [])).toBeUndefined();
  });

  test('leaves the list in its order', () => {
    const list = [upstreamTo('192.0.2.1', 9), upstreamTo('192.0.2.2')];
    const before = [...list];
    nextUpstream(list, []);
    expect(list).toEqual(before);
  });

  test('is none that was shown to lie, however little it was asked, or preferred', () => {
    const list = [upstreamTo('192.0.2.1', 0, true), upstreamTo('192.0.2.2', 9), upstreamTo('192.0.2.3', 9)];
    expect(nextUpstream(list, [])).toBe(list[1]);
    expect(nextUpstream(list, [attempt(second)], { first: 'udp://192.0.2.1:53' })).toBe(list[1]);
    expect(nextUpstream(list.slice(0, 1), [])).toBeUndefined();
  });
});

describe('a route to one server alone', () => {
  const only = second.server.url;

  test('leads there, however often it was asked or silent', () => {
    const list = [upstreamTo('192.0.2.1'), upstreamTo('192.0.2.2', 9)];
    expect(nextUpstream(list, [], { only })).toBe(list[1]);
    expect(nextUpstream(upstreams, [attempt(second), attempt(second)], { only })).toBe(second);
  });

  test('leads there though it was shown to lie', () => {
    const list = [upstreamTo('192.0.2.1'), upstreamTo('192.0.2.2', 0, true)];
    expect(nextUpstream(list, [], { only })).toBe(list[1]);
  });

  test('leads nowhere once that server has refused, or where there is no such server', () => {
    expect(nextUpstream(upstreams, [attempt(second, refused(second))], { only })).toBeUndefined();
    expect(nextUpstream([first, third], [], { only })).toBeUndefined();
  });
});

describe('a route to one server first', () => {
  const preferred = third.server.url;

  test('leads there before the others, though it was more often silent', () => {
    expect(nextUpstream(upstreams, [], { first: preferred })).toBe(third);
    const list = [upstreamTo('192.0.2.1'), upstreamTo('192.0.2.3', 200_000)];
    expect(nextUpstream(list, [], { first: preferred })).toBe(list[1]);
  });

  test('leads to the others before there a second time', () => {
    expect(nextUpstream(upstreams, [attempt(third)], { first: preferred })).toBe(first);
    expect(nextUpstream(upstreams, [attempt(third), attempt(first)], { first: preferred })).toBe(second);
    expect(
      nextUpstream(
        upstreams,
        upstreams.map((upstream) => attempt(upstream)),
        { first: preferred },
      ),
    ).toBe(third);
  });

  test('leads past it once it has refused, and where there is no such server', () => {
    expect(nextUpstream(upstreams, [attempt(third, refused(third))], { first: preferred })).toBe(first);
    expect(nextUpstream([first, second], [], { first: preferred })).toBe(first);
  });
});

/** Servers with what is known of each, what was sent to them so far, and where the question goes. */
const anyChoice = fc
  .array(fc.record({ consecutiveFailures: fc.nat(3), isDistrusted: fc.boolean() }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((known) =>
    known.map((each, index) => upstreamTo(`192.0.2.${index}`, each.consecutiveFailures, each.isDistrusted)),
  )
  .chain((list) => {
    const url = fc.constantFrom(...list.map(({ server }) => server.url), 'udp://198.51.100.1:53');
    return fc.record({
      list: fc.constant(list),
      attempts: fc.array(
        fc
          .tuple(fc.constantFrom(...list), fc.boolean())
          .map(([upstream, hasRefused]) => attempt(upstream, hasRefused ? refused(upstream) : undefined)),
        { maxLength: 7 },
      ),
      route: fc.oneof(
        fc.constant({}),
        url.map((only) => ({ only })),
        url.map((first) => ({ first })),
      ),
    });
  });

test('among any servers the next one is the best by each rule in its turn', () => {
  fc.assert(
    fc.property(anyChoice, ({ list, attempts, route }) => {
      const { only, first }: Route = route;
      const asked = (upstream: Upstream) => attempts.filter((each) => each.upstream === upstream);
      const open = list.filter(({ server, isDistrusted }) => (only ? server.url === only : !isDistrusted));
      const [best] = open
        .filter((upstream) => asked(upstream).every(({ outcome }) => outcome === undefined))
        .toSorted(
          (a, b) =>
            asked(a).length - asked(b).length ||
            Number(b.server.url === first) - Number(a.server.url === first) ||
            a.consecutiveFailures - b.consecutiveFailures,
        );
      expect(nextUpstream(list, attempts, route)).toBe(best);
    }),
    { numRuns: 500 },
  );
});

describe('a reply', () => {
  const question = { name: 'is.dev', type: 'A' } as const;
  const server = first.server.url;
  const replied = (rcode?: string, referral?: string): Outcome => ({
    reply: {
      truncated: false,
      addresses: [],
      ...(rcode !== undefined && { rcode }),
      ...(referral !== undefined && { referral }),
    },
    server,
  });

  test.each([
    ['the name exists', replied('NOERROR')],
    ['the name does not exist', replied('NXDOMAIN')],
    ['the name is delegated', replied('NOERROR', 'is.dev')],
    ['getaddrinfo found it', replied()],
  ])('is an answer where it says: %s', (_, outcome) => {
    expect(withoutRefusals(outcome, question)).toBe(outcome);
  });

  test.each(['FORMERR', 'SERVFAIL', 'NOTIMP', 'REFUSED', 'YXDOMAIN', 'NOTAUTH', 'RCODE12'])(
    'is a failure with %s',
    (rcode) => {
      expect(withoutRefusals(replied(rcode), question)).toEqual({
        failure: `${rcode} from ${server}`,
        server,
        rcode,
      });
    },
  );

  test.each([
    ['dev', 'dev'],
    ['', 'the root'],
  ])('is a failure where it refers to the zone "%s"', (referral, zone) => {
    expect(withoutRefusals(replied('NOERROR', referral), question)).toEqual({
      failure: `${server} only refers to the name servers of ${zone}`,
      server,
    });
  });

  test('that did not come stays the failure that it is', () => {
    expect(withoutRefusals(unreachable(first), question)).toEqual(unreachable(first));
  });
});

describe('the summary of what failed', () => {
  test('counts the tries of a silent server', () => {
    expect(summarize([attempt(first)])).toEqual({
      failure: 'no reply from udp://192.0.2.1:53 in one try',
      server: 'udp://192.0.2.1:53',
    });
    expect(summarize([attempt(first), attempt(first), attempt(first)]).failure).toBe(
      'no reply from udp://192.0.2.1:53 in 3 tries',
    );
  });

  test('names the part of each server once, in the order in which they were asked', () => {
    const attempts = [attempt(first), attempt(second, unreachable(second)), attempt(third), attempt(first)];
    expect(summarize(attempts)).toEqual({
      failure:
        'no reply from udp://192.0.2.1:53 in 2 tries; cannot reach udp://192.0.2.2:53; ' +
        'no reply from udp://192.0.2.3:53 in one try',
      server: 'udp://192.0.2.1:53',
    });
  });

  test('tells what a server said rather than its silence', () => {
    for (const attempts of [
      [attempt(first), attempt(first, refused(first))],
      [attempt(first, refused(first)), attempt(first)],
    ]) {
      expect(summarize(attempts)).toEqual(refused(first));
    }
  });

  test('has the response code that a server gave', () => {
    expect(summarize([attempt(first, unreachable(first)), attempt(second, refused(second))])).toEqual({
      ...refused(second),
      failure: 'cannot reach udp://192.0.2.1:53; REFUSED from udp://192.0.2.2:53',
    });
  });

  test('of no attempts is empty', () => {
    expect(summarize([])).toEqual({ failure: '', server: '' });
  });
});
