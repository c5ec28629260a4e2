import type { Connect } from './connection.js';
import { type Link, openLink } from './link.js';
import type { Outcome, Query, Server, Settled, Transport } from './transport.js';

/** What comes to nothing by itself so often fails. */
const maximumStrikes = 3;
/** So many connections in a row without one answer are a server that gives none. */
const maximumBarren = 8;

/**
 * Asks over one connection, many questions at once, all that is asked within one turn of the event loop together.
 * The connection is made when it is needed, and again when it ends or falls silent. What was in flight is then
 * asked again (RFC 7766 section 6.2.4) on a new one, which gets as many queries as the last one answered, and more
 * as it answers them: a server that closes after each answer is asked nearly one by one.
 *
 * @param timeout milliseconds after which a connection that gives no answer is silent.
 */
export function openReconnecting<Q extends Query>(
  { url }: Server,
  timeout: number,
  settled: Settled<Q>,
  connect: Connect<Q>,
): Transport<Q> {
  let waiting: Q[] = [];
  const links = new Set<Link<Q>>();
  /** How often a query came to nothing by itself. */
  const strikes = new Map<Q, number>();
  let current: Link<Q> | undefined;
  let allowance = Number.POSITIVE_INFINITY;
  let barren = 0;
  let scheduled = false;

  const schedule = () => {
    if (scheduled || waiting.length === 0) return;
    scheduled = true;
    process.nextTick(flush);
  };

  const flush = () => {
    scheduled = false;
    if (waiting.length === 0) return;
    current ??= dial();
    current.fill(waiting);
  };

  const dial = () => {
    const connection = connect({
      answered(query, outcome) {
        link.answered();
        barren = 0;
        settle(query, outcome);
        schedule();
      },
      unanswered(query, failure) {
        link.takenBack();
        waiting.push(query);
        schedule();
        // A connection that takes no more may leave out what it has got already.
        if (link === current) strike(query, failure);
      },
      freed: schedule,
      retired: () => retire(link),
      ended: (failure, hopeless) => ended(link, failure, hopeless),
    });
    const silent = () => {
      release(link);
      connection.destroy();
    };
    const link = openLink(connection, allowance, timeout, { grown: schedule, silent });
    links.add(link);
    return link;
  };

  const retire = (link: Link<Q>) => {
    if (current === link) current = undefined;
    schedule();
  };

  /** Takes back what is in flight on a connection that is no more. */
  const release = (link: Link<Q>): Q[] => {
    links.delete(link);
    const left = link.release();
    // Behind all others, so that one that connections end of does not keep the others from being asked.
    waiting.push(...left);
    retire(link);
    return left;
  };

  const ended = (link: Link<Q>, failure: string, hopeless: boolean) => {
    if (!links.has(link)) return;
    const left = release(link);
    if (left.length > 0) allowance = Math.max(link.answers(), 1);
    if (link.answers() > 0) return;
    if (left.length > 0) barren++;
    if (hopeless || barren >= maximumBarren) fail(waiting, failure);
    else if (left[0] && left.length === 1) strike(left[0], failure);
  };

  const strike = (query: Q, failure: string) => {
    const count = (strikes.get(query) ?? 0) + 1;
    strikes.set(query, count);
    if (count >= maximumStrikes) fail([query], failure);
  };

  const fail = (queries: readonly Q[], failure: string) => {
    const failed = new Set(queries);
    waiting = waiting.filter((query) => !failed.has(query));
    for (const query of queries) settle(query, { failure, server: url });
  };

  const settle = (query: Q, outcome: Outcome) => {
    if (strikes.size > 0) strikes.delete(query);
    settled(query, outcome);
  };

  return {
    reliable: true,
    keepsTime: false,
    ask(query) {
      query.reliable = true;
      waiting.push(query);
      schedule();
    },
    forget(query) {
      strikes.delete(query);
      for (const link of links) {
        if (!link.connection.forget(query)) continue;
        link.takenBack();
        schedule();
        return;
      }
      if (waiting.length > 0) waiting = waiting.filter((other) => other !== query);
    },
    close() {
      for (const link of links) {
        release(link);
        link.connection.destroy();
      }
      waiting = [];
    },
  };
}
