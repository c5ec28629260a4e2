import type { Query } from './query.js';

/** How one message is handed over, where that is not the plain way. */
export interface Delivery {
  /** UDP: the socket it comes from. Over TCP such a message is not sent: nobody else is on the connection. */
  readonly from?: 'other port' | 'other address';
  /** TCP, TLS: the octets of each write, the length prefix included. */
  readonly pieceSize?: number;
  /** TCP, TLS, HTTPS: the connection is closed behind this message, or closed or reset in the middle of it. */
  readonly close?: 'after' | 'within' | 'reset within';
  /** HTTPS: the status, where it is not 200. */
  readonly status?: number;
  /** HTTPS: the content type, where it is not that of a DNS message. */
  readonly type?: string;
}

/** The way back to whoever sent a query. */
export interface Client {
  /** Sends one message; once the server or the connection is closed, nothing. */
  send(message: Buffer, delivery?: Delivery): void;
  /** TCP, TLS, HTTPS: drops the connection with a reset, or over HTTPS the query's stream alone. */
  reset(what?: 'connection' | 'stream'): void;
}

/** Something the server does about a query: to send messages, or not to. */
export type Action = (query: Query, client: Client) => void;

/** One action, or several to be done in their order. */
export type Script = Action | readonly Action[];

/** Tells a script from other things a test may put in its place. */
export function isScript(value: object): value is Script {
  return typeof value === 'function' || Array.isArray(value);
}

/** Does all actions of a script. */
export function perform(script: Script, query: Query, client: Client): void {
  if (typeof script === 'function') script(query, client);
  else for (const action of script) action(query, client);
}
