import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Asked, judge, summary } from '../../../src/dns/resolver/attempt.js';
import { openPace } from '../../../src/dns/resolver/congestion-control.js';
import { trackRoundTrips } from '../../../src/dns/resolver/round-trip-time.js';
import {
  free,
  hasRoom,
  type Lane,
  mayBeDead,
  nextLane,
  openLane,
  type Route,
  take,
} from '../../../src/dns/resolver/upstream.js';
import type { Failed, Outcome, Server } from '../../../src/dns/transport/transport.js';

const serverAt = (address: string): Server => ({
  scheme: 'udp',
  url: `udp://${address}:53`,
  address,
  port: 53,
});

const laneTo = (address: string, silences = 0, distrusted = false): Lane => {
  const roundTrip = trackRoundTrips();
  return {
    server: serverAt(address),
    transport: { reliable: false, keepsTime: false, ask() {}, forget() {}, close() {} },
    roundTrip,
    pace: openPace(roundTrip),
    inFlight: 0,
    draining: false,
    silences,
    distrusted,
  };
};

const attempt = (lane: Lane, outcome?: Outcome): Asked => ({ lane, outcome });

const first = laneTo('192.0.2.1');
const second = laneTo('192.0.2.2');
const third = laneTo('192.0.2.3');
const lanes = [first, second, third];
const refused = ({ server: { url } }: Lane): Failed => ({
  failure: `REFUSED from ${url}`,
  server: url,
  rcode: 'REFUSED',
});
const unreachable = ({ server: { url } }: Lane): Failed => ({
  failure: `no way to reach ${url}`,
  server: url,
});

describe('an open lane', () => {
  test.each([
    ['udp', false],
    ['system', true],
  ] as const)('has the transport of its scheme: %s', (scheme, keepsTime) => {
    const server = { ...serverAt('127.0.0.1'), scheme };
    const lane = openLane(server, 1000, () => {});
    lane.transport.close();
    expect(lane.transport.keepsTime).toBe(keepsTime);
    expect(lane).toMatchObject({
      server,
      silences: 0,
      inFlight: 0,
      distrusted: false,
    });
    expect([lane.roundTrip.timeout(), lane.pace.window()]).toEqual([trackRoundTrips().timeout(), 32]);
  });

  test('has a pace that follows its own round trips', () => {
    const lane = openLane(serverAt('127.0.0.1'), 1000, () => {});
    lane.transport.close();
    const window = laneTo('192.0.2.1').pace.window();
    lane.pace.answered(0);
    expect(lane.pace.window()).toBeGreaterThan(window);
  });
});

describe('room', () => {
  test('is there for as many queries as the window is wide', () => {
    const lane = laneTo('192.0.2.1');
    for (; lane.inFlight < 32; lane.inFlight++) expect(hasRoom(lane, 0)).toBe(true);
    expect(hasRoom(lane, 0)).toBe(false);
    lane.pace.answered(0);
    expect(hasRoom(lane, 0)).toBe(true);
  });

  test('on a stream that was full is there again once it is there for many', () => {
    const lane = laneTo('192.0.2.1');
    const stream: Lane = { ...lane, transport: { ...lane.transport, reliable: true } };
    for (let sent = 0; sent < 32; sent++) take(stream);
    for (let done = 0; done < 7; done++) free(stream);
    expect([stream.inFlight, hasRoom(stream, 0)]).toEqual([25, false]);
    free(stream);
    expect(hasRoom(stream, 0)).toBe(true);
    for (let sent = 0; sent < 7; sent++) take(stream);
    expect(hasRoom(stream, 0)).toBe(true);
  });

  test('over UDP is there at once', () => {
    const lane = laneTo('192.0.2.1');
    for (let sent = 0; sent < 32; sent++) take(lane);
    expect(hasRoom(lane, 0)).toBe(false);
    free(lane);
    expect(hasRoom(lane, 0)).toBe(true);
  });

  test('is none where the pace allows nothing now', () => {
    const lane = laneTo('192.0.2.1');
    expect(hasRoom({ ...lane, pace: { ...lane.pace, allowance: () => 0 } }, 0)).toBe(false);
  });
});

