import type { IncomingHttpHeaders } from 'node:http';

/** A request as it came. */
export interface RdapRequest {
  readonly method: string;
  /** Path and query string, as they were sent. */
  readonly path: string;
  /** The name of a look-up of a domain, in lower case and without percent signs; empty for any other path. */
  readonly name: string;
  /** The whole URL that was asked for. */
  readonly url: string;
  /** The Accept header; empty where there was none. */
  readonly accept: string;
  readonly headers: IncomingHttpHeaders;
  /** The client's port, which tells its connections apart. */
  readonly port: number;
  /** 1 for the first request for this path, 2 for the second. */
  readonly attempt: number;
  /** How many requests had no whole response when this one came, itself included. */
  readonly underWay: number;
  /** When it came, in milliseconds of `performance.now()`. */
  readonly at: number;
}

/** A whole response; its length is added. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** The way back to whoever sent a request. */
export interface Client {
  /** Sends one response. */
  send(reply: Reply): void;
  /**
   * Sends the head of a response, then each chunk once the one before it has left; it breaks the connection off where
   * the chunks throw, and asks for no more of them once the client is gone.
   */
  stream(head: Omit<Reply, 'body'>, chunks: AsyncIterable<Buffer>): void;
  /** Drops the connection with a reset. */
  reset(): void;
}

/** What the server does about a request: to send one response, or not to. */
export type Action = (request: RdapRequest, client: Client) => void;
