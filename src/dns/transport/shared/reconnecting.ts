import type { Endpoint, OnSettled, Outcome, Query, Transport } from '../transport.js';
import type { Connect } from './connection.js';
import { type LimitedConnection, openLimitedConnection } from './limited-connection.js';

/** A query fails after it has failed by itself this many times. */
const maximumQueryFailures = 3;
/** All queries fail after this many consecutive connections without an answer. */
const maximumUnansweredConnections = 8;

/**
 * Opens a transport that sends many queries on one connection. Queries that are asked in the same turn of the event loop
 * are sent together. It connects when the first query is asked, and again when the connection ends or falls silent.
 * Queries that were in flight are then sent again on the new connection (RFC 7766 section 6.2.4). At first, a new
 * connection is sent only as many queries as the last one answered, and more as it answers them: a server that closes
 * each connection after one reply is sent little more than one query at a time.
 *
 * @param timeout milliseconds without an answer after which a connection counts as silent.
 * @param connect opens a connection, and is told where to report its events.
 */
export function openReconnecting<Q extends Query>(
  { url }: Endpoint,
  timeout: number,
  settled: OnSettled<Q>,
  connect: Connect<Q>,
): Transport<Q> {
  let waiting: Q[] = [];
  const connections = new Set<LimitedConnection<Q>>();
  /** How many times each query has failed by itself. */
  const failureCounts = new Map<Q, number>();
  /** The connection that new queries go to; older ones may still have queries in flight. */
  let current: LimitedConnection<Q> | undefined;
  let limit = Number.POSITIVE_INFINITY;
  let unansweredConnections = 0;
  let scheduled = false;

  const schedule = () => {
    if (scheduled || waiting.length === 0) return;
    scheduled = true;
    setImmediate(flush);
  };

  const flush = () => {
    scheduled = false;
    if (waiting.length === 0) return;
    current ??= open();
    current.sendFrom(waiting);
  };

  const open = () => {
    const connection = connect({
      answered(query, outcome) {
        limited.countAnswer();
        unansweredConnections = 0;
        settle(query, outcome);
        schedule();
      },
      unanswered(query, failure) {
        limited.uncount();
        waiting.push(query);
        schedule();
        // A retired connection may drop queries that it had accepted; that is not their fault.
        if (limited === current) countFailure(query, failure);
      },
      roomFreed: schedule,
      retired: () => retire(limited),
      ended: (failure, permanent) => ended(limited, failure, permanent),
    });
    const silent = () => {
      release(limited);
      connection.destroy();
    };
    const limited = openLimitedConnection(connection, limit, timeout, { raised: schedule, silent });
    connections.add(limited);
    return limited;
  };

  /** Stops sending queries on a connection. */
  const retire = (limited: LimitedConnection<Q>) => {
    if (current === limited) current = undefined;
    schedule();
  };

  /** Abandons a connection. Its unanswered queries wait to be sent again, and are returned. */
  const release = (limited: LimitedConnection<Q>): Q[] => {
    connections.delete(limited);
    const unanswered = limited.release();
    // They go to the end of the queue: one of them may be what ended the connection, and must not hold up the others.
    waiting.push(...unanswered);
    retire(limited);
    return unanswered;
  };

  const ended = (limited: LimitedConnection<Q>, failure: string, permanent: boolean) => {
    if (!connections.has(limited)) return;
    const unanswered = release(limited);
    if (unanswered.length > 0) limit = Math.max(limited.answerCount(), 1);
    if (limited.answerCount() > 0) return;
    if (unanswered.length > 0) unansweredConnections++;
    if (permanent || unansweredConnections >= maximumUnansweredConnections) fail(waiting, failure);
    else if (unanswered[0] && unanswered.length === 1) countFailure(unanswered[0], failure);
  };

  const countFailure = (query: Q, failure: string) => {
    const count = (failureCounts.get(query) ?? 0) + 1;
    failureCounts.set(query, count);
    if (count >= maximumQueryFailures) fail([query], failure);
  };

  const fail = (queries: readonly Q[], failure: string) => {
    const failed = new Set(queries);
    waiting = waiting.filter((query) => !failed.has(query));
    for (const query of queries) settle(query, { failure, server: url });
  };

  const settle = (query: Q, outcome: Outcome) => {
    if (failureCounts.size > 0) failureCounts.delete(query);
    settled(query, outcome);
  };

  return {
    reliable: true,
    enforcesTimeout: false,
    ask(query) {
      query.reliable = true;
      waiting.push(query);
      schedule();
    },
    forget(query) {
      failureCounts.delete(query);
      for (const limited of connections) {
        if (!limited.connection.forget(query)) continue;
        limited.uncount();
        schedule();
        return;
      }
      if (waiting.length > 0) waiting = waiting.filter((other) => other !== query);
    },
    close() {
      for (const limited of connections) {
        release(limited);
        limited.connection.destroy();
      }
      waiting = [];
    },
  };
}