describe('a server', () => {
  test('may be dead that was silent and never answered', () => {
    expect(mayBeDead(laneTo('192.0.2.1', 0))).toBe(false);
    expect(mayBeDead(laneTo('192.0.2.1', 1))).toBe(true);
  });

  test('that answered before may be dead only after many silences', () => {
    const lane = laneTo('192.0.2.1');
    lane.roundTrip.measured(20);
    lane.silences = 10;
    expect(mayBeDead(lane)).toBe(false);
    lane.silences = 11;
    expect(mayBeDead(lane)).toBe(true);
  });

  test('that lied is as good as dead', () => {
    expect(mayBeDead(laneTo('192.0.2.1', 0, true))).toBe(true);
  });
});

describe('the server to ask next', () => {
  test('is the first one at first', () => {
    expect(nextLane(lanes, [])).toBe(first);
  });

  test('is the one that was asked least often', () => {
    expect(nextLane(lanes, [attempt(first)])).toBe(second);
    expect(nextLane(lanes, [attempt(first), attempt(second)])).toBe(third);
    expect(nextLane(lanes, [attempt(first), attempt(second), attempt(third)])).toBe(first);
    expect(nextLane(lanes, [attempt(third), attempt(second), attempt(third), attempt(first)])).toBe(first);
  });

  test('is, of those asked equally often, the one with the fewest silences', () => {
    const silent = [laneTo('192.0.2.1', 2), laneTo('192.0.2.2', 1), laneTo('192.0.2.3', 1)];
    expect(nextLane(silent, [])).toBe(silent[1]);
  });

  test('is the one that was asked least often, however often it was silent', () => {
    const list = [laneTo('192.0.2.1'), laneTo('192.0.2.2', 2_000_000)] as const;
    expect(nextLane(list, [attempt(list[0])])).toBe(list[1]);
  });

  test('is not one that has refused, however little it was asked', () => {
    expect(nextLane(lanes, [attempt(first, refused(first)), attempt(second), attempt(third)])).toBe(second);
  });

  test('is none where all have refused, or where there is none', () => {
    expect(nextLane([first], [attempt(first), attempt(first, refused(first))])).toBeUndefined();
    expect(nextLane([], [])).toBeUndefined();
  });

  test('leaves the list in its order', () => {
    const list = [laneTo('192.0.2.1', 9), laneTo('192.0.2.2')];
    const before = [...list];
    nextLane(list, []);
    expect(list).toEqual(before);
  });

  test('is none that was shown to lie, however little it was asked, or preferred', () => {
    const list = [laneTo('192.0.2.1', 0, true), laneTo('192.0.2.2', 9), laneTo('192.0.2.3', 9)];
    expect(nextLane(list, [])).toBe(list[1]);
    expect(nextLane(list, [attempt(second)], { first: 'udp://192.0.2.1:53' })).toBe(list[1]);
    expect(nextLane(list.slice(0, 1), [])).toBeUndefined();
  });
});

describe('a route to one server alone', () => {
  const only = second.server.url;

  test('leads there, however often it was asked or silent', () => {
    const list = [laneTo('192.0.2.1'), laneTo('192.0.2.2', 9)];
    expect(nextLane(list, [], { only })).toBe(list[1]);
    expect(nextLane(lanes, [attempt(second), attempt(second)], { only })).toBe(second);
  });

  test('leads there though it was shown to lie', () => {
    const list = [laneTo('192.0.2.1'), laneTo('192.0.2.2', 0, true)];
    expect(nextLane(list, [], { only })).toBe(list[1]);
  });

  test('leads nowhere once that server has refused, or where there is no such server', () => {
    expect(nextLane(lanes, [attempt(second, refused(second))], { only })).toBeUndefined();
    expect(nextLane([first, third], [], { only })).toBeUndefined();
  });
});

describe('a route to one server first', () => {
  const preferred = third.server.url;

  test('leads there before the others, though it was more often silent', () => {
    expect(nextLane(lanes, [], { first: preferred })).toBe(third);
    const list = [laneTo('192.0.2.1'), laneTo('192.0.2.3', 200_000)];
    expect(nextLane(list, [], { first: preferred })).toBe(list[1]);
  });

  test('leads to the others before there a second time', () => {
    expect(nextLane(lanes, [attempt(third)], { first: preferred })).toBe(first);
    expect(nextLane(lanes, [attempt(third), attempt(first)], { first: preferred })).toBe(second);
    expect(
      nextLane(
        lanes,
        lanes.map((lane) => attempt(lane)),
        { first: preferred },
      ),
    ).toBe(third);
  });

  test('leads past it once it has refused, and where there is no such server', () => {
    expect(nextLane(lanes, [attempt(third, refused(third))], { first: preferred })).toBe(first);
    expect(nextLane([first, second], [], { first: preferred })).toBe(first);
  });
});

