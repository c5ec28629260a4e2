import type { ExtendedError } from '../wire/extended-errors.js';
import type { Question } from '../wire/query.js';
import type { Reply } from '../wire/reply.js';
import type { Platform } from './platform.js';

/** Where and how to reach one server. */
export interface Endpoint {
  /** The server's name in results and messages: `udp://192.0.2.1:53`, `https://dns.example/dns-query`, `system`. */
  readonly url: string;
  /**
   * An IPv4 or IPv6 address without brackets; for TLS and HTTPS also a host name, which the system resolves. Empty for
   * `system`.
   */
  readonly address: string;
  /** 0 for `system`. */
  readonly port: number;
  /** The host name that the server's certificate must be valid for, if that is not `address`. */
  readonly certificateHost?: string | undefined;
  /** The path of HTTPS requests. */
  readonly path?: string | undefined;
}

/** A server replied. */
export interface Answered {
  readonly reply: Reply;
  /** The URL of the server that replied. */
  readonly server: string;
}

/** There is no reply, or only one that says nothing about the name. */
export interface Failed {
  /** The reason, in words. */
  readonly failure: string;
  /** The URL of the server that was asked. */
  readonly server: string;
  /** The response code, if that is the reason. */
  readonly rcode?: string;
  /** The end of the chain of aliases that came with the response code: the name exists. */
  readonly alias?: string;
  /** How the server explains the response code. */
  readonly extendedErrors?: readonly ExtendedError[];
  /** When a server that never replied to the question was first asked, as a place in the run's order of events. */
  readonly silentSince?: number;
  /** Whether every other try would fail in the same way, as with a certificate that is not trusted. */
  readonly isPermanent?: true;
  /** Whether the server did reply, though with something that cannot be used. */
  readonly hasReplied?: true;
  /**
   * Whether the reply did not fit into a datagram, or may have been forged: the question must be asked over a stream (RFC 7766
   * section 5, RFC 5452 section 7).
   */
  readonly isTruncated?: true;
  /** Whether a working server did not process this query, which may be sent again at once (RFC 9113 section 8.7). */
  readonly isUnprocessed?: true;
  /** Milliseconds to wait before asking again, if the server is overloaded (HTTP 429 or 503); 0 if it did not say. */
  readonly retryAfter?: number;
}

/** The outcome of a query. */
export type Outcome = Answered | Failed;

/** A question that is sent to one server. */
export interface Query {
  readonly question: Question;
  /** Whether it must be sent over a stream, because the reply did not fit into a datagram. */
  readonly needsStream: boolean;
  /** The message id under which the query was sent. Only the transport reads and sets it. */
  id: number;
  /** Its position among the queries of its connection; 1 is the first. Only the transport reads and sets it. */
  position: number;
  /** The number of the shared socket that it was sent on. Only the transport reads and sets it. */
  socket: number;
  /** The letters of the question that it has as capitals; 0 for none. Only the transport reads and sets it. */
  letterCase: number;
}

/** Receives the outcome of a query: at most once for each query, and never before `ask` has returned. */
export type OnSettled<Q extends Query> = (query: Q, outcome: Outcome) => void;

/** The silence of a connection that answered some queries. */
export interface Silence {
  /** Whether the connection was sent too many queries, as another one has answered for a name that this one did not. */
  wasTooMuch: boolean;
}

/** A way to ask one server. It sends each query once; its user decides whether to ask again. */
export interface Transport<Q extends Query> {
  /** How the next query is sent. A stream loses nothing; a call ends by itself after the time-out. */
  readonly kind: 'datagram' | 'stream' | 'call';
  /** How many more queries it would send at once; others would have to wait. */
  capacity(needsStream: boolean): number;
  /** Sends a query, and waits for its outcome until told to forget it. */
  ask(query: Q): void;
  /**
   * Reports that the reply to a query is overdue. A connection on which nothing has come since then is not used any
   * more.
   *
   * @param sentAt when it was sent: milliseconds, on the clock of the platform.
   * @returns the silence of its connection, if that connection had answered others.
   */
  suspect(query: Q, sentAt: number): Silence | undefined;
  /** Drops a query: its outcome will not be reported. Does nothing if it has been reported already. */
  forget(query: Q): void;
  /** Drops all queries without an outcome and releases what the transport holds. */
  close(): void;
}

/** The context in which a transport works. */
export interface TransportContext<Q extends Query> {
  readonly platform: Platform;
  /** Milliseconds that one attempt may take. */
  readonly timeout: number;
  /** Receives the outcome of each query. */
  readonly settled: OnSettled<Q>;
}

/** Opens a transport to one server. Nothing is connected before the first query. */
export type OpenTransport = <Q extends Query>(
  endpoint: Endpoint,
  context: TransportContext<Q>,
) => Transport<Q>;
