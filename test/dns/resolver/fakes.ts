import type { Attempt, PendingQuestion, ServerPolicy } from '../../../src/dns/resolver/question.js';
import { createPendingQuestion } from '../../../src/dns/resolver/question.js';
import { createUpstream, startUpstream, type Upstream } from '../../../src/dns/resolver/upstream.js';
import { openUpstreams, type Upstreams } from '../../../src/dns/resolver/upstreams.js';
import type { OpenServer, Server } from '../../../src/dns/transport/index.js';
import type { Failed, Outcome, Query, Transport } from '../../../src/dns/transport/transport.js';
import type { RecordType } from '../../../src/dns/wire/record-types.js';
import type { Reply } from '../../../src/dns/wire/reply.js';
import type { Random } from '../../../src/util/random.js';
import { createFakeSockets } from '../../helpers/fake-sockets.js';
import { createVirtualClock, type VirtualClock } from '../../simulation/virtual-clock.js';

/** The URL of a server; 1 is the first one. */
export const urlOf = (number: number): string => `udp://192.0.2.${number}:53`;

export const serverAt = (number: number): Server => ({
  scheme: 'udp',
  url: urlOf(number),
  address: `192.0.2.${number}`,
  port: 53,
});

/** A reply with an address. */
export const replyFrom = (server: string, reply: Partial<Reply> = {}): Outcome => ({
  reply: { rcode: 'NOERROR', truncated: false, addresses: ['192.0.2.80'], ...reply },
  server,
});

/** A reply in which a server refuses to answer. */
export const refusalFrom = (server: string): Outcome =>
  replyFrom(server, { rcode: 'REFUSED', addresses: [] });

export const failureOf = (server: string, changes: Partial<Failed> = {}): Failed => ({
  failure: `connection reset by ${server}`,
  server,
  ...changes,
});

/** A failure that every other try would meet again. */
export const permanentFailureOf = (server: string): Failed => ({
  failure: `certificate from an unknown issuer at ${server}`,
  server,
  isPermanent: true,
});

/** A reply that did not fit into a datagram. */
export const truncationOf = (server: string): Failed => ({
  failure: `truncated reply from ${server}`,
  server,
  hasReplied: true,
  isTruncated: true,
});

/** Random numbers with which pauses have no jitter. */
export const withoutJitter: Random = { fraction: () => 0.5, uint16: () => 0, below: () => 0 };

/** A query as a server gets it. */
export interface ReceivedQuery {
  readonly name: string;
  readonly type: RecordType;
  /** The URL of the server. */
  readonly url: string;
  readonly needsStream: boolean;
  /** Milliseconds since the clock was created. */
  readonly time: number;
  isSuspected: boolean;
  isForgotten: boolean;
  /** Ends the query with a reply or a failure, unless the resolver has told the transport to forget it. */
  end(outcome: Outcome): void;
}

/** The way to a server, which the test may change. */
export interface Way {
  kind: Transport<Query>['kind'];
  /** How many more queries the transport would send, in a datagram and over a stream. */
  room: number;
  streamRoom: number;
  /** Whether its connection has answered others, and fell silent. */
  isSilent: boolean;
  isClosed: boolean;
}

/** A run whose servers are played by the test, in virtual time. */
export interface FakeRun {
  readonly run: Upstreams;
  readonly clock: VirtualClock;
  /** All queries, in the order in which they were sent. */
  readonly received: ReceivedQuery[];
  wayTo(url: string): Way;
  /** Returns the upstream of a server. */
  upstream(number: number): Upstream<Attempt>;
  /** Returns the upstreams of this many servers. */
  upstreams(count: number): Upstream<Attempt>[];
  /** Ends all queries together, as a transport does when its socket fails: none of them can be forgotten any longer. */
  endAll(outcome: Outcome): void;
  /** Lets time pass, and what is due in that time happen; without a time, only what is due now. */
  pass(milliseconds?: number): Promise<void>;
  /** How many turns of the event loop had something to do at their ends. */
  turns(): number;
  /** Lets the clock jump, as after the process was busy. */
  jump(milliseconds: number): void;
}

interface FakeRunOptions {
  readonly timeout?: number | undefined;
  readonly rate?: number | undefined;
  readonly random?: Random | undefined;
}