/** Servers with what is known of each, what was sent to them so far, and where the question goes. */
const anyChoice = fc
  .array(fc.record({ silences: fc.nat(3), distrusted: fc.boolean() }), { minLength: 1, maxLength: 4 })
  .map((known) => known.map((each, index) => laneTo(`192.0.2.${index}`, each.silences, each.distrusted)))
  .chain((list) => {
    const url = fc.constantFrom(...list.map(({ server }) => server.url), 'udp://198.51.100.1:53');
    return fc.record({
      list: fc.constant(list),
      attempts: fc.array(
        fc
          .tuple(fc.constantFrom(...list), fc.boolean())
          .map(([lane, hasRefused]) => attempt(lane, hasRefused ? refused(lane) : undefined)),
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
      const asked = (lane: Lane) => attempts.filter((each) => each.lane === lane);
      const open = list.filter(({ server, distrusted }) => (only ? server.url === only : !distrusted));
      const [best] = open
        .filter((lane) => asked(lane).every(({ outcome }) => outcome === undefined))
        .toSorted(
          (a, b) =>
            asked(a).length - asked(b).length ||
            Number(b.server.url === first) - Number(a.server.url === first) ||
            a.silences - b.silences,
        );
      expect(nextLane(list, attempts, route)).toBe(best);
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
    expect(judge(outcome, question)).toBe(outcome);
  });

  test.each(['FORMERR', 'SERVFAIL', 'NOTIMP', 'REFUSED', 'YXDOMAIN', 'NOTAUTH', 'RCODE12'])(
    'is a failure with %s',
    (rcode) => {
      expect(judge(replied(rcode), question)).toEqual({ failure: `${rcode} from ${server}`, server, rcode });
    },
  );

  test.each([
    ['dev', 'dev'],
    ['', 'the root'],
  ])('is a failure where it refers to the zone "%s"', (referral, zone) => {
    expect(judge(replied('NOERROR', referral), question)).toEqual({
      failure: `${server} only refers to the name servers of ${zone}`,
      server,
    });
  });

  test('that did not come stays the failure that it is', () => {
    expect(judge(unreachable(first), question)).toEqual(unreachable(first));
  });
});

describe('the summary of what failed', () => {
  test('counts the tries of a silent server', () => {
    expect(summary([attempt(first)])).toEqual({
      failure: 'no reply from udp://192.0.2.1:53 in one try',
      server: 'udp://192.0.2.1:53',
    });
    expect(summary([attempt(first), attempt(first), attempt(first)]).failure).toBe(
      'no reply from udp://192.0.2.1:53 in 3 tries',
    );
  });

  test('names the part of each server once, in the order in which they were asked', () => {
    const attempts = [attempt(first), attempt(second, unreachable(second)), attempt(third), attempt(first)];
    expect(summary(attempts)).toEqual({
      failure:
        'no reply from udp://192.0.2.1:53 in 2 tries; no way to reach udp://192.0.2.2:53; ' +
        'no reply from udp://192.0.2.3:53 in one try',
      server: 'udp://192.0.2.1:53',
    });
  });

  test('tells what a server said rather than its silence', () => {
    for (const attempts of [
      [attempt(first), attempt(first, refused(first))],
      [attempt(first, refused(first)), attempt(first)],
    ]) {
      expect(summary(attempts)).toEqual(refused(first));
    }
  });

  test('has the response code that a server gave', () => {
    expect(summary([attempt(first, unreachable(first)), attempt(second, refused(second))])).toEqual({
      ...refused(second),
      failure: 'no way to reach udp://192.0.2.1:53; REFUSED from udp://192.0.2.2:53',
    });
  });

  test('of no attempts is empty', () => {
    expect(summary([])).toEqual({ failure: '', server: '' });
  });
});
