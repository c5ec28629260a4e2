import { describeNetworkError } from '../../../util/network-failure.js';
import { oncePerTurn } from '../../../util/once-per-turn.js';
import type { Endpoint, Failed, Query, Silence, Transport, TransportContext } from '../transport.js';
import type { Connect, Connection, ConnectionEvents } from './connection.js';
import type { Ending } from './ending.js';
import { countAnswer, countOverdue, createLine, fallSilent, isShownToBeLimited, type Line } from './line.js';
import { createQuota } from './quota.js';

/** Connections that fell silent are kept for late answers, no more than as many as a question has attempts. */
const maximumSilent = 6;
/** The most connections at a time, if the server limits the queries on one. */
const maximumAwaited = 4;

/**
 * Opens a transport that sends many queries on one connection. Queries that are asked in the same turn of the event loop
 * are sent together. It connects when the first query is asked, and again when the connection ends or falls silent. Queries
 * in flight on a connection that ends fail; if the connection has answered others, they may be asked again at once.
 */
export function openReconnecting<Q extends Query>(
  endpoint: Endpoint,
  { platform: { clock }, settled }: TransportContext<Q>,
  connect: Connect<Q>,
): Transport<Q> {
  const { url } = endpoint;
  let waiting: Q[] = [];
  /** The connection that new queries go to, and older ones that still have queries in flight. */
  let current: Line<Q> | undefined;
  const older = new Set<Line<Q>>();
  const quota = createQuota();
  /** The most answers on one connection: so many queries are not too many. */
  let mostAnswers = 0;
  let lastFailure: string | undefined;

  const lines = () => (current ? [current, ...older] : [...older]);

  const flush = () => {
    if (waiting.length === 0 || capacity() <= 0) return;
    current ??= open();
    if (current === undefined) return;
    const batch = waiting.splice(0, capacity());
    for (const query of batch) query.position = ++current.sent;
    current.connection.send(batch);
    if (current.sent === current.quota) retire(current);
  };
  const flushSoon = oncePerTurn(clock, flush);
  const schedule = () => {
    if (waiting.length > 0) flushSoon();
  };

  /** Whether older connections still answer: a server that limits the queries on one is not sent many connections instead. */
  const areAwaited = () =>
    quota.value() !== Number.POSITIVE_INFINITY &&
    [...older].filter(({ connection, overdue }) => connection.count() > overdue.size).length >=
      maximumAwaited;

  /** How many queries could be sent now, those that wait included. */
  const capacity = (): number => {
    if (current) return Math.min(current.quota - current.sent, current.connection.capacity());
    return areAwaited() ? 0 : quota.value();
  };

  /** Sends no more queries on a connection, which still answers those that it has. */
  const retire = (line: Line<Q>) => {
    if (current !== line) return;
    current = undefined;
    older.add(line);
    closeIfDone(line);
    schedule();
  };

  const closeIfDone = (line: Line<Q>) => {
    schedule();
    if (line.connection.count() > 0 || !older.delete(line)) return;
    if (line.answers === line.quota) quota.recordFull();
    line.connection.destroy();
  };

  const open = (): Line<Q> | undefined => {
    const events: ConnectionEvents<Q> = {
      settled(query, outcome) {
        line.overdue.delete(query);
        if ('reply' in outcome || (outcome.hasReplied && !outcome.isUnprocessed)) answered(line, query);
        settled(query, outcome);
        closeIfDone(line);
      },
      capacityFreed: schedule,
      retired: () => retire(line),
      ended: (ending) => ended(line, ending),
    };
    const connection = tryToConnect(events);
    if (connection === undefined) return undefined;
    const line = createLine(connection, quota.value());
    return line;
  };

  const answered = (line: Line<Q>, query: Q) => {
    countAnswer(line, query, clock.now());
    mostAnswers = Math.max(mostAnswers, line.answers);
    if (line.silence) return recordLateAnswer(line.silence);
    for (const other of older) if (isShownToBeLimited(other, query)) recordLimit(other);
  };

  /** Records that a connection fell silent because it was sent too much. */
  const recordLimit = ({ silence, lastAnswered, sent }: Line<Q>) => {
    if (silence) silence.wasTooMuch = true;
    quota.recordLimit(lastAnswered, sent);
  };

  /** A connection that answers after it fell silent was only slow, and not sent too much. */
  const recordLateAnswer = (silence: Silence) => {
    if (!silence.wasTooMuch) return;
    silence.wasTooMuch = false;
    quota.recordLateAnswer();
  };

  const tryToConnect = (events: ConnectionEvents<Q>): Connection<Q> | undefined => {
    try {
      return connect(events);
    } catch (error) {
      const failure =
        error instanceof Error ? describeNetworkError(error, endpoint) : `no connection to ${url}`;
      for (const query of waiting.splice(0)) settled(query, { failure, server: url, isPermanent: true });
      return undefined;
    }
  };

  const ended = (line: Line<Q>, { failure, kind }: Ending) => {
    const isCurrent = line === current;
    if (isCurrent) current = undefined;
    else if (!older.delete(line)) return;
    const unanswered = line.connection.forgetAll();
    if (unanswered.length > 0 && line.silence === undefined) quota.recordLimit(line.answers, line.sent);
    fail(
      unanswered,
      line.answers > 0 ? { failure, server: url, isUnprocessed: true } : failed(failure, kind),
    );
    // Without a connection, those that have not been sent cannot be sent either.
    if (isCurrent && line.answers === 0 && kind !== 'broken') fail(waiting.splice(0), failed(failure, kind));
    lastFailure = failure;
    schedule();
  };

  const failed = (failure: string, kind: Ending['kind']): Failed => {
    const isRepeated = failure === lastFailure;
    // A server that has answered can do so again: something else is in the way.
    const isPermanent = mostAnswers === 0 && (kind === 'certificate' || (kind === 'protocol' && isRepeated));
    return { failure, server: url, ...(isPermanent && { isPermanent }) };
  };

  const fail = (queries: readonly Q[], outcome: Failed) => {
    for (const query of queries) settled(query, outcome);
  };

  /** Whether nothing has come since a query was sent; or, if the server limits the queries on a connection, nothing more is to come. */
  const hasFallenSilent = ({ answeredAt, quota: limit, connection, overdue }: Line<Q>, sentAt: number) =>
    answeredAt <= sentAt || (limit !== Number.POSITIVE_INFINITY && connection.count() === overdue.size);

  /** Uses a connection no more on which nothing comes. */
  const abandon = (line: Line<Q>) => {
    if (line.silence) return;
    fallSilent(line);
    if (line.answers === 0 ? line.sent > mostAnswers : quota.isKnown()) recordLimit(line);
    retire(line);
    schedule();
    const [oldest] = older;
    if (older.size <= maximumSilent || oldest === undefined) return;
    older.delete(oldest);
    oldest.connection.forgetAll();
    oldest.connection.destroy();
  };

  return {
    kind: 'stream',
    capacity: () => capacity() - waiting.length,
    ask(query) {
      waiting.push(query);
      schedule();
    },
    suspect(query, sentAt) {
      const line = lines().find(({ connection }) => connection.has(query));
      if (line) countOverdue(line, query);
      const fellSilent = line !== undefined && hasFallenSilent(line, sentAt);
      if (fellSilent) abandon(line);
      // It has not been sent yet, and need not be any more.
      if (line === undefined) waiting = waiting.filter((other) => other !== query);
      schedule();
      return fellSilent && line.answers > 0 ? line.silence : undefined;
    },
    forget(query) {
      for (const line of lines()) {
        if (!line.connection.forget(query)) continue;
        line.overdue.delete(query);
        return closeIfDone(line);
      }
      if (waiting.length > 0) waiting = waiting.filter((other) => other !== query);
    },
    close() {
      for (const { connection } of lines()) {
        connection.forgetAll();
        connection.destroy();
      }
      waiting = [];
    },
  };
}