/** Opens a run. */
export function openFakeRun({ timeout = 3000, rate, random = withoutJitter }: FakeRunOptions = {}): FakeRun {
  const clock = createVirtualClock();
  const received: ReceivedQuery[] = [];
  const ways = new Map<string, Way>();
  /** The queries that have no outcome and are not forgotten. */
  const unanswered = new Map<ReceivedQuery, (outcome: Outcome) => void>();
  let jumped = 0;
  let turns = 0;

  const wayTo = (url: string): Way => {
    const way = ways.get(url) ?? {
      kind: 'datagram' as const,
      room: Number.POSITIVE_INFINITY,
      streamRoom: Number.POSITIVE_INFINITY,
      isSilent: false,
      isClosed: false,
    };
    ways.set(url, way);
    return way;
  };

  const openServer: OpenServer = <Q extends Query>(
    { url }: Server,
    context: { settled(query: Q, outcome: Outcome): void },
  ) => {
    const way = wayTo(url);
    const known = new Map<Q, ReceivedQuery>();
    return {
      get kind() {
        return way.kind;
      },
      capacity: (needsStream: boolean) => (needsStream ? way.streamRoom : way.room),
      ask(query: Q) {
        const { question, needsStream } = query;
        const each: ReceivedQuery = {
          name: question.name,
          type: question.type,
          url,
          needsStream,
          time: clock.now(),
          isSuspected: false,
          isForgotten: false,
          end(outcome) {
            const settle = unanswered.get(each);
            unanswered.delete(each);
            settle?.(outcome);
          },
        };
        known.set(query, each);
        unanswered.set(each, (outcome) => context.settled(query, outcome));
        received.push(each);
      },
      suspect(query: Q) {
        const each = known.get(query);
        if (each) each.isSuspected = true;
        return way.isSilent ? { wasTooMuch: false } : undefined;
      },
      forget(query: Q) {
        const each = known.get(query);
        if (each && unanswered.delete(each)) each.isForgotten = true;
      },
      close() {
        way.isClosed = true;
      },
    };
  };

  const now = () => clock.now() + jumped;
  const endOfTurn = (callback: () => void) =>
    clock.endOfTurn(() => {
      turns++;
      callback();
    });
  const platform = {
    clock: { ...clock, now, endOfTurn },
    random,
    sockets: createFakeSockets(),
  };
  const run = openUpstreams({ platform, timeout, rate, openServer });
  const upstream = (number: number) => run.of(serverAt(number));
  return {
    run,
    clock,
    received,
    wayTo,
    upstream,
    upstreams: (count) => Array.from({ length: count }, (_, index) => upstream(index + 1)),
    endAll(outcome) {
      const all = [...unanswered.values()];
      unanswered.clear();
      for (const settle of all) settle(outcome);
    },
    pass(milliseconds = 0) {
      const end = new Promise<void>((resolve) => void clock.setTimer(milliseconds, resolve));
      return clock.play(end, Number.POSITIVE_INFINITY);
    },
    turns: () => turns,
    jump(milliseconds) {
      jumped += milliseconds;
    },
  };
}

/** Creates a question; its answer goes nowhere. */
export const pendingQuestion = (name = 'x.dev', policy?: ServerPolicy): PendingQuestion =>
  createPendingQuestion(
    { name, type: 'A' },
    policy,
    () => {},
    () => {},
  );

/** Sends a new question to each upstream in turn, at 0 ms. */
export function sentTo({ run }: FakeRun, ...upstreams: readonly Upstream<Attempt>[]): PendingQuestion {
  const pending = pendingQuestion();
  for (const upstream of upstreams) run.send(pending, upstream, 0);
  return pending;
}

/**
 * Creates an upstream that is ready to be asked, and whose transport sends nothing.
 *
 * @param changes what is different about its transport.
 * @param window how many queries may be in flight at first.
 */
export function startedUpstream(
  number: number,
  changes: Partial<Transport<Attempt>> = {},
  window?: number,
): Upstream<Attempt> {
  const upstream = createUpstream<Attempt>(serverAt(number));
  const suspect = () => undefined;
  startUpstream(
    upstream,
    { kind: 'datagram', capacity: () => 1, ask() {}, suspect, forget() {}, close() {}, ...changes },
    window,
  );
  return upstream;
}

/** The parts of an attempt that the choice of the next upstream depends on. */
export const attemptAt = (upstream: Upstream<Attempt>, outcome?: Outcome) => ({ upstream, outcome, sent: 1 });
