import { describeNetworkError } from '../../../util/network-failure.js';
import { oncePerTurn } from '../../../util/once-per-turn.js';
import type { Endpoint, Failed, Query, Silence, Transport, TransportContext } from '../transport.js';
import type { Connect, Connection, ConnectionEvents } from './connection.js';
import type { Ending } from './ending.js';
import { createQuota } from './quota.js';
import {
  isShownToBeLimited,
  type TrackedConnection,
  track,
  trackAnswer,
  trackOverdue,
  trackSilence,
} from './tracked-connection.js';

/** The most silent connections that are kept open for late answers. */
const maximumSilent = 6;
/** The most connections with replies to come, if the server limits the queries on each. */
const maximumAwaited = 4;

/**
 * Opens a transport that sends many queries on one connection. Queries of the same turn of the event loop are sent
 * together. It connects at the first query, and again after the connection ends or falls silent. If a connection ends,
 * the queries in flight on it fail; if it had answered others, they may be asked again at once.
 */
export function openReconnecting<Q extends Query>(
  endpoint: Endpoint,
  { platform: { clock }, settled }: TransportContext<Q>,
  connect: Connect<Q>,
): Transport<Q> {
  const { url } = endpoint;
  let waiting: Q[] = [];
  /** The connection that new queries go to, and older ones with queries still in flight. */
  let current: TrackedConnection<Q> | undefined;
  const older = new Set<TrackedConnection<Q>>();
  const quota = createQuota();
  /** The most answers on one connection, which shows that this many queries are not too many. */
  let mostAnswers = 0;
  let lastFailure: string | undefined;

  const all = () => (current ? [current, ...older] : [...older]);

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

  /**
   * Whether enough older connections still answer: a server that limits the queries on one connection must not get many
   * connections instead.
   */
  const areAwaited = () =>
    quota.value() !== Number.POSITIVE_INFINITY &&
    [...older].filter(({ connection, overdue }) => connection.count() > overdue.size).length >=
      maximumAwaited;

  /** How many queries could be sent now, including those that wait. */
  const capacity = (): number => {
    if (current) return Math.min(current.quota - current.sent, current.connection.capacity());
    return areAwaited() ? 0 : quota.value();
  };

  /** Stops sending queries on a connection, which still answers those in flight. */
  const retire = (tracked: TrackedConnection<Q>) => {
    if (current !== tracked) return;
    current = undefined;
    older.add(tracked);
    closeIfDone(tracked);
    schedule();
  };

  const closeIfDone = (tracked: TrackedConnection<Q>) => {
    schedule();
    if (tracked.connection.count() > 0 || !older.delete(tracked)) return;
    if (tracked.answers === tracked.quota) quota.recordFull();
    tracked.connection.destroy();
  };

  const open = (): TrackedConnection<Q> | undefined => {
    const events: ConnectionEvents<Q> = {
      settled(query, outcome) {
        tracked.overdue.delete(query);
        if ('reply' in outcome || (outcome.hasReplied && !outcome.isUnprocessed)) answered(tracked, query);
        settled(query, outcome);
        closeIfDone(tracked);
      },
      capacityFreed: schedule,
      retired: () => retire(tracked),
      ended: (ending) => ended(tracked, ending),
    };
    const connection = tryToConnect(events);
    if (connection === undefined) return undefined;
    const tracked = track(connection, quota.value());
    return tracked;
  };

  const answered = (tracked: TrackedConnection<Q>, query: Q) => {
    trackAnswer(tracked, query, clock.now());
    mostAnswers = Math.max(mostAnswers, tracked.answers);
    if (tracked.silence) return recordLateAnswer(tracked.silence);
    for (const other of older) if (isShownToBeLimited(other, query)) recordLimit(other);
  };

  /** Records that a connection fell silent because it was sent too many queries. */
  const recordLimit = ({ silence, lastAnswered, sent }: TrackedConnection<Q>) => {
    if (silence) silence.wasTooMuch = true;
    quota.recordLimit(lastAnswered, sent);
  };

  /** Takes back a limit: a connection that answers after it fell silent was only slow. */
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

  const ended = (tracked: TrackedConnection<Q>, { failure, kind }: Ending) => {
    const isCurrent = tracked === current;
    if (isCurrent) current = undefined;
    else if (!older.delete(tracked)) return;
    const unanswered = tracked.connection.forgetAll();
    if (unanswered.length > 0 && tracked.silence === undefined)
      quota.recordLimit(tracked.answers, tracked.sent);
    fail(
      unanswered,
      tracked.answers > 0 ? { failure, server: url, isUnprocessed: true } : failed(failure, kind),
    );
    // If no connection can be made, the queries that wait cannot be sent either.
    if (isCurrent && tracked.answers === 0 && kind !== 'broken')
      fail(waiting.splice(0), failed(failure, kind));
    lastFailure = failure;
    schedule();
  };

  const failed = (failure: string, kind: Ending['kind']): Failed => {
    const isRepeated = failure === lastFailure;
    // A server that has answered before can do so again.
    const isPermanent = mostAnswers === 0 && (kind === 'certificate' || (kind === 'protocol' && isRepeated));
    return { failure, server: url, ...(isPermanent && { isPermanent }) };
  };

  const fail = (queries: readonly Q[], outcome: Failed) => {
    for (const query of queries) settled(query, outcome);
  };

  /**
   * Whether nothing has come since a query was sent. If the server limits the queries on a connection, it is enough
   * that all replies are overdue.
   */
  const hasFallenSilent = (
    { answeredAt, quota: limit, connection, overdue }: TrackedConnection<Q>,
    sentAt: number,
  ) => answeredAt <= sentAt || (limit !== Number.POSITIVE_INFINITY && connection.count() === overdue.size);

  /** Stops using a connection that has fallen silent. */
  const abandon = (tracked: TrackedConnection<Q>) => {
    if (tracked.silence) return;
    trackSilence(tracked);
    if (tracked.answers === 0 ? tracked.sent > mostAnswers : quota.isKnown()) recordLimit(tracked);
    retire(tracked);
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
      const tracked = all().find(({ connection }) => connection.has(query));
      if (tracked) trackOverdue(tracked, query);
      const fellSilent = tracked !== undefined && hasFallenSilent(tracked, sentAt);
      if (fellSilent) abandon(tracked);
      // The query still waits, and need not be sent any more.
      if (tracked === undefined) waiting = waiting.filter((other) => other !== query);
      schedule();
      return fellSilent && tracked.answers > 0 ? tracked.silence : undefined;
    },
    forget(query) {
      for (const tracked of all()) {
        if (!tracked.connection.forget(query)) continue;
        tracked.overdue.delete(query);
        return closeIfDone(tracked);
      }
      if (waiting.length > 0) waiting = waiting.filter((other) => other !== query);
    },
    close() {
      for (const { connection } of all()) {
        connection.forgetAll();
        connection.destroy();
      }
      waiting = [];
    },
  };
}
