import type { Query } from './query.js';

/** How one message is sent, as far as it differs from the normal way. */
export interface Delivery {
  /** UDP: the socket that sends it. A connection has only one sender, so over TCP such a message is not sent. */
  readonly from?: 'other port' | 'other address';
  /** TCP, TLS, HTTPS: the connection is closed after this message, or closed or reset in the middle of it. */
  readonly close?: 'after' | 'within' | 'reset within';
  /** HTTPS: the status; 200 by default. */
  readonly status?: number;
  /** HTTPS: the Retry-After header; none by default. */
  readonly retryAfter?: string;
  /** HTTPS: the content type; that of a DNS message by default. */
  readonly type?: string;
}

/** The sender of a query. */
export interface Client {
  /** Sends one message, unless the server or the connection is closed. */
  send(message: Buffer, delivery?: Delivery): void;
  /** TCP, TLS, HTTPS: resets the connection; HTTPS: or only the query's stream. UDP: does nothing. */
  reset(what?: 'connection' | 'stream'): void;
}

/** A reaction of the server to a query. */
export type Action = (query: Query, client: Client) => void;

/** One action, or several that are performed in order. */
export type Script = Action | readonly Action[];

/** Whether a value is a script. */
export function isScript(value: object): value is Script {
  return typeof value === 'function' || Array.isArray(value);
}

/** Performs all actions of a script. */
export function perform(script: Script, query: Query, client: Client): void {
  if (typeof script === 'function') script(query, client);
  else for (const action of script) action(query, client);
}
