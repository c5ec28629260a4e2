import { isIPv6 } from 'node:net';
import { perform, type Script } from './name-server/action.js';
import { type Query, type Question, readQuestion } from './name-server/query.js';
import { silent } from './name-server/replies.js';
import { encodeError } from './name-server/reply.js';
import { listenSecure, type Secure } from './name-server/secure.js';
import { listenTcp } from './name-server/tcp.js';
import { hasCode, listenUdp, type Receive, type Service } from './name-server/udp.js';
import { fromZone, type Zone } from './name-server/zone.js';

export * from './name-server/alterations.js';
export * from './name-server/replies.js';
export * from './name-server/timing.js';
export { fromZone, type Zone };

/** A name server on the loopback, for tests. */
export interface NameServer {
  /** The port of both UDP and TCP, or of what it listens on in their place. */
  readonly port: number;
  /** `127.0.0.1:12345` or `[::1]:12345`. */
  readonly address: string;
  /** Every readable query, in order of arrival. */
  readonly queries: readonly Query[];
  /** Connections that were made so far. */
  readonly connections: number;
  /** Settles once so many queries have come in and what is done at once about them has been done. */
  received(count: number): Promise<void>;
  /** Closes sockets and connections; what was still held or delayed is not sent. */
  close(): Promise<void>;
}

/** Decides what is done about a query. */
export type Behaviour = (query: Query) => Script;

export interface NameServerOptions {
  /** The loopback address to listen on: `127.0.0.1` (the default) or `::1`. */
  readonly host?: string;
  /** Whether it listens on TCP too; a connection is refused where it does not. */
  readonly tcp?: boolean;
  /** How many replies a connection carries before the server closes it; no limit by default. */
  readonly repliesPerConnection?: number;
  /** Whether a query on a connection is read only once the one before it has its reply. */
  readonly oneAtATime?: boolean;
  /** Listens on this in place of UDP and TCP. */
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

/** The port UDP was given may be taken for TCP by someone else, which another port mends. */
async function listenOnOnePort(receiver: Receiver, options: NameServerOptions, tries = 10): Promise<Service> {
  try {
    return await listen(receiver, options);
  } catch (error) {
    if (tries <= 1 || !hasCode(error, 'EADDRINUSE')) throw error;
    return listenOnOnePort(receiver, options, tries - 1);
  }
}

/** The queries that came, and who waits for how many of them. */
function openLog() {
  const queries: Query[] = [];
  const attempts = new Map<string, number>();
  let waiting: { count: number; resolve: () => void }[] = [];

  return {
    queries,
    attempt({ name, type }: Question): number {
      const key = `${name} ${type}`;
      const attempt = (attempts.get(key) ?? 0) + 1;
      attempts.set(key, attempt);
      return attempt;
    },
    settle(): void {
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

/** Starts a name server that answers from a zone, or does what the behaviour says. */
export async function startNameServer(
  behaviour: Zone | Behaviour,
  options: NameServerOptions = {},
): Promise<NameServer> {
  const zone = typeof behaviour === 'function' ? silent : fromZone(behaviour);
  const decide = typeof behaviour === 'function' ? behaviour : () => zone;
  const log = openLog();

  const receiver: Receiver = (transport) => (message, port, client) => {
    const question = readQuestion(message);
    if (question === undefined) return;
    if (typeof question === 'string') return client.send(encodeError(message, question));
    const query = { ...question, transport, port, attempt: log.attempt(question) };
    log.queries.push(query);
    perform(decide(query), query, client);
    log.settle();
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
