import type { ExtendedError } from '../wire/extended-errors.js';
import type { Question } from '../wire/query.js';
import type { Reply } from '../wire/reply.js';

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
  /** How the server explains the response code. */
  readonly extendedErrors?: readonly ExtendedError[];
  /** Whether every other try would fail in the same way, as with a certificate that is not trusted. */
  readonly isPermanent?: true;
  /** Whether the server did reply, though with something that cannot be used. */
  readonly hasReplied?: true;
  /** Milliseconds to wait before asking again, if the server is overloaded (HTTP 429 or 503); 0 if it did not say. */
  readonly retryAfter?: number;
}

/** The outcome of a query. */
export type Outcome = Answered | Failed;

/** A question that is sent to one server. */
export interface Query {
  readonly question: Question;
  /** The message id under which the query was last sent. Only the transport reads and sets it. */
  id: number;
  /** Whether the query was sent over a transport that loses nothing. The transport sets it when it sends the query. */
  reliable: boolean;
}

/** Receives the outcome of a query. It is called at most once for each query, and never before `ask` has returned. */
export type OnSettled<Q extends Query> = (query: Q, outcome: Outcome) => void;

/** A way to ask one server. */
export interface Transport<Q extends Query> {
  /** Whether a query sent now cannot get lost, so that there is no point in sending it again before its time-out. */
  readonly reliable: boolean;
  /** Whether the transport itself fails a query whose time is up. If not, the caller has to. */
  readonly enforcesTimeout: boolean;
  /** Sends a query, and waits for its outcome until told to forget it. */
  ask(query: Q): void;
  /** Drops a query: its outcome will not be reported. Does nothing if it has been reported already. */
  forget(query: Q): void;
  /** Drops all queries without an outcome and releases what the transport holds. */
  close(): void;
}

/** A transport over connections, which keeps each query until it has an outcome. */
export interface ConnectedTransport<Q extends Query> extends Transport<Q> {
  /** All queries without an outcome. */
  unanswered(): Q[];
}

/**
 * Opens a transport to one server. Nothing is connected before the first query.
 *
 * @param timeout milliseconds that one attempt may take.
 */
export type OpenTransport = <Q extends Query>(
  endpoint: Endpoint,
  timeout: number,
  settled: OnSettled<Q>,
) => Transport<Q>;
