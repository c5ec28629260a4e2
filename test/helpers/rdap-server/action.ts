import type { IncomingHttpHeaders } from 'node:http';

/** A request as it was received. */
export interface RdapRequest {
  readonly method: string;
  /** The path and the query string, as they were sent. */
  readonly path: string;
  /** The name of a domain look-up, decoded and in lower case; empty for any other path. */
  readonly name: string;
  /** The whole URL. */
  readonly url: string;
  /** The Accept header; empty if there is none. */
  readonly accept: string;
  readonly headers: IncomingHttpHeaders;
  /** The port of the client, which identifies the connection. */
  readonly port: number;
  /** 1 for the first request for this path, 2 for the second. */
  readonly attempt: number;
}

/** A whole response. Its Content-Length is added. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** The sender of a request. */
export interface Client {
  /** Sends one response. */
  send(reply: Reply): void;
  /**
   * Sends the head of a response, then one chunk after the other. Breaks off the connection if the chunks throw, and
   * stops when the client has gone.
   */
  stream(head: Omit<Reply, 'body'>, chunks: AsyncIterable<Buffer>): void;
  /** Resets the connection. */
  reset(): void;
}

/** Handles a request: sends one response or none. */
export type Action = (request: RdapRequest, client: Client) => void;
