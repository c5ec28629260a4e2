import { describeNetworkError } from '../../../util/network-failure.js';
import type { ConnectedTransport, Endpoint, OnSettled, Outcome, Query } from '../transport.js';
import type { Connect, Connection, ConnectionEvents, Ending } from './connection.js';
import { type LimitedConnection, openLimitedConnection } from './limited-connection.js';
import { createSilentConnections } from './silent-connections.js';

/** A query fails after it has failed by itself this many times. */
const maximumQueryFailures = 3;
/** All queries fail after this many consecutive connections without an answer, and after each further one. */
const maximumUnansweredConnections = 4;
/** Milliseconds before the next connection after two without an answer. The delay doubles with each further one. */
const firstDelay = 10;
const maximumDelay = 250;

/**
 * Opens a transport that sends many queries on one connection. Queries that are asked in the same turn of the event loop
 * are sent together. It connects when the first query is asked, and again when the connection ends or falls silent.
 * Queries that were in flight are then sent again on the new connection (RFC 7766 section 6.2.4). At first, a new
 * connection is sent only as many queries as the last one answered, and more as it answers them: a server that closes
 * each connection after one reply is sent little more than one query at a time. Connections that end without an answer
 * follow each other more and more slowly.
 *
 * @param timeout milliseconds without an answer after which a connection counts as silent.
 * @param connect opens a connection, and is told where to report its events.
 */
