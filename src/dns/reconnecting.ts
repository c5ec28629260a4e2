import type { Connect, Request } from './connection.js';
import { type Link, openLink } from './link.js';
import type { Outcome, Server, Transport } from './transport.js';

interface Pending extends Request {
  readonly settle: (outcome: Outcome) => void;
  /** How often it came to nothing by itself. */
  strikes: number;
}

/** What comes to nothing by itself so often fails. */
const maximumStrikes = 3;
/** So many connections in a row without one answer are a server that gives none. */
const maximumBarren = 8;

/**
 * Asks over one connection, many questions at once, all that is asked within one turn of the event loop together.
 * The connection is made when it is needed, and again when it ends or falls silent. What was in flight is then
 * asked again (RFC 7766 section 6.2.4) on a new one, which gets as many requests as the last one answered, and more
 * as it answers them: a server that closes after each answer is asked nearly one by one.
 *
 * @param timeout milliseconds after which a connection that gives no answer is silent.
 */
export function openReconnecting({ url }: Server, timeout: number, connect: Connect): Transport {
  const waiting = new Set<Pending>();
  const links = new Set<Link<Pending>>();
  let current: Link<Pending> | undefined;
  let allowance = Number.POSITIVE_INFINITY;
  let barren = 0;
  let scheduled = false;

  const schedule = () => {
    if (scheduled || waiting.size === 0) return;
    scheduled = true;
    setImmediate(flush);
  };

  const flush = () => {
    scheduled = false;
    if (waiting.size === 0) return;
    current ??= dial();
    current.fill(waiting);
  };

  const dial = () => {
    const connection = connect<Pending>({
      answered,
      unanswered,
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

  const retire = (link: Link<Pending>) => {
    if (current === link) current = undefined;
    schedule();
  };

  /** Takes back what is in flight on a connection that is no more. */
  const release = (link: Link<Pending>): Pending[] => {
    links.delete(link);
    const left = link.release();
    // Behind all others, so that one that connections end of does not keep the others from being asked.
    for (const request of left) waiting.add(request);
    retire(link);
    return left;
  };

  const ended = (link: Link<Pending>, failure: string, hopeless: boolean) => {
    if (!links.has(link)) return;
    const left = release(link);
    if (left.length > 0) allowance = Math.max(link.answers, 1);
    if (link.answers > 0) return;
    if (left.length > 0) barren++;
    if (hopeless || barren >= maximumBarren) fail([...waiting], failure);
    else if (left.length === 1) strike(left, failure);
  };

  const strike = (requests: readonly Pending[], failure: string) => {
    for (const request of requests) request.strikes++;
    fail(
      requests.filter(({ strikes }) => strikes >= maximumStrikes),
      failure,
    );
  };

  const fail = (requests: readonly Pending[], failure: string) => {
    for (const request of requests) waiting.delete(request);
    for (const { settle } of requests) settle({ failure, server: url });
  };

  /** Takes a request off its connection; undefined where it is on none. */
  const takeOff = (request: Pending, answers: 0 | 1): Link<Pending> | undefined => {
    waiting.delete(request);
    for (const link of links) if (link.remove(request, answers)) return link;
    return undefined;
  };

  const answered = (request: Pending, outcome: Outcome) => {
    if (!takeOff(request, 1)) return;
    barren = 0;
    schedule();
    request.settle(outcome);
  };

  const unanswered = (request: Pending, failure: string) => {
    const link = takeOff(request, 0);
    if (link === undefined) return;
    waiting.add(request);
    schedule();
    // A connection that takes no more may leave out what it has got already.
    if (link === current) strike([request], failure);
  };

  return {
    reliable: true,
    keepsTime: false,
    ask(question, settle) {
      const request: Pending = { question, settle, strikes: 0 };
      waiting.add(request);
      schedule();
      return () => {
        takeOff(request, 0);
        request.forget?.();
        schedule();
      };
    },
    close() {
      for (const link of links) {
        release(link);
        link.connection.destroy();
      }
      waiting.clear();
    },
  };
}
