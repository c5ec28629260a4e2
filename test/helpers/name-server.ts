import { isIPv6 } from 'node:net';
import { perform, type Script } from './name-server/action.js';
import { type Query, type Question, readQuestion } from './name-server/query.js';
import { encodeError } from './name-server/reply.js';
import { listenSecure, type Secure } from './name-server/secure.js';
import { listenTcp } from './name-server/tcp.js';
import { hasCode, listenUdp, type Receive, type Service } from './name-server/udp.js';
import { denyingCompactly, fromZone, type Zone } from './name-server/zone.js';

export * from './name-server/alterations.js';
export * from './name-server/replies.js';
export * from './name-server/timing.js';
export { denyingCompactly, fromZone, type Zone };

/** A name server on a loopback address, for tests. */
export interface NameServer {
  /** The port of both UDP and TCP, or that of TLS or HTTPS. */
  readonly port: number;
  /** `127.0.0.1:12345` or `[::1]:12345`. */
  readonly address: string;
  /** All valid queries in order of arrival. */
  readonly queries: readonly Query[];
  /** How many connections have been accepted. */
  readonly connections: number;
  /** Resolves as soon as `count` valid queries have arrived and their scripts have been performed. */
  received(count: number): Promise<void>;
  /** Closes all sockets and connections. Replies that are still held are not sent. */
  close(): Promise<void>;
}

/** Chooses the script for a query. */
export type Behaviour = (query: Query) => Script;

const always =
  (script: Script): Behaviour =>
  () =>
    script;

export interface NameServerOptions {
  /** The loopback address to listen on: `127.0.0.1` (the default) or `::1`. */
  readonly host?: string;
  /** Whether it also listens on TCP; true by default. If not, connections are refused. */
  readonly tcp?: boolean;
  /** How many replies are sent on a connection before the server closes it; no limit by default. */
  readonly repliesPerConnection?: number;
  /** Whether a query on a connection is read only after the one before it has been answered; false by default. */
  readonly oneAtATime?: boolean;
  /** Listens on TLS or HTTPS instead of UDP and TCP. */
  readonly secure?: Secure;
}

type Receiver = (transport: Query['transport']) => Receive;

async function listen(receiver: Receiver, options: NameServerOptions): Promise<Service> {
  const { host = '127.0.0.1', tcp = true, secure } = options;
  const { repliesPerConnection = Number.POSITIVE_INFINITY, oneAtATime = false } = options;
  const limits = { repliesPerConnection, oneAtATime };
  if (secure) return listenSecure(host, secure, limits, receiver(secure.protocol));
  const udp = await listenUdp(host, receiver('udp'));
  if (!tcp) return udp;
  try {
    const stream = await listenTcp(host, udp.port, limits, receiver('tcp'));
    return {
      ...stream,
      close: async () => void (await Promise.all([udp.close(), stream.close()])),
    };
  } catch (error) {
    await udp.close();
    throw error;
  }
}

/** Listens on UDP and TCP; if another program uses the chosen UDP port for TCP, tries again with another port. */
async function listenOnOnePort(receiver: Receiver, options: NameServerOptions, tries = 10): Promise<Service> {
  try {
    return await listen(receiver, options);
  } catch (error) {
    if (tries <= 1 || !hasCode(error, 'EADDRINUSE')) throw error;
    return listenOnOnePort(receiver, options, tries - 1);
  }
}

/** Records the queries that arrive. */
function createLog() {
  const queries: Query[] = [];
  const attempts = new Map<string, number>();
  let waiting: { count: number; resolve: () => void }[] = [];

  return {
    queries,
    /** Counts a query; 1 is the first with this name and type. */
    countAttempt({ name, type }: Question): number {
      const key = `${name} ${type}`;
      const attempt = (attempts.get(key) ?? 0) + 1;
      attempts.set(key, attempt);
      return attempt;
    },
    /** Resolves the promises whose number of queries has arrived. */
    notify(): void {
      if (waiting.length === 0) return;
      for (const { count, resolve } of waiting) if (queries.length >= count) resolve();
      waiting = waiting.filter(({ count }) => queries.length < count);
    },
    received: (count: number) =>
      new Promise<void>((resolve) => {
        if (queries.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
}

/**
 * Starts a name server.
 *
 * @param behaviour a zone to answer from, or a function that chooses a script for each query.
 */
export async function startNameServer(
  behaviour: Zone | Behaviour,
  options: NameServerOptions = {},
): Promise<NameServer> {
  const choose = typeof behaviour === 'function' ? behaviour : always(fromZone(behaviour));
  const log = createLog();

  const receiver: Receiver = (transport) => (message, port, client) => {
    const question = readQuestion(message);
    if (question === undefined) return;
    if (typeof question === 'string') return client.send(encodeError(message, question));
    const query = { ...question, transport, port, attempt: log.countAttempt(question) };
    log.queries.push(query);
    perform(choose(query), query, client);
    log.notify();
  };

  const { host = '127.0.0.1' } = options;
  const service = await listenOnOnePort(receiver, options);
  let closed: Promise<void> | undefined;
  return {
    port: service.port,
    address: `${isIPv6(host) ? `[${host}]` : host}:${service.port}`,
    queries: log.queries,
    get connections() {
      return service.connections?.() ?? 0;
    },
    received: log.received,
    close() {
      closed ??= service.close();
      return closed;
    },
  };
}