export function openReconnecting<Q extends Query>(
  endpoint: Endpoint,
  timeout: number,
  settled: OnSettled<Q>,
  connect: Connect<Q>,
): ConnectedTransport<Q> {
  const { url } = endpoint;
  let waiting: Q[] = [];
  const connections = new Set<LimitedConnection<Q>>();
  const silentConnections = createSilentConnections<Q>();
  /** How many times each query has failed by itself. */
  const failureCounts = new Map<Q, number>();
  /** The connection that new queries go to; older ones may still have queries in flight. */
  let current: LimitedConnection<Q> | undefined;
  let limit = Number.POSITIVE_INFINITY;
  let hasAnswered = false;
  /** Consecutive connections without an answer, and how the last of them ended. */
  let unansweredConnections = 0;
  let lastFailure: string | undefined;
  /** Runs while no connection may be opened. */
  let delay: NodeJS.Timeout | undefined;
  let scheduled = false;

  const isDelayed = () => current === undefined && delay !== undefined;

  const schedule = () => {
    if (scheduled || isDelayed() || waiting.length === 0) return;
    scheduled = true;
    setImmediate(flush);
  };

  const flush = () => {
    scheduled = false;
    if (waiting.length === 0 || isDelayed()) return;
    current ??= open();
    current?.sendFrom(waiting);
  };

  /** Opens no connection for a while if the last ones were of no use. */
  const slowDown = () => {
    if (unansweredConnections < 2) return;
    const milliseconds = Math.min(firstDelay * 2 ** (unansweredConnections - 2), maximumDelay, timeout / 8);
    clearTimeout(delay);
    delay = setTimeout(() => {
      delay = undefined;
      schedule();
    }, milliseconds);
  };

  const open = (): LimitedConnection<Q> | undefined => {
    const connection = tryToConnect({
      answered(query, outcome) {
        const isInFlight = connections.has(limited);
        if (isInFlight) limited.countAnswer();
        else if (silentConnections.isWanted(limited.connection, query)) withdraw(query);
        else return;
        hasAnswered = true;
        lastFailure = undefined;
        unansweredConnections = 0;
        settle(query, outcome);
        schedule();
      },
      unanswered(query, failure) {
        if (!connections.has(limited)) return;
        limited.uncount();
        waiting.push(query);
        schedule();
        // A retired connection may drop queries that it had accepted; that is not their fault.
        if (limited === current) countFailure(query, failure);
      },
      roomFreed: schedule,
      retired: () => retire(limited),
      ended: (ending) => ended(limited, ending),
    });
    if (connection === undefined) return undefined;
    const silent = () => {
      silentConnections.add(connection);
      abandon(limited, connection.inFlight());
    };
    const limited = openLimitedConnection(connection, limit, timeout, { raised: schedule, silent });
    connections.add(limited);
    return limited;
  };

  const tryToConnect = (events: ConnectionEvents<Q>): Connection<Q> | undefined => {
    try {
      return connect(events);
    } catch (error) {
      const failure =
        error instanceof Error ? describeNetworkError(error, endpoint) : `no connection to ${url}`;
      fail(waiting, failure, true);
      return undefined;
    }
  };

  /** Stops sending queries on a connection. */
  const retire = (limited: LimitedConnection<Q>) => {
    if (current === limited) current = undefined;
    schedule();
  };

  /** Abandons a connection. Its queries wait to be sent again. */
  const abandon = (limited: LimitedConnection<Q>, queries: readonly Q[]) => {
    connections.delete(limited);
    limited.stop();
    // They go to the end of the queue: one of them may be what ended the connection, and must not hold up the others.
    waiting.push(...queries);
    retire(limited);
  };

  const ended = (limited: LimitedConnection<Q>, { failure, kind }: Ending) => {
    silentConnections.delete(limited.connection);
    if (!connections.has(limited)) return;
    const unanswered = limited.connection.forgetAll();
    const answers = limited.answerCount();
    if (unanswered.length > 0) limit = Math.max(answers, 1);
    const wasNeeded = unanswered.length + waiting.length > 0;
    if (answers === 0 && (wasNeeded || kind !== 'broken')) unansweredConnections++;
    slowDown();
    abandon(limited, unanswered);
    if (answers > 0) return;
    const isRepeated = failure === lastFailure;
    lastFailure = failure;
    // A server that has answered can do so again: something else is in the way.
    const isPermanent = !hasAnswered && (kind === 'certificate' || (kind === 'protocol' && isRepeated));
    if (isPermanent || kind === 'certificate' || kind === 'unavailable') fail(waiting, failure, isPermanent);
    else if (unansweredConnections >= maximumUnansweredConnections) fail(waiting, failure);
    else if (unanswered[0] && unanswered.length === 1) countFailure(unanswered[0], failure);
  };

  const countFailure = (query: Q, failure: string) => {
    const count = (failureCounts.get(query) ?? 0) + 1;
    failureCounts.set(query, count);
    if (count >= maximumQueryFailures) fail([query], failure);
  };

  const fail = (queries: readonly Q[], failure: string, isPermanent = false) => {
    const failed = new Set(queries);
    waiting = waiting.filter((query) => !failed.has(query));
    const outcome = { failure, server: url, ...(isPermanent && { isPermanent }) };
    for (const query of queries) settle(query, outcome);
  };

  const settle = (query: Q, outcome: Outcome) => {
    if (failureCounts.size > 0) failureCounts.delete(query);
    silentConnections.forget(query);
    settled(query, outcome);
  };

  /** Takes a query back, wherever it is. */
  const withdraw = (query: Q) => {
    for (const limited of connections) {
      if (!limited.connection.forget(query)) continue;
      limited.countForgotten();
      schedule();
      return;
    }
    if (waiting.length > 0) waiting = waiting.filter((other) => other !== query);
  };

  return {
    unanswered: () => [...waiting, ...[...connections].flatMap(({ connection }) => connection.inFlight())],
    reliable: true,
    enforcesTimeout: false,
    ask(query) {
      query.reliable = true;
      waiting.push(query);
      schedule();
    },
    forget(query) {
      failureCounts.delete(query);
      silentConnections.forget(query);
      withdraw(query);
    },
    close() {
      clearTimeout(delay);
      for (const limited of connections) {
        connections.delete(limited);
        limited.stop();
        limited.connection.forgetAll();
        limited.connection.destroy();
      }
      silentConnections.close();
      waiting = [];
    },
  };
}
